//! A folder of files of bounded size, of which the least recently used go first.
//!
//! The files' modification times hold the order of their last use across a restart, as a count of
//! seconds from 1970 and not as times: no clock is needed and no two are the same.

use std::{
    collections::HashMap,
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use bytes::Bytes;

/// What a file that is still being written ends in.
const PART: &str = "part";

/// All calls of it block: they belong on a thread that may.
#[derive(Debug)]
pub struct Shelf {
    dir: PathBuf,
    cap: u64,
    index: Mutex<Index>,
}

#[derive(Debug, Default)]
struct Index {
    files: HashMap<String, Entry>,
    bytes: u64,
    /// The count of uses, as old as the folder.
    uses: u64,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    bytes: u64,
    /// Which use was its last.
    used: u64,
}

impl Shelf {
    /// Makes the folder if it is missing, clears away what a crash left half-written, and makes room
    /// if the cap is lower than it was.
    pub fn open(dir: PathBuf, cap: u64) -> io::Result<Self> {
        make_private(&dir)?;
        let mut index = Index::default();
        for file in fs::read_dir(&dir)? {
            let file = file?;
            let (path, about) = (file.path(), file.metadata()?);
            if path.extension().is_some_and(|e| e == PART) {
                fs::remove_file(&path)?;
            } else if let (true, Ok(name)) = (about.is_file(), file.file_name().into_string()) {
                index.add(name, Entry { bytes: about.len(), used: count(about.modified()?) });
            }
        }
        let shelf = Self { dir, cap, index: Mutex::new(index) };
        shelf.make_room("");
        Ok(shelf)
    }

    /// The file of that name, which counts as used now.
    pub fn get(&self, name: &str) -> Option<Bytes> {
        let used = self.index().use_of(name)?;
        let path = self.dir.join(name);
        match fs::read(&path).and_then(|bytes| stamp(&path, used).map(|()| bytes)) {
            Ok(bytes) => Some(Bytes::from(bytes)),
            Err(error) => {
                self.index().forget(name);
                if error.kind() != ErrorKind::NotFound {
                    tracing::warn!(%error, "a cached recording cannot be read");
                }
                None
            }
        }
    }

    /// Keeps a file, unless it alone is over the cap, and lets others go for it.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if bytes.len() as u64 > self.cap {
            return Ok(());
        }
        let used = self.index().next_use();
        let part = self.dir.join(name).with_extension(PART);
        let written = fs::write(&part, bytes)
            .and_then(|()| stamp(&part, used))
            .and_then(|()| fs::rename(&part, self.dir.join(name)));
        if let Err(error) = written {
            // What could not be written whole must not use up the disk.
            let _ = fs::remove_file(&part);
            return Err(error);
        }
        self.index().add(name.to_owned(), Entry { bytes: bytes.len() as u64, used });
        self.make_room(name);
        Ok(())
    }

    /// Forgets a file whose content turned out to be wrong.
    pub fn drop_file(&self, name: &str) {
        self.index().forget(name);
        remove(&self.dir.join(name));
    }

    fn make_room(&self, keep: &str) {
        loop {
            let oldest = {
                let mut index = self.index();
                if index.bytes <= self.cap {
                    return;
                }
                let others = index.files.iter().filter(|(name, _)| *name != keep);
                let Some(name) = others.min_by_key(|(_, e)| e.used).map(|(name, _)| name.clone())
                else {
                    return;
                };
                index.forget(&name);
                name
            };
            remove(&self.dir.join(oldest));
        }
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        // A panic elsewhere leaves at most a count that the next start reads anew.
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Index {
    fn add(&mut self, name: String, entry: Entry) {
        self.forget(&name);
        self.bytes += entry.bytes;
        self.uses = self.uses.max(entry.used);
        self.files.insert(name, entry);
    }

    fn forget(&mut self, name: &str) {
        if let Some(entry) = self.files.remove(name) {
            self.bytes -= entry.bytes;
        }
    }

    fn next_use(&mut self) -> u64 {
        self.uses += 1;
        self.uses
    }

    fn use_of(&mut self, name: &str) -> Option<u64> {
        let used = self.uses + 1;
        self.files.get_mut(name)?.used = used;
        self.uses = used;
        Some(used)
    }
}

fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != ErrorKind::NotFound
    {
        tracing::warn!(%error, "a recording could not be removed from the cache");
    }
}

fn stamp(path: &Path, used: u64) -> io::Result<()> {
    let file = fs::File::options().write(true).open(path)?;
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(used))
}

fn count(modified: SystemTime) -> u64 {
    let since = modified.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    since.as_secs()
}

/// Recordings are customers' voices: other users of the machine have no business there.
fn make_private(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let name = |f: io::Result<fs::DirEntry>| f.unwrap().file_name().into_string().unwrap();
        let mut names: Vec<String> = fs::read_dir(dir).unwrap().map(name).collect();
        names.sort();
        names
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(dir.path().join("recordings"), 30).unwrap();
        for name in ["a", "b", "c"] {
            shelf.put(name, &[1; 10]).unwrap();
        }
        assert!(shelf.get("a").is_some());
        shelf.put("d", &[2; 15]).unwrap();
        assert_eq!(names(&shelf.dir), ["a", "d"]);
        assert_eq!(shelf.get("b"), None);
        assert_eq!(shelf.get("d").unwrap(), vec![2; 15]);
    }

    #[test]
    fn a_restart_keeps_the_files_and_the_order_of_their_use() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(dir.path().into(), 100).unwrap();
        for name in ["a", "b", "c"] {
            shelf.put(name, &[1; 10]).unwrap();
        }
        shelf.get("a").unwrap();
        drop(shelf);
        fs::write(dir.path().join("x.part"), b"half").unwrap();

        let shelf = Shelf::open(dir.path().into(), 25).unwrap();
        assert_eq!(names(dir.path()), ["a", "c"]);
        shelf.put("d", &[1; 10]).unwrap();
        assert_eq!(names(dir.path()), ["a", "d"]);
    }

    #[test]
    fn replacing_a_file_does_not_count_it_twice() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(dir.path().into(), 20).unwrap();
        for _ in 0..9 {
            shelf.put("a", &[1; 9]).unwrap();
        }
        shelf.put("b", &[1; 10]).unwrap();
        assert_eq!(names(dir.path()), ["a", "b"]);
    }

    #[test]
    fn a_file_over_the_cap_is_not_kept_and_evicts_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(dir.path().into(), 20).unwrap();
        shelf.put("a", &[1; 10]).unwrap();
        shelf.put("b", &[1; 21]).unwrap();
        assert_eq!(names(dir.path()), ["a"]);
    }

    #[test]
    fn a_file_that_somebody_removed_is_missing_and_no_error() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(dir.path().into(), 20).unwrap();
        shelf.put("a", &[1; 10]).unwrap();
        fs::remove_file(dir.path().join("a")).unwrap();
        assert_eq!(shelf.get("a"), None);
        assert_eq!(shelf.index().bytes, 0);
    }

    #[test]
    fn the_folder_that_cannot_be_made_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), b"").unwrap();
        assert!(Shelf::open(dir.path().join("file"), 1).is_err());
    }
}
