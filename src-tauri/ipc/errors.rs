//! Errors of the rooms below as what a person can act on.

use super::{
    filtering::FilterFault,
    frames::{ErrorCode, UiError},
};
use crate::{
    actions::DoorError,
    media::MediaError,
    store::StoreError,
    vendor::{ReadError, ReadErrorKind, transport::TransportError},
};

fn ui(code: ErrorCode, message: impl ToString) -> UiError {
    UiError { code, message: message.to_string(), reference: None, filter: None }
}

pub fn bad_request(message: &str) -> UiError {
    ui(ErrorCode::BadRequest, message)
}

pub fn not_found(what: &str) -> UiError {
    ui(ErrorCode::NotFound, format!("nothing is stored under this {what}"))
}

pub fn refused(code: ErrorCode, message: impl ToString) -> UiError {
    ui(code, message)
}

/// Keys that were kept for a session only are gone with it.
pub fn no_keys() -> UiError {
    ui(
        ErrorCode::SignIn,
        "key and secret of this account are not at hand: enter them in the settings",
    )
}

impl From<StoreError> for UiError {
    fn from(error: StoreError) -> Self {
        if let StoreError::Filter(fault) = &error {
            let filter = Some(Box::new(FilterFault::from(fault)));
            return UiError { filter, ..ui(ErrorCode::Filter, error) };
        }
        tracing::error!(%error, "the store failed");
        ui(ErrorCode::Store, error)
    }
}

impl From<&ReadError> for UiError {
    fn from(error: &ReadError) -> Self {
        let code = match &error.kind {
            ReadErrorKind::Transport(TransportError::Tls(_)) => ErrorCode::Tls,
            ReadErrorKind::Transport(TransportError::TooLarge { .. }) => ErrorCode::TooLarge,
            ReadErrorKind::Transport(_) => ErrorCode::Unreachable,
            ReadErrorKind::SignIn { .. } => ErrorCode::SignIn,
            ReadErrorKind::RateLimited { .. } => ErrorCode::RateLimited,
            ReadErrorKind::Http { .. } => ErrorCode::VendorFault,
            ReadErrorKind::Refused { .. } => ErrorCode::VendorRefused,
            ReadErrorKind::Unreadable { .. }
            | ReadErrorKind::OutOfOrder
            | ReadErrorKind::NoSuchPage { .. } => ErrorCode::UnreadableAnswer,
            ReadErrorKind::NotAsked(_) => ErrorCode::NotConfirmed,
        };
        ui(code, error)
    }
}

impl From<MediaError> for UiError {
    fn from(error: MediaError) -> Self {
        let code = match &error {
            MediaError::NoRecording => ErrorCode::NoRecording,
            MediaError::Gone => ErrorCode::RecordingGone,
            MediaError::NotAudio { .. } | MediaError::NoShape { .. } => ErrorCode::NotAudio,
            MediaError::Archive(_) => ErrorCode::RecordingArchive,
            MediaError::TooLarge { .. } => ErrorCode::TooLarge,
            MediaError::NoKeys => ErrorCode::SignIn,
            MediaError::Read(read) => return read.into(),
            MediaError::Store(_) | MediaError::Disk { .. } => ErrorCode::Store,
        };
        ui(code, error)
    }
}

impl From<DoorError> for UiError {
    fn from(error: DoorError) -> Self {
        if let DoorError::NoTrial(why) = &error {
            return super::desk::refusal(why);
        }
        tracing::error!(%error, "an action could not be journaled");
        ui(ErrorCode::Store, error)
    }
}
