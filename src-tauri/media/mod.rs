//! Recordings: fetched once, kept in a cache of bounded size and age, handed out as bytes with their shape.
//!
//! Nobody outside learns a path or one of the vendor's links; what is downloaded is looked at before
//! it is kept, because a link can answer with anything.

mod archive;
mod cache;
mod fetch;
pub mod kind;
mod limits;
mod notes;
pub mod peaks;
mod shelf;
mod wave;

pub use self::{cache::Cache, limits::Limits, notes::Notes, peaks::Shape, shelf::Kept};
use crate::{store::StoreError, vendor::ReadError};

/// Why a recording cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// Nobody ever named a link: not reported is not the same as not recorded.
    #[error("no recording of this call was reported")]
    NoRecording,
    #[error(
        "the recording's link leads nowhere any more; the vendor may have removed it, or the link has \
         expired"
    )]
    Gone,
    /// It can neither be played nor drawn; `why` holds nothing of its content.
    #[error("the recording cannot be played, because {why}")]
    NotAudio { why: &'static str },
    /// It is audio that can be played, and no decoder here reads it.
    #[error("the recording lies in an archive (zip), but {0}")]
    Archive(#[from] archive::Trouble),
    #[error("the recording can be played, but not drawn: {why}")]
    NoShape { why: String },
    #[error("the recording is over the limit of {limit} bytes, so it was not loaded")]
    TooLarge { limit: usize },
    #[error("key and secret of this account are not at hand, and the recording is not kept here")]
    NoKeys,
    #[error("the recording could not be loaded: {0}")]
    Read(#[from] ReadError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("could not {operation}: {source}; check the disk and its permissions")]
    Disk { operation: &'static str, source: std::io::Error },
}

#[cfg(test)]
mod tests;
