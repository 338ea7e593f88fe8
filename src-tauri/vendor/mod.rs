//! The only room that knows the vendor's URLs, headers, paging, field names and error bodies.
//!
//! [`connect`] returns two handles: [`Reads`] for everything that asks, [`Writes`] for everything that
//! changes something at the vendor. Several of the vendor's queries are POSTs, so the handle tells the
//! two apart, not the HTTP verb. Nothing here decides *when* to ask.

mod auth;
pub mod catalogue;
pub mod change;
mod chatbot;
pub mod check;
mod cloud;
mod cursors;
pub mod decode_hook;
mod dialer;
pub mod documentation;
mod download;
mod envelope;
pub mod error;
mod exchange;
pub mod fields;
pub mod gate;
mod http;
mod leads;
pub mod limits;
mod listing;
mod lookups;
mod probe;
pub mod profile;
mod profile_file;
pub mod profile_shown;
mod reads;
mod record;
pub mod reread;
mod shape;
pub mod signing;
mod tasks;
mod time;
pub mod transport;
mod waba;
mod writes;

use std::sync::Arc;

use secrecy::SecretString;

pub use self::{
    catalogue::Key,
    download::Download,
    error::{ConnectError, ReadError, ReadErrorKind},
    gate::NotAsked,
    http::HttpTransport,
    leads::Leads,
    limits::Limits,
    listing::{Page, PageAsk, Skipped},
    lookups::{Person, Push, Within},
    profile::{Profile, ProfileError},
    reads::Reads,
    shape::Shape,
    writes::{Confirmed, Permission, WriteOutcome, Writes},
};
use crate::domain::time::Timestamp;

/// Tells the time: the room itself has no clock.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What one account needs to be asked.
pub struct Settings {
    /// `https://api.airudder.com`, or what the profile says for a family.
    pub base_url: String,
    pub key: String,
    pub secret: SecretString,
    /// What requests of the chatbot family are signed with.
    pub chatbot: Option<Keys>,
    /// The sign-in of the predictive dialer.
    pub pds: Option<Keys>,
    pub profile: Profile,
    /// Requests a second, shared by all reads of the account. The vendor publishes no limit.
    pub budget_per_s: f64,
    pub clock: Clock,
    pub limits: Limits,
}

/// A key with its secret.
pub struct Keys {
    pub key: String,
    pub secret: SecretString,
}

/// Checks the settings and makes the two handles. Nothing is sent.
pub fn connect(
    settings: Settings,
    transport: Arc<dyn transport::Transport>,
) -> Result<(Reads, Writes), ConnectError> {
    let client = Arc::new(exchange::Client::new(settings, transport)?);
    Ok((Reads::new(client.clone()), Writes::new(client)))
}
