//! The accounts of one data folder with their contract profiles: `accounts.toml` and
//! `profiles/<id>.toml`. What a window was opened with for one session stands in a book without a
//! folder, and goes with it.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::{file, kept::Kept, keychain::Keychain};
use crate::{
    domain::ids::AccountId,
    vendor::profile::{Profile, ProfileError},
};

#[derive(Debug, thiserror::Error)]
pub enum BookError {
    #[error("the accounts cannot be read ({path}): {source}")]
    Read { path: PathBuf, source: io::Error },
    #[error(
        "the accounts cannot be read ({path}, line {line}: {said}): correct the file, or move it away \
         and enter the accounts again"
    )]
    Damaged { path: PathBuf, line: usize, said: String },
    #[error(
        "the settings could not be written ({path}): {source}; check the disk and its permissions"
    )]
    Write { path: PathBuf, source: io::Error },
    #[error("the settings could not be put into words: {0}")]
    Words(#[from] toml::ser::Error),
    #[error(transparent)]
    Profile(#[from] ProfileError),
}

/// An account's profile as it stands in the folder.
#[derive(Clone, Debug, Default)]
pub struct KeptProfile {
    /// As written; empty where there is none.
    pub text: String,
    /// In force: the built-in contract where the text has a fault.
    pub profile: Profile,
    pub fault: Option<ProfileError>,
}

impl KeptProfile {
    fn of(text: String) -> Self {
        match Profile::parse(&text) {
            Ok(profile) => Self { text, profile, fault: None },
            Err(fault) => Self { text, profile: Profile::built_in(), fault: Some(fault) },
        }
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountsFile {
    #[serde(default)]
    account: Vec<Kept>,
}

pub struct Book {
    /// Nothing is written where there is none.
    folder: Option<PathBuf>,
    pub keychain: Keychain,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    accounts: Vec<Kept>,
    /// Of a book without a folder.
    profiles: HashMap<AccountId, String>,
}

impl Book {
    /// The accounts of a data folder.
    pub fn open(folder: &Path, keychain: Keychain) -> Result<Self, BookError> {
        let path = accounts_file(folder);
        let read = file::text(&path);
        let text = read.map_err(|source| BookError::Read { path: path.clone(), source })?;
        let accounts = match text {
            Some(text) => parsed(&text, &path)?,
            None => Vec::new(),
        };
        let inner = Mutex::new(Inner { accounts, profiles: HashMap::new() });
        Ok(Self { folder: Some(folder.to_owned()), keychain, inner })
    }

    /// For one session: no file, and no keychain but memory.
    pub fn for_this_session() -> Self {
        Self { folder: None, keychain: Keychain::session_only(), inner: Mutex::default() }
    }

    /// Nothing of it outlives the program.
    pub fn is_for_this_session(&self) -> bool {
        self.folder.is_none()
    }

    /// In the order in which they were added.
    pub fn accounts(&self) -> Vec<Kept> {
        self.inner().accounts.clone()
    }

    pub fn account(&self, id: &AccountId) -> Option<Kept> {
        self.inner().accounts.iter().find(|kept| kept.id == *id).cloned()
    }

    /// Adds the account, or puts it in the place of the one with its id.
    pub fn keep(&self, account: Kept) -> Result<(), BookError> {
        self.edit(|accounts| match accounts.iter_mut().find(|kept| kept.id == account.id) {
            Some(place) => *place = account,
            None => accounts.push(account),
        })
    }

    /// Takes the account and its profile out. Its keys are the keychain's to forget.
    pub fn remove(&self, id: &AccountId) -> Result<(), BookError> {
        self.edit(|accounts| accounts.retain(|kept| kept.id != *id))?;
        self.inner().profiles.remove(id);
        let Some(path) = self.profile_file(id) else { return Ok(()) };
        file::remove(&path).map_err(|source| BookError::Write { path, source })
    }

    pub fn profile(&self, id: &AccountId) -> KeptProfile {
        let Some(path) = self.profile_file(id) else {
            return KeptProfile::of(self.inner().profiles.get(id).cloned().unwrap_or_default());
        };
        match file::text(&path) {
            Ok(text) => KeptProfile::of(text.unwrap_or_default()),
            Err(error) => {
                let sentence = format!("the file cannot be read: {error}");
                let fault = ProfileError { line: 1, key: String::new(), sentence };
                KeptProfile { fault: Some(fault), ..KeptProfile::default() }
            }
        }
    }

    /// Keeps a profile; one with a fault is refused and the one before stays.
    pub fn keep_profile(&self, id: &AccountId, text: &str) -> Result<(), BookError> {
        Profile::parse(text)?;
        match self.profile_file(id) {
            Some(path) => {
                file::put(&path, text).map_err(|source| BookError::Write { path, source })
            }
            None => {
                self.inner().profiles.insert(id.clone(), text.to_owned());
                Ok(())
            }
        }
    }

    /// Written first: what could not be written is not in force either.
    fn edit(&self, change: impl FnOnce(&mut Vec<Kept>)) -> Result<(), BookError> {
        let mut inner = self.inner();
        let mut accounts = inner.accounts.clone();
        change(&mut accounts);
        if let Some(folder) = &self.folder {
            let path = accounts_file(folder);
            let text = toml::to_string(&AccountsFile { account: accounts.clone() })?;
            file::put(&path, &text).map_err(|source| BookError::Write { path, source })?;
        }
        inner.accounts = accounts;
        Ok(())
    }

    fn profile_file(&self, id: &AccountId) -> Option<PathBuf> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        let name: String = id.as_str().chars().map(|c| if plain(c) { c } else { '_' }).collect();
        Some(self.folder.as_ref()?.join("profiles").join(format!("{name}.toml")))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn accounts_file(folder: &Path) -> PathBuf {
    folder.join("accounts.toml")
}

fn parsed(text: &str, path: &Path) -> Result<Vec<Kept>, BookError> {
    let file: AccountsFile = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.as_bytes().get(..at).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        BookError::Damaged { path: path.to_owned(), line, said: error.message().to_owned() }
    })?;
    Ok(file.account)
}
