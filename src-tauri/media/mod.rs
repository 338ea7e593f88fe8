//! Recordings: fetched once, kept in a cache of bounded size, handed out as bytes with their shape.
//!
//! Nobody outside learns a path or one of the vendor's links; what is downloaded is looked at before
//! it is kept, because a link can answer with anything.

pub mod kind;
pub mod peaks;
mod wave;

/// Why a recording cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// It can neither be played nor drawn; `why` holds nothing of its content.
    #[error("the recording cannot be played, because {why}")]
    NotAudio { why: &'static str },
    /// It is audio that can be played, and no decoder here reads it.
    #[error("the recording can be played, but not drawn: {why}")]
    NoShape { why: String },
}
