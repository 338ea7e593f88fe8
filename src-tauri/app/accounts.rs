//! From a kept account to its two handles at the vendor.

use std::path::Path;

use secrecy::{ExposeSecret as _, SecretString};

use super::{Options, StartError, ground::Ground};
use crate::{
    accounts::{Account, Book, Kept, Keys, Webhooks, account_id, hint},
    ipc::setup::connection,
    vendor::{self, ConnectError, Reads, Writes, profile::Profile},
};

/// The vendor publishes no rate limit, so this is our own choice (ASSUMED to be harmless).
const BUDGET_PER_S: f64 = 5.0;

/// An account with what it can be asked through.
pub struct Seat {
    pub account: Account,
    pub profile: Profile,
    /// `None` while its keys are not at hand, or what is kept of it cannot be used.
    pub handles: Option<(Reads, Writes)>,
}

/// Every account of the book. Nothing that is wrong with one keeps another out; only what a person
/// typed for this run is refused at once, in words.
pub async fn seats(ground: &Ground) -> Result<Vec<Seat>, StartError> {
    let mut seats = Vec::new();
    for kept in ground.book.accounts() {
        let profile = ground.book.profile(&kept.id);
        if let Some(fault) = &profile.fault {
            tracing::warn!(account = %kept.id, %fault, "the built-in contract is in force");
        }
        let (keys, _) = ground.book.keychain.keys(&kept.id).await;
        let account = account(&kept, &profile.profile);
        let handles = match connect(ground, &kept, &keys, profile.profile.clone()) {
            Ok(handles) => handles,
            Err(error) if ground.book.is_for_this_session() => return Err(error.into()),
            Err(error) => {
                tracing::error!(account = %kept.id, %error, "the account cannot be used");
                None
            }
        };
        seats.push(Seat { account, profile: profile.profile, handles });
    }
    Ok(seats)
}

fn connect(
    ground: &Ground,
    kept: &Kept,
    keys: &Keys,
    profile: Profile,
) -> Result<Option<(Reads, Writes)>, ConnectError> {
    let settings = connection::settings(kept, keys, profile, ground.clock.clone());
    let connected = settings.map(|settings| vendor::connect(settings, ground.transport.clone()));
    connected.transpose()
}

fn account(kept: &Kept, profile: &Profile) -> Account {
    Account {
        lines: kept.lines.clone(),
        id: kept.id.clone(),
        name: kept.name.clone(),
        colour: kept.colour.clone(),
        base_url: kept.base_url.clone(),
        zone: profile.zone(),
        callee_zone: kept.callee_zone,
        demo: kept.demo,
        mask: kept.mask,
        read_only: kept.read_only,
    }
}

/// Enters the account that this run was started for.
pub fn for_this_session(
    book: &Book,
    base_url: &str,
    key: &str,
    secret: &SecretString,
    profile: Option<&Path>,
    options: &Options,
) -> Result<(), StartError> {
    let id = account_id(base_url, key);
    if let Some(path) = profile {
        let at = |source| StartError::ProfileFile { path: path.to_owned(), source };
        let text = std::fs::read_to_string(path).map_err(at)?;
        Profile::parse(&text)?;
        book.keep_profile(&id, &text)?;
    }
    let keys = Keys {
        key: Some(SecretString::from(key.to_owned())),
        secret: Some(secret.expose_secret().to_owned().into()),
        ..Keys::default()
    };
    book.keychain.keep_for_session(&id, keys);
    let mut webhooks = Webhooks::new();
    if let Some(at) = options.hooks {
        webhooks.receive = true;
        (webhooks.bind, webhooks.port) = (at.ip().to_string(), at.port());
    }
    book.keep(Kept {
        id,
        name: host_of(base_url),
        colour: "#3b6d8a".to_owned(),
        base_url: base_url.to_owned(),
        key_hint: hint(key),
        lines: Vec::new(),
        mask: options.mask,
        read_only: options.read_only,
        budget: options.budget.unwrap_or(BUDGET_PER_S),
        callee_zone: None,
        demo: false,
        webhooks,
    })?;
    Ok(())
}

fn host_of(base_url: &str) -> String {
    let rest = base_url.split("://").last().unwrap_or(base_url);
    rest.split('/').next().unwrap_or(rest).to_owned()
}
