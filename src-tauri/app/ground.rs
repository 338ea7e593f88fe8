//! What stays when the core starts again: the folder, the accounts, the way to the network, and the
//! demo's vendor.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use super::{
    KeysIn, Options, StartError, Whose, accounts, data_dir,
    demo::Demo,
    instance::{HandedOver, Instance},
    system_clock,
};
use crate::{
    accounts::{Book, Keychain},
    domain::{ids::AccountId, mask::Salt},
    ipc::Sharing,
    store,
    vendor::{Clock, HttpTransport, transport::Transport},
};

const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

pub struct Ground {
    pub folder: PathBuf,
    pub book: Arc<Book>,
    pub transport: Arc<dyn Transport>,
    pub clock: Clock,
    pub demo: Option<Demo>,
    pub sharing: Sharing,
    /// Held for its removal at the end.
    temporary: Mutex<Option<tempfile::TempDir>>,
    /// The demo's folder is nobody else's.
    instance: Mutex<Option<Instance>>,
}

impl Ground {
    pub fn of(options: Options) -> Result<Self, StartError> {
        let transport = Arc::new(HttpTransport::new(REQUEST_TIMEOUT)?);
        let (mut demo, mut temporary, mut instance) = (None, None, None);
        let (folder, book) = match &options.whose {
            Whose::Demo { seed, speed } => {
                demo = Some(Demo::new(*seed, *speed, &options));
                let made = temporary_folder()?;
                let folder = made.path().to_owned();
                temporary = Some(made);
                (folder, Book::for_this_session())
            }
            Whose::Real { base_url, key, secret, profile } => {
                let book = Book::for_this_session();
                let profile = profile.as_deref();
                accounts::for_this_session(&book, base_url, key, secret, profile, &options)?;
                let folder = data_dir(options.data_dir)?;
                instance = Some(claim(&folder)?);
                (folder, book)
            }
            Whose::Kept { .. } => {
                let folder = data_dir(options.data_dir)?;
                instance = Some(claim(&folder)?);
                let keychain = match options.whose {
                    Whose::Kept { keychain: KeysIn::Given(keychain) } => keychain,
                    _ => Keychain::system(&folder),
                };
                let book = Book::open(&folder, keychain)?;
                (folder, book)
            }
        };
        let sharing = Sharing::new(salt(&folder)?);
        Ok(Self {
            sharing,
            folder,
            book: Arc::new(book),
            transport,
            clock: system_clock(),
            demo,
            temporary: Mutex::new(temporary),
            instance: Mutex::new(instance),
        })
    }

    pub fn store_file(&self) -> PathBuf {
        self.folder.join("wheelhouse.db")
    }

    pub fn recordings(&self) -> PathBuf {
        self.folder.join("recordings")
    }

    /// Forgets what is stored of an account; its lines in the journal stay. Only while no core runs.
    pub async fn forget(&self, account: &AccountId) -> Result<(), StartError> {
        let mut opened = store::open(&self.store_file()).await?;
        opened.writer.forget(account).await?;
        // The files do not say whose they are. It is a cache: the others' are fetched again.
        let folder = self.recordings();
        match std::fs::remove_dir_all(&folder) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                Err(StartError::DataDir { path: folder, source })
            }
            _ => Ok(()),
        }
    }

    pub fn handed_over(&self) -> Option<HandedOver> {
        self.instance.lock().unwrap_or_else(PoisonError::into_inner).as_ref()?.handed_over()
    }

    /// What was for this run only goes, and the folder is free.
    pub fn clear(&self) {
        drop(self.instance.lock().unwrap_or_else(PoisonError::into_inner).take());
        let folder = self.temporary.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Err(error)) = folder.map(tempfile::TempDir::close) {
            tracing::warn!(%error, "the demo's folder could not be removed");
        }
    }
}

fn claim(folder: &Path) -> Result<Instance, StartError> {
    make_folder(folder)?;
    Instance::claim(folder)
}

fn temporary_folder() -> Result<tempfile::TempDir, StartError> {
    let at = |source| StartError::DataDir { path: std::env::temp_dir(), source };
    tempfile::Builder::new().prefix("wheelhouse-demo-").tempdir().map_err(at)
}

/// Of the pseudonyms: made once for a folder, so that they are the same in every shift.
fn salt(folder: &Path) -> Result<Salt, StartError> {
    make_folder(folder)?;
    let path = folder.join("pseudonyms");
    let at = |source| StartError::DataDir { path: path.clone(), source };
    match std::fs::read(&path) {
        Ok(kept) => {
            if let Ok(kept) = kept.try_into() {
                return Ok(Salt::new(kept));
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(at(error)),
    }
    let mut random = [0; Salt::LENGTH];
    getrandom::fill(&mut random).map_err(|error| at(std::io::Error::other(error)))?;
    std::fs::write(&path, random).map_err(at)?;
    Ok(Salt::new(random))
}

pub fn make_folder(folder: &Path) -> Result<(), StartError> {
    let at = |source| StartError::DataDir { path: folder.to_owned(), source };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(at)
}
