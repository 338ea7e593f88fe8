//! How much of the disk recordings may take and how long they stay, as the person wants it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::domain::time::Timestamp;

const DAY_MS: i64 = 86_400_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub bytes: u64,
    /// Counted from the download, whether it is heard again or not.
    pub days: u32,
}

impl Default for Limits {
    /// Of 2 GB some 700 recordings of the usual length are at hand without a network.
    fn default() -> Self {
        Self { bytes: 2 << 30, days: 30 }
    }
}

impl Limits {
    /// Those in the file. Without one, or where it cannot be read, the usual ones: a cache is no reason
    /// not to start.
    pub(super) fn kept_in(file: &Path) -> Self {
        match read(file) {
            Ok(limits) => limits.unwrap_or_default(),
            Err(error) => {
                tracing::warn!(%error, "the limits of the recordings cannot be read");
                Self::default()
            }
        }
    }

    /// The file holds the old limits or these, whatever happens on the way.
    pub(super) fn keep_in(self, file: &Path) -> io::Result<()> {
        let fresh: PathBuf = file.with_extension("fresh");
        let text = toml::to_string(&self).map_err(io::Error::other)?;
        fs::write(&fresh, text).and_then(|()| fs::rename(&fresh, file))
    }

    pub(super) fn is_too_old(self, kept_since: Timestamp, now: Timestamp) -> bool {
        now.since(kept_since) >= i64::from(self.days) * DAY_MS
    }
}

fn read(file: &Path) -> io::Result<Option<Limits>> {
    match fs::read_to_string(file) {
        Ok(text) => toml::from_str(&text).map(Some).map_err(io::Error::other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_kept_and_a_spoilt_file_is_no_reason_not_to_start() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("recordings.toml");
        assert_eq!(Limits::kept_in(&file), Limits::default());
        let set = Limits { bytes: 5 << 30, days: 7 };
        set.keep_in(&file).unwrap();
        assert_eq!(Limits::kept_in(&file), set);
        fs::write(&file, "days = 'many'").unwrap();
        assert_eq!(Limits::kept_in(&file), Limits::default());
    }

    #[test]
    fn a_recording_is_too_old_after_its_days() {
        let limits = Limits { bytes: 1, days: 2 };
        let since = Timestamp(1_700_000_000_000);
        assert!(!limits.is_too_old(since, since.plus_ms(2 * DAY_MS - 1)));
        assert!(limits.is_too_old(since, since.plus_ms(2 * DAY_MS)));
        assert!(!limits.is_too_old(since, since.plus_ms(-DAY_MS)), "a clock that was set back");
    }
}
