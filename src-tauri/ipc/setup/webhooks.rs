//! How the account's events arrive, and what arrived.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    path::Path,
};

use secrecy::SecretString;
use tokio::sync::watch;

use super::{
    Setup,
    draft::{given, over},
    dto::{EventKindRow, EventRow, EventState, SignatureMode, WebhooksDraft, WebhooksView},
};
use crate::{
    accounts::{self, Kept, Webhooks, new_segment},
    domain::{
        chat::Signature,
        evidence::Evidence,
        ids::{AccountId, Callee},
        mask::Mask,
    },
    hooks::{
        Language, OFFER_ENFORCE_AFTER, Seal, ask_text,
        folder::FolderHealth,
        relay::{RelayHealth, RelayState},
    },
    ipc::{convert, errors::bad_request, frames::UiError, raw::shown},
    store::{self, EventAsk, EventTally, StoredEvent},
    vendor::catalogue::{CATALOGUE, Endpoint, Kind},
};

/// What became of each account's ways in at this start.
#[derive(Default)]
pub struct Ways {
    /// Where the receivers listen, or why one does not.
    pub receivers: HashMap<AccountId, Result<SocketAddr, String>>,
    pub relays: HashMap<AccountId, Result<watch::Receiver<RelayHealth>, String>>,
    pub folders: HashMap<AccountId, watch::Receiver<FolderHealth>>,
    /// Why encrypted bodies are not opened.
    pub sealed: HashMap<AccountId, String>,
}

/// Events of one page.
const PAGE: u32 = 100;
/// A body is shown up to here; the store has it whole.
const SHOWN: usize = 20_000;

impl Setup {
    pub async fn webhooks(&self, account: &str) -> Result<WebhooksView, UiError> {
        let kept = self.kept(account)?;
        let (id, webhooks, ways) = (&kept.id, &kept.webhooks, &self.parts.ways);
        let tallies = self.reader().hook_kinds(id).await?;
        let signatures = self.reader().signature_tally(id).await?;
        let receiver = ways.receivers.get(id);
        let address = receiver.and_then(|at| at.as_ref().ok());
        let told = public_address(webhooks, address);
        let trouble = receiver.and_then(|at| at.as_ref().err().cloned());
        let folder = ways.folders.get(id).and_then(|health| folder_trouble(&health.borrow()));
        Ok(WebhooksView {
            address: address.map(|at| format!("http://{at}")),
            bind: webhooks.bind.clone(),
            port: webhooks.port,
            path: webhooks.path(),
            running: address.is_some(),
            trouble: trouble.or_else(|| ways.sealed.get(id).cloned()).or(folder),
            mode: mode_dto(webhooks.mode),
            matches: signatures.matched,
            mismatches: signatures.mismatched,
            may_enforce: signatures.matched >= OFFER_ENFORCE_AFTER,
            aes: webhooks.aes.clone(),
            folder: webhooks.folder.clone(),
            relay_url: webhooks.relay_url.clone(),
            relay_trouble: ways.relays.get(id).and_then(relay_trouble),
            kinds: kinds(&tallies),
            quarantined: tallies.iter().map(|tally| tally.quarantined).sum(),
            unreadable: tallies.iter().map(|tally| tally.unreadable).sum(),
            message_en: ask_text(Language::English, &told),
            message_zh: ask_text(Language::Chinese, &told),
        })
    }

