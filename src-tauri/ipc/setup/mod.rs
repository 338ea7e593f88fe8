//! What the settings ask: accounts, their contract with the vendor, the check of the connection, and
//! how webhooks arrive. Everything that a person types crosses inwards only.
//!
//! Each file adds its own methods to [`Setup`].

mod accounts;
pub mod check;
pub mod connection;
mod contract;
mod draft;
pub mod dto;
mod find;
mod import;
mod mapping;
mod raw;
mod trial;
mod trying;
mod webhooks;

use std::{future::Future, path::PathBuf, pin::Pin, sync::Arc};

pub use self::webhooks::Ways;
use super::{
    desk::Desk,
    errors::{no_keys, not_found},
    frames::{ErrorCode, UiError},
};
use crate::{
    accounts::{Book, BookError, Kept, KeptProfile},
    actions::Door,
    domain::{ids::AccountId, mask::Mask, time::Timestamp},
    store::Reader,
    vendor::{Clock, Reads, profile::ProfileError, transport::Transport},
};

/// Ends the core and starts it again with what is kept now; with an account named, what is stored of
/// that account is forgotten in between. The caller's own [`Setup`] is then one of the past.
pub type Restart = Arc<dyn Fn(Option<AccountId>) -> Restarting + Send + Sync>;
pub type Restarting = Pin<Box<dyn Future<Output = Result<(), UiError>> + Send>>;

/// What the settings work on.
pub struct SetupParts {
    pub desk: Desk,
    pub book: Arc<Book>,
    /// To try what is not kept yet.
    pub transport: Arc<dyn Transport>,
    /// Where support bundles are put.
    pub folder: PathBuf,
    pub restart: Restart,
    pub ways: Ways,
}

#[derive(Clone)]
pub struct Setup {
    parts: Arc<SetupParts>,
}

impl Setup {
    pub fn new(parts: SetupParts) -> Self {
        Self { parts: Arc::new(parts) }
    }

    fn book(&self) -> &Book {
        &self.parts.book
    }

    fn reader(&self) -> &Reader {
        self.parts.desk.reader()
    }

    fn door(&self) -> &Door {
        &self.parts.desk.door
    }

    fn clock(&self) -> Clock {
        Arc::clone(&self.parts.desk.shared.clock)
    }

    fn now(&self) -> Timestamp {
        (self.parts.desk.shared.clock)()
    }

    fn mask(&self, account: &AccountId) -> Mask {
        self.parts.desk.mask(account)
    }

    /// The account as it is kept.
    fn kept(&self, account: &str) -> Result<Kept, UiError> {
        self.book().account(&AccountId::new(account)).ok_or_else(|| not_found("account"))
    }

    fn profile(&self, account: &AccountId) -> KeptProfile {
        self.book().profile(account)
    }

    /// The running core's handle; an account without keys has none.
    fn reads(&self, account: &AccountId) -> Result<&Reads, UiError> {
        self.parts.desk.reads.get(account).ok_or_else(no_keys)
    }

    /// Keeps a profile's text and starts the core again with it.
    async fn keep_profile(&self, account: &AccountId, text: &str) -> Result<(), UiError> {
        self.book().keep_profile(account, text)?;
        self.restart(None).await
    }

    async fn restart(&self, forget: Option<AccountId>) -> Result<(), UiError> {
        (self.parts.restart)(forget).await
    }
}

impl From<BookError> for UiError {
    fn from(error: BookError) -> Self {
        let code = match &error {
            BookError::Profile(_) => ErrorCode::BadRequest,
            _ => ErrorCode::Store,
        };
        UiError { code, message: error.to_string(), reference: None, filter: None }
    }
}

fn fault(error: &ProfileError) -> dto::ProfileFault {
    dto::ProfileFault {
        line: u32::try_from(error.line).unwrap_or(u32::MAX),
        key: error.key.clone(),
        sentence: error.sentence.clone(),
    }
}
