//! What may be asked of the vendor, by evidence and profile. Pure.

use super::{
    catalogue::{Endpoint, Family, Kind},
    profile::{Profile, ReadsOn},
};
use crate::domain::evidence::Evidence;

/// Why something is not asked; each a sentence with its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAsked {
    #[error(
        "its path is a guess, and guesses are not asked: confirm the path in the profile, or allow \
         reads on guessed paths there (reads = \"assumed\")"
    )]
    Guessed,
    #[error("its guessed path answered 404, so it is not asked again in this run")]
    Parked,
    #[error(
        "how chatbot requests are signed is not known: set sign in [family.chatbot] of the profile"
    )]
    SignUnknown,
    #[error("the keys that it needs are not entered: see the account in the settings")]
    NoKeys,
    #[error(
        "a write needs a confirmed path: confirm it in the profile, or do it in the vendor's console"
    )]
    Unconfirmed,
    #[error("there is nothing to ask here: the vendor sends it to the address that you name")]
    NothingToAsk,
}

/// Whether the endpoint may be asked, and on what evidence. A documented or observed path of a write
/// does not suffice: it has to be confirmed for this account.
pub fn may(endpoint: &Endpoint, profile: &Profile, parked: bool) -> Result<Evidence, NotAsked> {
    let evidence = evidence(endpoint, profile);
    if !endpoint.is_asked() {
        return Err(NotAsked::NothingToAsk);
    }
    if endpoint.kind == Kind::Write {
        return if evidence == Evidence::Confirmed {
            Ok(evidence)
        } else {
            Err(NotAsked::Unconfirmed)
        };
    }
    if endpoint.family == Family::Chatbot && profile.chatbot_sign().is_none() {
        return Err(NotAsked::SignUnknown);
    }
    if !is_guess(evidence) {
        return Ok(evidence);
    }
    let allowed = profile.reads() == ReadsOn::Assumed || profile.gives_path(endpoint.key);
    match (allowed, parked) {
        (false, _) => Err(NotAsked::Guessed),
        (true, true) => Err(NotAsked::Parked),
        (true, false) => Ok(evidence),
    }
}

/// How the endpoint's path is known for this account.
pub fn evidence(endpoint: &Endpoint, profile: &Profile) -> Evidence {
    if profile.confirmed_by(endpoint.key).is_some() {
        Evidence::Confirmed
    } else {
        endpoint.evidence
    }
}

/// INFERRED is no more than a good guess.
pub fn is_guess(evidence: Evidence) -> bool {
    evidence <= Evidence::Inferred
}
