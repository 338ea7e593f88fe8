//! A folder of files of bounded size and age, of which the least recently used go first.
//!
//! The files' modification times hold the order of their last use across a restart, as a count of
//! seconds from 1970 and not as times: no clock is needed and no two are the same. Since when a file is
//! kept, in seconds from 1970, is the ending of its name.

use std::{
    collections::HashMap,
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use tokio::sync::watch;

use super::limits::Limits;
use crate::domain::time::Timestamp;

/// What a file that is still being written ends in.
const PART: &str = "part";

/// All calls of it block, but those that ask what is here: they belong on a thread that may.
#[derive(Debug)]
pub struct Shelf {
    dir: PathBuf,
    index: Mutex<Index>,
    /// Counts how often what is here became other.
    changes: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Index {
    limits: Limits,
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
    /// Whole seconds, as the file's name has them.
    since: Timestamp,
}

impl Entry {
    fn path(&self, dir: &Path, name: &str) -> PathBuf {
        dir.join(format!("{name}.{}", self.since.millis() / 1000))
    }
}

/// What is kept now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub recordings: usize,
    pub bytes: u64,
    pub limits: Limits,
}

impl Shelf {
    /// Makes the folder if it is missing, clears away what a crash left half-written, and lets go what is
    /// over the limits.
    pub fn open(dir: PathBuf, limits: Limits, now: Timestamp) -> io::Result<Self> {
        make_private(&dir)?;
        let mut index = Index { limits, ..Index::default() };
        for file in fs::read_dir(&dir)? {
            let file = file?;
            let (path, about) = (file.path(), file.metadata()?);
            if path.extension().is_some_and(|e| e == PART) {
                fs::remove_file(&path)?;
            } else if let (true, Ok(name)) = (about.is_file(), file.file_name().into_string()) {
                let (name, since) = parse(&name);
                let used = count(about.modified()?);
                let entry =
                    Entry { bytes: about.len(), used, since: since.unwrap_or(seconds(now)) };
                if since.is_none() {
                    fs::rename(&path, entry.path(&dir, name))?;
                }
                index.add(name.to_owned(), entry);
            }
        }
        let shelf = Self { dir, index: Mutex::new(index), changes: watch::Sender::new(0) };
        shelf.tidy(now);
        Ok(shelf)
    }

    pub fn kept(&self) -> Kept {
        let index = self.index();
        Kept { recordings: index.files.len(), bytes: index.bytes, limits: index.limits }
    }

    pub fn has(&self, name: &str) -> bool {
        self.index().files.contains_key(name)
    }

    /// Of what is here, not of its use.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// The file of that name, which counts as used now.
    pub fn get(&self, name: &str) -> Option<Bytes> {
        let entry = self.index().use_of(name)?;
        let path = entry.path(&self.dir, name);
        match fs::read(&path).and_then(|bytes| stamp(&path, entry.used).map(|()| bytes)) {
            Ok(bytes) => Some(Bytes::from(bytes)),
            Err(error) => {
                self.forget(name);
                if error.kind() != ErrorKind::NotFound {
                    tracing::warn!(%error, "a cached recording cannot be read");
                }
                None
            }
        }
    }

    /// Keeps a file, unless it alone is over the cap, and lets others go for it.
    pub fn put(&self, name: &str, bytes: &[u8], now: Timestamp) -> io::Result<()> {
        let used = {
            let mut index = self.index();
            if bytes.len() as u64 > index.limits.bytes {
                return Ok(());
            }
            index.next_use()
        };
        let entry = Entry { bytes: bytes.len() as u64, used, since: seconds(now) };
        let (part, path) = (self.dir.join(name).with_extension(PART), entry.path(&self.dir, name));
        let written = fs::write(&part, bytes)
            .and_then(|()| stamp(&part, used))
            .and_then(|()| fs::rename(&part, &path));
        if let Err(error) = written {
            // What could not be written whole must not use up the disk.
            let _ = fs::remove_file(&part);
            return Err(error);
        }
        let before = self.index().add(name.to_owned(), entry);
        let before = before.map(|before| before.path(&self.dir, name));
        if let Some(before) = before.filter(|before| *before != path) {
            remove(&before);
        }
        self.changed();
        self.let_go(name, now);
        Ok(())
    }

    /// Forgets a file whose content turned out to be wrong.
    pub fn drop_file(&self, name: &str) {
        if let Some(entry) = self.forget(name) {
            remove(&entry.path(&self.dir, name));
        }
    }

    /// Lets go what is over the limits; answers how many files went.
    pub fn tidy(&self, now: Timestamp) -> usize {
        self.let_go("", now)
    }

    /// From now on these limits hold; answers how many files went for it.
    pub fn limit(&self, limits: Limits, now: Timestamp) -> usize {
        self.index().limits = limits;
        self.tidy(now)
    }

    /// Removes every file, and says so only when all of them are gone. Answers how many there were.
    pub fn clear(&self) -> io::Result<usize> {
        let all: Vec<(String, PathBuf)> = {
            let index = self.index();
            let path =
                |(name, entry): (&String, &Entry)| (name.clone(), entry.path(&self.dir, name));
            index.files.iter().map(path).collect()
        };
        let (mut gone, mut failed) = (0, None);
        for (name, path) in all {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => failed = Some(error),
                _ => {
                    self.index().forget(&name);
                    gone += 1;
                }
            }
        }
        self.changed();
        failed.map_or(Ok(gone), Err)
    }

    fn let_go(&self, keep: &str, now: Timestamp) -> usize {
        let going = self.index().take_excess(keep, now);
        if going.is_empty() {
            return 0;
        }
        self.changed();
        going.iter().filter(|(name, entry)| remove(&entry.path(&self.dir, name))).count()
    }

    fn forget(&self, name: &str) -> Option<Entry> {
        let entry = self.index().forget(name);
        self.changed();
        entry
    }

    fn changed(&self) {
        self.changes.send_modify(|changes| *changes += 1);
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        // A panic elsewhere leaves at most a count that the next start reads anew.
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Index {
    /// Answers what stood there before.
    fn add(&mut self, name: String, entry: Entry) -> Option<Entry> {
        let before = self.forget(&name);
        self.bytes += entry.bytes;
        self.uses = self.uses.max(entry.used);
        self.files.insert(name, entry);
        before
    }

    fn forget(&mut self, name: &str) -> Option<Entry> {
        let entry = self.files.remove(name)?;
        self.bytes -= entry.bytes;
        Some(entry)
    }

    /// Forgets what is too old and then, while there is too much, what was used the longest ago.
    fn take_excess(&mut self, keep: &str, now: Timestamp) -> Vec<(String, Entry)> {
        let others = self.files.iter().filter(|(name, _)| *name != keep);
        let mut others: Vec<_> = others.map(|(name, entry)| (name.clone(), *entry)).collect();
        let old = |entry: &Entry| self.limits.is_too_old(entry.since, now);
        others.sort_by_key(|(_, entry)| (!old(entry), entry.used));
        let mut bytes = self.bytes;
        others.retain(|(_, entry)| {
            let goes = old(entry) || bytes > self.limits.bytes;
            bytes -= if goes { entry.bytes } else { 0 };
            goes
        });
        for (name, _) in &others {
            self.forget(name);
        }
        others
    }

    fn next_use(&mut self) -> u64 {
        self.uses += 1;
        self.uses
    }

    fn use_of(&mut self, name: &str) -> Option<Entry> {
        let used = self.uses + 1;
        let entry = self.files.get_mut(name)?;
        entry.used = used;
        self.uses = used;
        Some(*entry)
    }
}

/// A file's name without its ending, and since when it is kept.
fn parse(file: &str) -> (&str, Option<Timestamp>) {
    let ending = |ending: &str| ending.parse::<i64>().ok()?.checked_mul(1000).map(Timestamp);
    match file.rsplit_once('.').map(|(name, since)| (name, ending(since))) {
        Some((name, Some(since))) => (name, Some(since)),
        _ => (file, None),
    }
}

fn seconds(at: Timestamp) -> Timestamp {
    Timestamp(at.millis() / 1000 * 1000)
}

/// Whether it is gone.
fn remove(path: &Path) -> bool {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            tracing::warn!(%error, "a recording could not be removed from the cache");
            false
        }
        _ => true,
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

    const NOW: Timestamp = Timestamp(1_700_000_000_123);
    const DAY_MS: i64 = 86_400_000;

    fn open(dir: PathBuf, bytes: u64) -> Shelf {
        Shelf::open(dir, Limits { bytes, days: 30 }, NOW).unwrap()
    }

    fn names(dir: &Path) -> Vec<String> {
        let file = |f: io::Result<fs::DirEntry>| f.unwrap().file_name().into_string().unwrap();
        let name = |file: String| parse(&file).0.to_owned();
        let mut names: Vec<String> = fs::read_dir(dir).unwrap().map(file).map(name).collect();
        names.sort();
        names
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = open(dir.path().join("recordings"), 30);
        for name in ["a", "b", "c"] {
            shelf.put(name, &[1; 10], NOW).unwrap();
        }
        assert!(shelf.get("a").is_some());
        shelf.put("d", &[2; 15], NOW).unwrap();
        assert_eq!(names(&shelf.dir), ["a", "d"]);
        assert_eq!(shelf.get("b"), None);
        assert_eq!(shelf.get("d").unwrap(), vec![2; 15]);
    }

    #[test]
    fn a_restart_keeps_the_files_and_the_order_of_their_use() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = open(dir.path().into(), 100);
        for name in ["a", "b", "c"] {
            shelf.put(name, &[1; 10], NOW).unwrap();
        }
        shelf.get("a").unwrap();
        drop(shelf);
        fs::write(dir.path().join("x.part"), b"half").unwrap();

        let shelf = open(dir.path().into(), 25);
        assert_eq!(names(dir.path()), ["a", "c"]);
        shelf.put("d", &[1; 10], NOW).unwrap();
        assert_eq!(names(dir.path()), ["a", "d"]);
    }

    #[test]
    fn replacing_a_file_does_not_count_it_twice() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = open(dir.path().into(), 20);
        for _ in 0..9 {
            shelf.put("a", &[1; 9], NOW).unwrap();
        }
        shelf.put("b", &[1; 10], NOW).unwrap();
        assert_eq!(names(dir.path()), ["a", "b"]);
    }

    #[test]
    fn a_file_over_the_cap_is_not_kept_and_evicts_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = open(dir.path().into(), 20);
        shelf.put("a", &[1; 10], NOW).unwrap();
        shelf.put("b", &[1; 21], NOW).unwrap();
        assert_eq!(names(dir.path()), ["a"]);
    }

    #[test]
    fn a_file_that_somebody_removed_is_missing_and_no_error() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = open(dir.path().into(), 20);
        shelf.put("a", &[1; 10], NOW).unwrap();
        fs::remove_file(dir.path().join("a.1700000000")).unwrap();
        assert_eq!(shelf.get("a"), None);
        assert_eq!(shelf.index().bytes, 0);
    }

    #[test]
    fn the_folder_that_cannot_be_made_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), b"").unwrap();
        assert!(Shelf::open(dir.path().join("file"), Limits::default(), NOW).is_err());
    }

    #[test]
    fn what_is_kept_too_long_goes_however_often_it_was_used() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = open(dir.path().into(), 100);
        shelf.put("a", &[1; 10], NOW).unwrap();
        shelf.put("b", &[1; 10], NOW.plus_ms(DAY_MS)).unwrap();
        assert!(shelf.get("a").is_some());
        assert_eq!(shelf.tidy(NOW.plus_ms(29 * DAY_MS)), 0);
        assert_eq!(shelf.tidy(NOW.plus_ms(30 * DAY_MS)), 1);
        assert_eq!(names(dir.path()), ["b"]);
        assert!(!shelf.has("a") && shelf.get("a").is_none());
        drop(shelf);
        // Since when it is kept is known after a restart.
        let at = NOW.plus_ms(31 * DAY_MS);
        let shelf = Shelf::open(dir.path().into(), Limits::default(), at).unwrap();
        assert_eq!((names(dir.path()).len(), shelf.kept().bytes), (0, 0));
    }

    #[test]
    fn a_file_without_its_time_is_kept_from_now_on() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a"), [1; 10]).unwrap();
        drop(open(dir.path().into(), 100));
        let at = |days: i64| {
            Shelf::open(dir.path().into(), Limits::default(), NOW.plus_ms(days * DAY_MS))
        };
        assert_eq!(at(29).unwrap().get("a").unwrap(), vec![1; 10]);
        assert_eq!(at(30).unwrap().get("a"), None);
    }

    #[test]
    fn lower_limits_hold_at_once_and_say_what_they_cost() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = open(dir.path().into(), 100);
        let mut changes = shelf.changes();
        for name in ["a", "b", "c"] {
            shelf.put(name, &[1; 10], NOW).unwrap();
        }
        shelf.get("a").unwrap();
        changes.mark_unchanged();
        let limits = Limits { bytes: 25, days: 30 };
        assert_eq!(shelf.limit(limits, NOW), 1);
        assert!(changes.has_changed().unwrap());
        assert_eq!(shelf.kept(), Kept { recordings: 2, bytes: 20, limits });
        assert_eq!(names(dir.path()), ["a", "c"]);
        let limits = Limits { bytes: 25, days: 1 };
        assert_eq!(shelf.limit(limits, NOW.plus_ms(DAY_MS)), 2);
        changes.mark_unchanged();
        assert_eq!(shelf.limit(Limits::default(), NOW), 0);
        assert!(!changes.has_changed().unwrap());
    }

    #[test]
    fn all_can_be_removed_and_what_cannot_is_not_said_to_be_gone() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = open(dir.path().into(), 100);
        shelf.put("a", &[1; 10], NOW).unwrap();
        shelf.put("b", &[1; 10], NOW).unwrap();
        assert_eq!(shelf.clear().unwrap(), 2);
        assert_eq!((names(dir.path()).len(), shelf.kept().recordings), (0, 0));
        // In the place of the file stands what is no file.
        shelf.put("c", &[1; 10], NOW).unwrap();
        let path = dir.path().join("c.1700000000");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(shelf.clear().is_err());
        assert!(shelf.has("c"));
    }
}
