//! What can go wrong with the store, in words for the person in front of it.

use std::path::{Path, PathBuf};

use crate::domain::{filter::FilterError, ids::ActionId};

pub type Result<T, E = StoreError> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the folder {} of the local store cannot be made: {source}", path.display())]
    Folder { path: PathBuf, source: std::io::Error },
    #[error(
        "{} is damaged or is no store of this app; move the file away and start again: what the \
         vendor lists is read anew",
        path.display()
    )]
    NotAStore { path: PathBuf },
    #[error("{} was written by a newer version of this app; update the app to open it", path.display())]
    Newer { path: PathBuf },
    #[error("could not {doing}: the disk is full; make room, nothing stored so far is lost")]
    DiskFull { doing: &'static str },
    #[error("could not {doing}: another program is writing to the local store; close it")]
    Busy { doing: &'static str },
    #[error("could not {doing}: the local store is damaged ({source})")]
    Damaged { doing: &'static str, source: sqlx::Error },
    #[error("could not {doing}: the local store may not be written; check the file's permissions")]
    ReadOnly { doing: &'static str },
    #[error(transparent)]
    Filter(#[from] FilterError),
    #[error("no action {0} was recorded")]
    NoSuchAction(ActionId),
    #[error("could not {doing} in the local store: {source}")]
    Database { doing: &'static str, source: sqlx::Error },
}

// Primary result codes of SQLite (https://sqlite.org/rescode.html).
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READONLY: i32 = 8;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const NOTADB: i32 = 26;

fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    code.parse::<i32>().ok().map(|extended| extended & 0xff)
}

/// Says what was being done when SQLite failed.
pub(super) trait During<T> {
    fn during(self, doing: &'static str) -> Result<T>;
}

impl<T> During<T> for sqlx::Result<T> {
    fn during(self, doing: &'static str) -> Result<T> {
        self.map_err(|source| match primary_code(&source) {
            Some(BUSY | LOCKED) => StoreError::Busy { doing },
            Some(FULL) => StoreError::DiskFull { doing },
            Some(READONLY) => StoreError::ReadOnly { doing },
            Some(CORRUPT | NOTADB) => StoreError::Damaged { doing, source },
            _ => StoreError::Database { doing, source },
        })
    }
}

/// The sentence for a file that could not be opened.
pub(super) fn on_open(source: sqlx::Error, path: &Path) -> StoreError {
    match primary_code(&source) {
        Some(CORRUPT | NOTADB) => StoreError::NotAStore { path: path.to_owned() },
        _ => match Err::<(), _>(source).during("open") {
            Err(error) => error,
            Ok(()) => StoreError::NotAStore { path: path.to_owned() },
        },
    }
}

/// The sentence for a file whose schema is not ours.
pub(super) fn on_migrate(error: sqlx::migrate::MigrateError, path: &Path) -> StoreError {
    use sqlx::migrate::MigrateError as Migrate;
    match error {
        Migrate::VersionMissing(_) | Migrate::VersionTooNew(..) => {
            StoreError::Newer { path: path.to_owned() }
        }
        Migrate::Execute(source) | Migrate::ExecuteMigration(source, _) => on_open(source, path),
        _ => StoreError::NotAStore { path: path.to_owned() },
    }
}

/// What the store itself wrote and cannot read back.
pub(super) fn unreadable(what: impl Into<String>) -> sqlx::Error {
    sqlx::Error::Decode(what.into().into())
}
