//! One app a data folder. Whoever starts on a folder that is in use leaves a word for the one that
//! runs there, and ends; other folders are other worlds and run beside it.
//!
//! The lock is the operating system's and ends with the process, whatever happens to it. The word is a file in the
//! folder, which is its owner's alone: no port and no bus is needed, and whoever may write there
//! could write the store as well.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use super::StartError;

const LOCK: &str = "wheelhouse.lock";
const WORD: &str = "wheelhouse.open";
/// A link is a short line.
const LONGEST: u64 = 2048;
/// The first looks several times a second.
const PATIENCE: Duration = Duration::from_secs(3);
const LOOK: Duration = Duration::from_millis(20);

/// The right to a folder, as long as it lives.
pub struct Instance {
    word: PathBuf,
    _lock: File,
}

/// What a second start wants of the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// `wheelhouse://…`, not looked at yet.
    pub link: Option<String>,
}

impl Instance {
    pub fn claim(folder: &Path) -> Result<Self, StartError> {
        let at = |source| StartError::DataDir { path: folder.to_owned(), source };
        let mut open = File::options();
        let lock = open.create(true).truncate(false).write(true).open(folder.join(LOCK));
        let lock = lock.map_err(at)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StartError::InUse { path: folder.to_owned() });
            }
            Err(TryLockError::Error(error)) => {
                // Some network drives know no locks; what is stored is safe all the same.
                tracing::warn!(%error, "the data folder cannot be locked");
            }
        }
        let word = folder.join(WORD);
        // Left for one that ended before it looked.
        drop(fs::remove_file(&word));
        Ok(Self { word, _lock: lock })
    }

    /// What a second start left since the last look.
    pub fn handed_over(&self) -> Option<HandedOver> {
        let mut text = String::new();
        let read = File::open(&self.word).and_then(|f| f.take(LONGEST).read_to_string(&mut text));
        match read {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => tracing::warn!(%error, "what a second start asks cannot be read"),
            Ok(_) => {}
        }
        if let Err(error) = fs::remove_file(&self.word) {
            tracing::warn!(%error, "what a second start asked cannot be removed");
        }
        Some(HandedOver { link: Some(text).filter(|text| !text.is_empty()) })
    }
}

/// Leaves a word for the one that runs on the folder: come to the front, and open the link. One that a start
/// before this left is waited for to be read, unless the first hangs.
pub fn hand_over(folder: &Path, link: Option<&str>) -> Result<(), StartError> {
    let word = folder.join(WORD);
    let patient_until = Instant::now() + PATIENCE;
    while word.exists() && Instant::now() < patient_until {
        thread::sleep(LOOK);
    }
    let at = |source| StartError::DataDir { path: folder.to_owned(), source };
    let write = || {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(link.unwrap_or_default().as_bytes())?;
        file.persist(&word).map(drop).map_err(|failed| failed.error)
    };
    write().map_err(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_on_a_folder_leaves_a_word_and_another_folder_is_free() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = Instance::claim(folder.path()).unwrap();
        assert_eq!(first.handed_over(), None);
        let second = Instance::claim(folder.path()).err().unwrap();
        assert!(matches!(second, StartError::InUse { ref path } if path == folder.path()));
        drop(Instance::claim(other.path()).unwrap());

        hand_over(folder.path(), Some("wheelhouse://alerts")).unwrap();
        let link = Some("wheelhouse://alerts".to_owned());
        assert_eq!(first.handed_over(), Some(HandedOver { link }));
        assert_eq!(first.handed_over(), None);
        hand_over(folder.path(), None).unwrap();
        assert_eq!(first.handed_over(), Some(HandedOver { link: None }));

        // Two in a row: the second waits until the first was read.
        hand_over(folder.path(), Some("wheelhouse://alerts")).unwrap();
        let at = folder.path().to_owned();
        let second = thread::spawn(move || hand_over(&at, Some("wheelhouse://watch")));
        let mut links = Vec::new();
        while links.len() < 2 {
            links.extend(first.handed_over().and_then(|word| word.link));
        }
        assert_eq!(links, ["wheelhouse://alerts", "wheelhouse://watch"]);
        second.join().unwrap().unwrap();

        hand_over(folder.path(), Some("wheelhouse://alerts")).unwrap();
        drop(first);
        let next = Instance::claim(folder.path()).unwrap();
        assert_eq!(next.handed_over(), None, "a word of a run before is old");
    }
}