    /// Keeps how events arrive and starts the core again with it.
    pub async fn keep_webhooks(&self, draft: WebhooksDraft) -> Result<(), UiError> {
        let kept = self.kept(&draft.account)?;
        if kept.demo {
            return Err(bad_request("the demo receives what its own simulator sends"));
        }
        let signatures = self.reader().signature_tally(&kept.id).await?;
        let (mut keys, _) = self.book().keychain.keys(&kept.id).await;
        let webhooks = webhooks(&draft, &kept, signatures.matched)?;
        let secret = |text: &str| SecretString::from(text.to_owned());
        keys.aes_key = over(keys.aes_key, draft.aes_key.as_ref(), secret);
        keys.relay_token = over(keys.relay_token, draft.relay_token.as_ref(), secret);
        if let (Some(spec), Some(key)) = (&webhooks.aes, &keys.aes_key) {
            let field = webhooks.aes_field.clone();
            Seal::parse(spec, key, field).map_err(|error| bad_request(&error.to_string()))?;
        }
        let id = kept.id.clone();
        self.book().keep(Kept { webhooks, ..kept })?;
        self.book().keychain.keep(&id, keys).await;
        self.restart(None).await
    }

    /// Received events, newest first, a hundred at a time.
    pub async fn hook_events(
        &self,
        account: &str,
        state: Option<EventState>,
        before: Option<i64>,
    ) -> Result<Vec<EventRow>, UiError> {
        let id = self.kept(account)?.id;
        let mask = self.mask(&id);
        let state = state.map(state_of);
        let ask = EventAsk { account: id, kind: None, state, before, count: PAGE };
        let events = self.reader().hook_events(&ask).await?;
        Ok(events.iter().map(|event| row(event, mask)).collect())
    }
}

/// What the vendor is told. A receiver on this computer is not what the vendor reaches: the user puts
/// the name of his tunnel in its place.
fn public_address(webhooks: &Webhooks, at: Option<&SocketAddr>) -> String {
    match at {
        Some(at) if !at.ip().is_loopback() && !at.ip().is_unspecified() => {
            format!("http://{at}{}", webhooks.path())
        }
        _ => format!("https://<host>{}", webhooks.path()),
    }
}

fn webhooks(draft: &WebhooksDraft, kept: &Kept, matched: i64) -> Result<Webhooks, UiError> {
    let old = kept.webhooks.clone();
    let bind = draft.bind.trim().to_owned();
    if bind.parse::<IpAddr>().is_err() {
        return Err(bad_request("the address to listen at must be like 127.0.0.1 or 0.0.0.0"));
    }
    let mode = match draft.mode {
        SignatureMode::RecordOnly => accounts::SignatureMode::RecordOnly,
        SignatureMode::Enforce if old.mode == accounts::SignatureMode::Enforce => old.mode,
        SignatureMode::Enforce if matched < OFFER_ENFORCE_AFTER => {
            return Err(bad_request(
                "signatures are enforced only after enough of them matched: else everything would be \
                 quarantined",
            ));
        }
        SignatureMode::Enforce => accounts::SignatureMode::Enforce,
    };
    let text = |text: &str| text.to_owned();
    let folder = over(old.folder, draft.folder.as_ref(), text);
    if folder.as_deref().is_some_and(|path| !Path::new(path).is_absolute()) {
        return Err(bad_request("the folder must be given with its whole path"));
    }
    let relay_url = over(old.relay_url, draft.relay_url.as_ref(), text);
    let is_address = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    if relay_url.as_deref().is_some_and(|url| !is_address(url)) {
        return Err(bad_request("the relay's address must begin with https:// or http://"));
    }
    let fresh = draft.new_path || old.segment.is_empty();
    Ok(Webhooks {
        receive: draft.receive,
        bind,
        port: draft.port,
        segment: if fresh { new_segment() } else { old.segment },
        mode,
        compared_by: old.compared_by,
        aes: over(old.aes, draft.aes.as_ref(), text),
        aes_field: over(old.aes_field, draft.aes_field.as_ref(), text),
        folder,
        relay_url: relay_url.filter(|url| given(Some(url)).is_some()),
    })
}

fn mode_dto(mode: accounts::SignatureMode) -> SignatureMode {
    match mode {
        accounts::SignatureMode::RecordOnly => SignatureMode::RecordOnly,
        accounts::SignatureMode::Enforce => SignatureMode::Enforce,
    }
}

