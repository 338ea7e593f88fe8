//! Keys and secrets: in the operating system's keychain, one entry an account, or, where there is none,
//! in this process's memory and nowhere else.

use std::{
    collections::HashMap,
    fmt,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::domain::ids::AccountId;

/// Everything secret of one account.
#[derive(Clone, Default)]
pub struct Keys {
    pub key: Option<SecretString>,
    pub secret: Option<SecretString>,
    pub chatbot_key: Option<SecretString>,
    pub chatbot_secret: Option<SecretString>,
    pub pds_key: Option<SecretString>,
    pub pds_secret: Option<SecretString>,
    pub aes_key: Option<SecretString>,
    pub relay_token: Option<SecretString>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// Key and secret of the account itself, when both are there.
    pub fn pair(&self) -> Option<(&SecretString, &SecretString)> {
        self.key.as_ref().zip(self.secret.as_ref())
    }

    pub fn chatbot(&self) -> Option<(&SecretString, &SecretString)> {
        self.chatbot_key.as_ref().zip(self.chatbot_secret.as_ref())
    }

    pub fn pds(&self) -> Option<(&SecretString, &SecretString)> {
        self.pds_key.as_ref().zip(self.pds_secret.as_ref())
    }
}

/// The entry's content.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Entry {
    key: Option<String>,
    secret: Option<String>,
    chatbot_key: Option<String>,
    chatbot_secret: Option<String>,
    pds_key: Option<String>,
    pds_secret: Option<String>,
    aes_key: Option<String>,
    relay_token: Option<String>,
}

fn written(keys: &Keys) -> Option<String> {
    let bare = |secret: &Option<SecretString>| Some(secret.as_ref()?.expose_secret().to_owned());
    let entry = Entry {
        key: bare(&keys.key),
        secret: bare(&keys.secret),
        chatbot_key: bare(&keys.chatbot_key),
        chatbot_secret: bare(&keys.chatbot_secret),
        pds_key: bare(&keys.pds_key),
        pds_secret: bare(&keys.pds_secret),
        aes_key: bare(&keys.aes_key),
        relay_token: bare(&keys.relay_token),
    };
    serde_json::to_string(&entry).ok()
}

fn read(text: &str) -> Option<Keys> {
    let entry: Entry = serde_json::from_str(text).ok()?;
    Some(Keys {
        key: entry.key.map(SecretString::from),
        secret: entry.secret.map(SecretString::from),
        chatbot_key: entry.chatbot_key.map(SecretString::from),
        chatbot_secret: entry.chatbot_secret.map(SecretString::from),
        pds_key: entry.pds_key.map(SecretString::from),
        pds_secret: entry.pds_secret.map(SecretString::from),
        aes_key: entry.aes_key.map(SecretString::from),
        relay_token: entry.relay_token.map(SecretString::from),
    })
}

/// Where an account's keys are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptIn {
    Keychain,
    /// Until the program ends. `trouble` says why, where a keychain is there and did not serve.
    Session {
        trouble: Option<String>,
    },
}

/// The keychain's name for the program.
const SERVICE: &str = "wheelhouse";

enum Vault {
    /// `scope` tells the entries of one data folder from those of another.
    System {
        scope: String,
    },
    /// Stands in for the system's, in tests.
    Pretended(Arc<Mutex<HashMap<String, String>>>),
    Missing,
}

pub struct Keychain {
    vault: Arc<Vault>,
    session: Mutex<HashMap<AccountId, (Keys, KeptIn)>>,
}

impl Keychain {
    /// The operating system's. Nothing is asked of it before the first key is.
    pub fn system(data_folder: &Path) -> Self {
        let folder = std::path::absolute(data_folder).unwrap_or_else(|_| data_folder.to_owned());
        let hash = xxh3_64(folder.as_os_str().as_encoded_bytes());
        Self::on(Vault::System { scope: format!("{hash:016x}") })
    }

    /// This process's memory alone.
    pub fn session_only() -> Self {
        Self::on(Vault::Missing)
    }

    /// A keychain for tests; equal `entries` are the same keychain.
    pub fn pretended(entries: Arc<Mutex<HashMap<String, String>>>) -> Self {
        Self::on(Vault::Pretended(entries))
    }

    fn on(vault: Vault) -> Self {
        Self { vault: Arc::new(vault), session: Mutex::default() }
    }

