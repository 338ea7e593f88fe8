//! How an account is asked, from what is kept of it.

use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    accounts::{Kept, Keys},
    vendor::{Clock, Keys as Pair, Limits, Settings, profile::Profile},
};

/// Where, and how fast.
pub struct Asked<'a> {
    pub base_url: &'a str,
    pub budget: f64,
}

/// `None` without key and secret.
pub fn settings(kept: &Kept, keys: &Keys, profile: Profile, clock: Clock) -> Option<Settings> {
    let asked = Asked { base_url: &kept.base_url, budget: kept.budget };
    of(&asked, keys, profile, clock)
}

pub fn of(asked: &Asked<'_>, keys: &Keys, profile: Profile, clock: Clock) -> Option<Settings> {
    let (key, secret) = keys.pair()?;
    Some(Settings {
        base_url: asked.base_url.to_owned(),
        key: key.expose_secret().to_owned(),
        secret: secret.clone(),
        chatbot: keys.chatbot().map(pair),
        pds: keys.pds().map(pair),
        profile,
        budget_per_s: asked.budget,
        clock,
        limits: Limits::default(),
    })
}

fn pair((key, secret): (&SecretString, &SecretString)) -> Pair {
    Pair { key: key.expose_secret().to_owned(), secret: secret.clone() }
}