fn relay_trouble(relay: &Result<watch::Receiver<RelayHealth>, String>) -> Option<String> {
    match relay {
        Err(trouble) => Some(trouble.clone()),
        Ok(health) => match &health.borrow().state {
            RelayState::Failing { why, .. } => Some(why.clone()),
            RelayState::Starting | RelayState::Following => None,
        },
    }
}

fn folder_trouble(health: &FolderHealth) -> Option<String> {
    let refused = health.refused.last().map(|(file, why)| format!("{file}: {why}"));
    health.error.clone().or(refused)
}

/// Every webhook of the catalogue, and what came beside it.
fn kinds(tallies: &[EventTally]) -> Vec<EventKindRow> {
    let tally = |key: &str| tallies.iter().find(|tally| tally.kind == key);
    let known = CATALOGUE.iter().filter(|endpoint| endpoint.kind == Kind::Hook);
    let mut rows: Vec<EventKindRow> = known.map(|hook| kind_row(hook, tally(hook.name))).collect();
    let is_known = |kind: &str| CATALOGUE.iter().any(|endpoint| endpoint.name == kind);
    rows.extend(tallies.iter().filter(|tally| !is_known(&tally.kind)).map(|tally| EventKindRow {
        key: tally.kind.clone(),
        title: String::new(),
        evidence: convert::evidence(Evidence::Assumed),
        count: tally.received,
        last_at: tally.last_at.map(|at| at.millis()),
    }));
    rows
}

fn kind_row(hook: &Endpoint, tally: Option<&EventTally>) -> EventKindRow {
    EventKindRow {
        key: hook.name.to_owned(),
        title: hook.title.to_owned(),
        evidence: convert::evidence(hook.evidence),
        count: tally.map_or(0, |tally| tally.received),
        last_at: tally.and_then(|tally| Some(tally.last_at?.millis())),
    }
}

fn state_of(state: EventState) -> store::EventState {
    match state {
        EventState::Waiting => store::EventState::Waiting,
        EventState::Merged => store::EventState::Merged,
        EventState::Kept => store::EventState::Kept,
        EventState::Quarantined => store::EventState::Quarantined,
        EventState::Unreadable => store::EventState::Unreadable,
    }
}

fn row(event: &StoredEvent, mask: Mask) -> EventRow {
    EventRow {
        id: event.id,
        at: event.at.millis(),
        key: event.kind.clone().unwrap_or_else(|| "unknown".to_owned()),
        state: match event.state {
            store::EventState::Waiting => EventState::Waiting,
            store::EventState::Merged => EventState::Merged,
            store::EventState::Kept => EventState::Kept,
            store::EventState::Quarantined => EventState::Quarantined,
            store::EventState::Unreadable => EventState::Unreadable,
        },
        signed: !matches!(event.verdict, Signature::NotApplicable | Signature::Unsigned),
        why: event.note.clone(),
        raw: raw(&event.body, mask),
    }
}

/// An encrypted body is no text, and nobody knows whose number it holds.
fn raw(body: &[u8], mask: Mask) -> String {
    let text = String::from_utf8_lossy(body);
    let json: Option<serde_json::Value> = serde_json::from_str(&text).ok();
    let text = match &json {
        Some(value) => shown(&text, mask, callee(value).as_ref()),
        None => "(no JSON)".to_owned(),
    };
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// The number that a body is about, under the names that the vendor is known to use, wherever in the
/// body it stands.
fn callee(value: &serde_json::Value) -> Option<Callee> {
    const NAMES: [&str; 5] = ["callee", "calleenumber", "phonenumber", "to", "phone"];
    match value {
        serde_json::Value::Object(fields) => {
            let plain = |name: &str| name.to_ascii_lowercase().replace('_', "");
            let named = fields.iter().find_map(|(name, value)| {
                NAMES.contains(&plain(name).as_str()).then(|| value.as_str().map(Callee::new))?
            });
            named.or_else(|| fields.values().find_map(callee))
        }
        serde_json::Value::Array(items) => items.iter().find_map(callee),
        _ => None,
    }
}
