//! Who we are at the vendor: one key pair at one base URL, how its numbers and times are shown, and
//! where all that is kept. Keys and secrets are in the keychain only: no file of this room holds one.

mod book;
pub mod file;
mod kept;
mod keychain;

use xxhash_rust::xxh3::xxh3_64;

pub use self::{
    book::{Book, BookError, KeptProfile},
    kept::{Kept, Line, SignatureMode, Webhooks, hint, new_segment},
    keychain::{KeptIn, Keychain, Keys},
};
use crate::domain::{ids::AccountId, mask::Mask, time::Zone};

/// What is known of an account beside its secret, which is never part of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    /// `#rrggbb`: tells accounts apart at a glance.
    pub colour: String,
    pub base_url: String,
    pub zone: Zone,
    /// Of the people called, as a person says it; `None`: nobody said.
    pub callee_zone: Option<Zone>,
    /// The data is the built-in simulator's.
    pub demo: bool,
    pub mask: Mask,
    /// Removes every action of this account.
    pub read_only: bool,
    pub lines: Vec<Line>,
}

impl Account {
    /// By which the people called have their days and hours, as far as it is known.
    pub fn contact_zone(&self) -> Zone {
        self.callee_zone.unwrap_or(self.zone)
    }
}

/// The id of a key pair at a base URL: the same pair is the same account in every run, and the key
/// cannot be read out of it.
pub fn account_id(base_url: &str, key: &str) -> AccountId {
    let host = base_url.split("://").last().unwrap_or_default();
    let host: String = host.chars().take_while(|c| *c != '/' && *c != ':').collect();
    let hash = xxh3_64(format!("{base_url}\n{key}").as_bytes());
    AccountId::new(format!("{host}-{hash:016x}"))
}

#[cfg(test)]
mod tests;
