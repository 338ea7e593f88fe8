//! Saved webhook bodies, brought in by hand.

use std::path::{Path, PathBuf};

use tokio::io::AsyncReadExt;

use super::{
    BODY_LIMIT,
    bodies::{self, Unreadable},
    intake::{Envelope, Intake},
};
use crate::{
    domain::{time::Timestamp, workflow::Source},
    store::{Arrival, InboxWriter, StoreError},
};

/// A file is held in memory whole; larger collections come in several files.
const FILE_LIMIT: usize = 256 * 1024 * 1024;

/// What became of one body, or of a file that has none.
#[derive(Debug)]
pub struct Imported {
    pub file: PathBuf,
    /// Which one of the file, from 1.
    pub body: usize,
    pub result: Result<Arrival, ImportError>,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the file cannot be read: {0}")]
    Read(#[from] std::io::Error),
    #[error("the file is over the limit of {FILE_LIMIT} bytes; split it")]
    FileTooLarge,
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error("the body is over the limit of {BODY_LIMIT} bytes")]
    BodyTooLarge,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes every body of every file into the inbox, each for itself: nothing that is wrong with one
/// keeps another out. A file holds one body, a JSON array of bodies, or one body in each line.
pub async fn import(
    files: &[PathBuf],
    intake: &Intake,
    inbox: &mut InboxWriter,
    at: Timestamp,
) -> Vec<Imported> {
    let mut imported = Vec::new();
    for file in files {
        match read(file).await {
            Ok(text) => imported.extend(take_in(&text, file, intake, inbox, at).await),
            Err(error) => {
                imported.push(Imported { file: file.clone(), body: 1, result: Err(error) });
            }
        }
    }
    imported
}

/// Every body of one file's content.
pub(super) async fn take_in(
    text: &[u8],
    file: &Path,
    intake: &Intake,
    inbox: &mut InboxWriter,
    at: Timestamp,
) -> Vec<Imported> {
    let mut imported = Vec::new();
    for (part, body) in bodies::split(text).into_iter().zip(1..) {
        let result = match part {
            Ok(text) => take(text, file, intake, inbox, at).await,
            Err(error) => Err(error.into()),
        };
        imported.push(Imported { file: file.to_owned(), body, result });
    }
    imported
}

pub(super) async fn read(file: &Path) -> Result<Vec<u8>, ImportError> {
    let mut text = Vec::new();
    let open = tokio::fs::File::open(file).await?;
    open.take(FILE_LIMIT as u64 + 1).read_to_end(&mut text).await?;
    if text.len() > FILE_LIMIT { Err(ImportError::FileTooLarge) } else { Ok(text) }
}

async fn take(
    body: &[u8],
    file: &Path,
    intake: &Intake,
    inbox: &mut InboxWriter,
    at: Timestamp,
) -> Result<Arrival, ImportError> {
    if body.len() > BODY_LIMIT {
        return Err(ImportError::BodyTooLarge);
    }
    let envelope = Envelope {
        at,
        source: Source::File,
        // Where the file lay is the person's business, its name tells the bodies apart.
        path: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        signature: None,
    };
    let Ok(event) = intake.received(envelope, body.to_vec()) else {
        return Err(ImportError::Unreadable(Unreadable::NotAnObject));
    };
    Ok(inbox.receive(&event).await?)
}