    /// The account's keys, empty where none are known, and where they are.
    pub async fn keys(&self, account: &AccountId) -> (Keys, KeptIn) {
        if let Some(known) = self.session().get(account) {
            return known.clone();
        }
        let (vault, id) = (Arc::clone(&self.vault), account.clone());
        let (keys, kept) = match asked(move || vault.get(&id)).await {
            Ok(text) => (text.as_deref().and_then(read).unwrap_or_default(), KeptIn::Keychain),
            Err(trouble) => (Keys::default(), KeptIn::Session { trouble }),
        };
        // What a locked keychain did not say is asked again.
        if kept == KeptIn::Keychain {
            self.session().insert(account.clone(), (keys.clone(), kept.clone()));
        }
        (keys, kept)
    }

    /// Takes the keys in; the answer says for how long.
    pub async fn keep(&self, account: &AccountId, keys: Keys) -> KeptIn {
        let (vault, id, text) = (Arc::clone(&self.vault), account.clone(), written(&keys));
        let kept = match asked(move || vault.put(&id, &text.ok_or(None)?)).await {
            Ok(()) => KeptIn::Keychain,
            Err(trouble) => KeptIn::Session { trouble },
        };
        self.session().insert(account.clone(), (keys, kept.clone()));
        kept
    }

    /// Takes the keys into this process's memory and nowhere else.
    pub fn keep_for_session(&self, account: &AccountId, keys: Keys) {
        let here = KeptIn::Session { trouble: None };
        self.session().insert(account.clone(), (keys, here));
    }

    /// Forgets the keys. An error says that the keychain still has them.
    pub async fn remove(&self, account: &AccountId) -> Result<(), String> {
        self.session().remove(account);
        let (vault, id) = (Arc::clone(&self.vault), account.clone());
        match asked(move || vault.take_out(&id)).await {
            Err(Some(trouble)) => Err(trouble),
            Ok(()) | Err(None) => Ok(()),
        }
    }

    /// Whether a keychain serves here, and if not, why not (nothing, where there simply is none).
    pub async fn is_there(&self) -> Result<(), Option<String>> {
        let vault = Arc::clone(&self.vault);
        asked(move || vault.get(&AccountId::new("none")).map(|_| ())).await
    }

    fn session(&self) -> MutexGuard<'_, HashMap<AccountId, (Keys, KeptIn)>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The answer of a vault that cannot be used; `None` where there is none.
type Unusable = Option<String>;

/// A keychain can take its time, and can ask the person for a password; but nobody may be there.
const PATIENCE: Duration = Duration::from_secs(60);

async fn asked<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, Unusable> + Send + 'static,
) -> Result<T, Unusable> {
    match tokio::time::timeout(PATIENCE, tokio::task::spawn_blocking(ask)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err(Some("asking it ended early".to_owned())),
        Err(_) => Err(Some("it did not answer".to_owned())),
    }
}

impl Vault {
    fn get(&self, account: &AccountId) -> Result<Option<String>, Unusable> {
        match self {
            Self::Missing => Err(None),
            Self::Pretended(entries) => Ok(pretended(entries).get(account.as_str()).cloned()),
            Self::System { scope } => match entry(scope, account)?.get_password() {
                Ok(text) => Ok(Some(text)),
                Err(keyring::Error::NoEntry) => Ok(None),
                Err(error) => Err(told(&error)),
            },
        }
    }

    fn put(&self, account: &AccountId, text: &str) -> Result<(), Unusable> {
        match self {
            Self::Missing => Err(None),
            Self::Pretended(entries) => {
                pretended(entries).insert(account.to_string(), text.to_owned());
                Ok(())
            }
            Self::System { scope } => {
                entry(scope, account)?.set_password(text).map_err(|error| told(&error))
            }
        }
    }

    fn take_out(&self, account: &AccountId) -> Result<(), Unusable> {
        match self {
            Self::Missing => Ok(()),
            Self::Pretended(entries) => {
                pretended(entries).remove(account.as_str());
                Ok(())
            }
            Self::System { scope } => match entry(scope, account)?.delete_credential() {
                Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
                Err(error) => Err(told(&error)),
            },
        }
    }
}

fn pretended(entries: &Mutex<HashMap<String, String>>) -> MutexGuard<'_, HashMap<String, String>> {
    entries.lock().unwrap_or_else(PoisonError::into_inner)
}

fn entry(scope: &str, account: &AccountId) -> Result<keyring::Entry, Unusable> {
    keyring::Entry::new(SERVICE, &format!("{account}@{scope}")).map_err(|error| told(&error))
}

/// The `Debug` form of some of these errors holds the secret; the text never does.
fn told(error: &keyring::Error) -> Unusable {
    match error {
        keyring::Error::NoDefaultStore => None,
        other => Some(other.to_string()),
    }
}
