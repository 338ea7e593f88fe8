//! The composition root, free of Tauri: builds the rooms, owns their tasks, and ends them in order.

mod accounts;
mod arrivals;
mod core;
mod demo;
mod ground;
mod instance;
mod running;
pub mod shift;

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use chrono::Offset as _;
use secrecy::SecretString;

pub use self::{
    instance::{HandedOver, hand_over},
    running::Running,
};
use crate::{
    accounts::{BookError, Keychain},
    actions::DoorError,
    alerts::Local,
    domain::{
        mask::Mask,
        time::{Timestamp, Zone},
    },
    hooks::HookServerError,
    ipc::frames::{ErrorCode, UiError},
    media::MediaError,
    sim_server::SimError,
    store::StoreError,
    vendor::{Clock, ConnectError, profile::ProfileError, transport::TransportError},
};

/// Whose campaigns are watched.
pub enum Whose {
    /// The built-in simulator's, in a store that goes when the app ends.
    Demo { seed: u64, speed: f64 },
    /// A real account, for this run only: nothing of the key or the secret is kept.
    Real { base_url: String, key: String, secret: SecretString, profile: Option<PathBuf> },
    /// The accounts that are kept in the data folder; at the first start, none.
    Kept { keychain: KeysIn },
}

/// Where kept accounts have their keys.
pub enum KeysIn {
    /// In the operating system's keychain; in memory where there is none.
    System,
    Given(Keychain),
}

pub struct Options {
    pub whose: Whose,
    /// Where the store lives; the user's data folder when absent.
    pub data_dir: Option<PathBuf>,
    /// Requests per second. Kept accounts have their own, as they have all that follows here.
    pub budget: Option<f64>,
    /// Where webhooks are received; nowhere when absent (the demo always receives its own).
    pub hooks: Option<SocketAddr>,
    pub mask: Mask,
    pub read_only: bool,
}

impl Options {
    /// With everything else as it is by itself.
    pub fn of(whose: Whose) -> Self {
        let (mask, read_only) = (Mask::default(), false);
        Self { whose, data_dir: None, budget: None, hooks: None, mask, read_only }
    }
}

/// Why the app could not start, each with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the folder for the data cannot be used ({path}): choose another with --data-dir")]
    DataDir { path: PathBuf, source: std::io::Error },
    #[error(
        "Wheelhouse is open on this folder already ({path}): close it, or choose another with --data-dir"
    )]
    InUse { path: PathBuf },
    #[error("this computer has no data folder for programs: choose one with --data-dir")]
    NoDataDir,
    #[error("the profile cannot be read ({path})")]
    ProfileFile { path: PathBuf, source: std::io::Error },
    #[error("the profile has a fault")]
    Profile(#[from] ProfileError),
    #[error("the accounts cannot be used")]
    Accounts(#[from] BookError),
    #[error("the account cannot be used")]
    Connect(#[from] ConnectError),
    #[error("no client for the network could be made")]
    Transport(#[from] TransportError),
    #[error("the store cannot be used")]
    Store(#[from] StoreError),
    #[error("the folder for recordings cannot be used")]
    Media(#[from] MediaError),
    #[error("the journal cannot be used")]
    Door(#[from] DoorError),
    #[error("webhooks cannot be received there")]
    Hooks(#[from] HookServerError),
    #[error("the simulator could not be started")]
    Simulator(#[from] SimError),
    #[error("the app was closed while it started")]
    Ended,
}

impl StartError {
    /// With its causes, for a window.
    pub fn told(&self) -> UiError {
        UiError {
            code: ErrorCode::Store,
            message: with_causes(self),
            reference: None,
            filter: None,
        }
    }
}

/// An error and its causes in one line; a cause that the sentence before it repeats is said once.
pub fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let sentence = error.to_string();
        if !text.ends_with(&sentence) {
            text.push_str(": ");
            text.push_str(&sentence);
        }
        cause = error.source();
    }
    text
}

/// The one place that reads the clock of the machine.
pub fn system_clock() -> Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the edge: everything below gets the time passed in"
    )]
    Arc::new(|| Timestamp::from(chrono::Utc::now()))
}

/// The zone of this machine's clock, for what a person says by the clock on the wall.
fn machine_zone() -> Local {
    Arc::new(|at| {
        let utc = at.to_utc().unwrap_or_default();
        Zone(utc.with_timezone(&chrono::Local).offset().fix())
    })
}

/// Where the user's own data lives.
pub fn data_dir(chosen: Option<PathBuf>) -> Result<PathBuf, StartError> {
    if let Some(chosen) = chosen {
        return Ok(chosen);
    }
    let dirs = directories::ProjectDirs::from("", "", "wheelhouse").ok_or(StartError::NoDataDir)?;
    Ok(dirs.data_dir().to_owned())
}

/// Starts everything that the options name.
pub async fn start(options: Options) -> Result<Running, StartError> {
    Running::start(ground::Ground::of(options)?).await
}

#[cfg(test)]
mod tests;
