//! What a person typed, checked and laid over what is kept. Pure.

use secrecy::SecretString;

use super::dto::AccountDraft;
use crate::{
    accounts::Keys,
    domain::time::Zone,
    ipc::{errors::bad_request, frames::UiError},
    vendor::{
        change::{self, BY_HAND, Change},
        profile::ProfileError,
        signing::Sign,
    },
};

pub const SIGN: [&str; 3] = ["family", "chatbot", "sign"];
pub const DOCUMENTATION: [&str; 2] = ["documentation", "url"];
const ZONE: [&str; 1] = ["zone"];
const READS: [&str; 1] = ["reads"];

/// More than this a name, an address or a key never is.
const LONGEST: usize = 2_000;

/// Refuses what cannot be kept, in words. Whether the address can be asked is the test's business.
pub fn check(draft: &AccountDraft) -> Result<(), UiError> {
    let texts = [
        Some(&draft.name),
        Some(&draft.base_url),
        draft.key.as_ref(),
        draft.secret.as_ref(),
        draft.chatbot_key.as_ref(),
        draft.chatbot_secret.as_ref(),
        draft.pds_key.as_ref(),
        draft.pds_secret.as_ref(),
        draft.documentation_url.as_ref(),
    ];
    if texts.iter().flatten().any(|text| text.len() > LONGEST) {
        return Err(bad_request("one of these texts is too long"));
    }
    if draft.name.trim().is_empty() {
        return Err(bad_request("the account needs a name"));
    }
    if !is_colour(&draft.colour) {
        return Err(bad_request("the colour must be like #3b6d8a"));
    }
    let base_url = draft.base_url.trim();
    if !base_url.starts_with("https://") && !base_url.starts_with("http://") {
        return Err(bad_request("the address must begin with https:// or http://"));
    }
    if Zone::parse(&draft.zone).is_none() {
        return Err(bad_request("the zone must be an offset such as +08:00"));
    }
    if given(draft.callee_zone.as_ref()).is_some_and(|zone| Zone::parse(zone).is_none()) {
        return Err(bad_request(
            "the zone of the people called must be an offset such as +08:00, or left empty",
        ));
    }
    if !(draft.budget > 0.0 && draft.budget <= 1_000.0) {
        return Err(bad_request("the budget must be above 0 and at most 1000 requests a second"));
    }
    let sign = given(draft.chatbot_sign.as_ref());
    if sign.is_some_and(|word| Sign::parse(word).is_none()) {
        return Err(bad_request("this signature is not known here"));
    }
    Ok(())
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        digits.len() == 6 && digits.chars().all(|digit| digit.is_ascii_hexdigit())
    })
}

/// A text that is there and says something.
pub fn given(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// `null` leaves what was there; an empty text takes it away.
pub fn over<T>(old: Option<T>, typed: Option<&String>, new: impl Fn(&str) -> T) -> Option<T> {
    match typed {
        None => old,
        Some(_) => given(typed).map(new),
    }
}

/// The keys with what was typed over them.
pub fn keys(draft: &AccountDraft, old: Keys) -> Keys {
    let new = |text: &str| SecretString::from(text.to_owned());
    Keys {
        key: over(old.key, draft.key.as_ref(), new),
        secret: over(old.secret, draft.secret.as_ref(), new),
        chatbot_key: over(old.chatbot_key, draft.chatbot_key.as_ref(), new),
        chatbot_secret: over(old.chatbot_secret, draft.chatbot_secret.as_ref(), new),
        pds_key: over(old.pds_key, draft.pds_key.as_ref(), new),
        pds_secret: over(old.pds_secret, draft.pds_secret.as_ref(), new),
        aes_key: old.aes_key,
        relay_token: old.relay_token,
    }
}

/// The profile's text with what the draft says of the contract: zone, consent, signature and
/// documentation. The text that it is given when nothing differs.
pub fn profile(draft: &AccountDraft, text: &str) -> Result<String, ProfileError> {
    let reads = if draft.guesses { Some("assumed") } else { None };
    let had_consent = text_at(text, &READS).is_some_and(|word| word == "assumed");
    let mut changes = vec![wanted(text, &ZONE, Some(draft.zone.trim()))];
    if draft.guesses != had_consent {
        changes.push(wanted(text, &READS, reads));
    }
    for (path, typed) in
        [(&SIGN[..], &draft.chatbot_sign), (&DOCUMENTATION[..], &draft.documentation_url)]
    {
        if typed.is_some() {
            changes.push(wanted(text, path, given(typed.as_ref())));
        }
    }
    let changes: Vec<Change> = changes.into_iter().flatten().collect();
    if changes.is_empty() { Ok(text.to_owned()) } else { change::apply(text, &changes) }
}

fn wanted(text: &str, path: &[&str], to: Option<&str>) -> Option<Change> {
    let from = text_at(text, path);
    (from.as_deref() != to).then(|| Change {
        path: path.iter().map(|part| (*part).to_owned()).collect(),
        from: from.as_deref().map(change::quoted),
        to: to.map(change::quoted),
        source: BY_HAND.to_owned(),
    })
}

/// The text that stands there in the profile.
pub fn text_at(text: &str, path: &[&str]) -> Option<String> {
    let entries = change::entries(text).ok()?;
    let entry = entries.into_iter().find(|entry| entry.path == path)?;
    Some(plain(&entry.literal))
}

/// A TOML literal as a person reads it: a text without its quotes.
pub fn plain(literal: &str) -> String {
    let parsed: Option<toml::Table> = format!("v = {literal}").parse().ok();
    match parsed.and_then(|mut table| table.remove("v")) {
        Some(toml::Value::String(text)) => text,
        _ => literal.to_owned(),
    }
}
