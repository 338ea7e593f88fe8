//! How the reading of each account goes: the freshness ledger. A failed poll is health, never a
//! message of its own, however often it fails.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Display,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::watch;

use super::plan::Ask;
pub use super::{
    listing::{Lag, Oddity},
    upkeep::{BODIES_BYTES, BODIES_DAYS},
};
use crate::{
    domain::{
        evidence::Evidence,
        ids::{AccountId, WorkflowId},
        shape::ShapeChange,
        time::Timestamp,
    },
    vendor::{Key, ReadError, ReadErrorKind},
};

/// How an account's reading goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    #[default]
    Starting,
    Live,
    SignInFailed,
    Unreachable,
    Failing,
    /// The contract profile allows no listing.
    NotAsked,
}

/// One source call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceEntry {
    /// The workflow that it belongs to: calls are asked for by their task.
    pub workflow: Option<WorkflowId>,
    pub evidence: Option<Evidence>,
    /// When the last good answer was received.
    pub answered_at: Option<Timestamp>,
    pub error: Option<ReadError>,
    pub next_try: Option<Timestamp>,
    pub not_asked: bool,
    /// What the last whole reading saw that does not fit together.
    pub oddity: Option<Oddity>,
}

#[derive(Clone, Debug, Default)]
pub struct AccountEntry {
    pub link: Link,
    pub since: Timestamp,
    pub error: Option<ReadError>,
    pub next_try: Option<Timestamp>,
    pub requests_last_minute: u32,
    pub requests_total: u64,
    pub budget_per_s: f64,
    pub caught_up: bool,
    /// Of what runs or is on screen, by kind.
    pub lag: BTreeMap<Key, Lag>,
    /// The account's own key and secret were refused, and nothing that takes them was answered since.
    refused: bool,
    /// When anything was last answered.
    pub answered_at: Option<Timestamp>,
    /// By catalogue key and the vendor's id of what it was asked for (empty: for the account).
    pub sources: BTreeMap<(Key, String), SourceEntry>,
    /// Every different failure of a read in this run, with how often it happened.
    pub failures: BTreeMap<String, u64>,
    /// How records came to differ from those before, the newest first.
    pub shape_changes: Vec<ShapeChange>,
}

/// How old rows were thrown away the last time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// `None`: not yet in this run.
    pub at: Option<Timestamp>,
    /// Bodies of received events that went.
    pub bodies: u64,
    /// Points of curves that went.
    pub points: u64,
    /// Why not all of it went.
    pub error: Option<String>,
}

/// Shared between the driver, which writes, and whoever shows it.
#[derive(Clone)]
pub struct Ledger {
    accounts: Arc<Mutex<HashMap<AccountId, AccountEntry>>>,
    retention: Arc<Mutex<Retention>>,
    changed: Arc<watch::Sender<u64>>,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            accounts: Arc::default(),
            retention: Arc::default(),
            changed: Arc::new(watch::Sender::new(0)),
        }
    }
}

impl Ledger {
    pub fn changed(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Looks at an account's entry under the lock; `None` before the driver's first turn.
    pub fn read<T>(&self, account: &AccountId, look: impl FnOnce(&AccountEntry) -> T) -> Option<T> {
        let accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        accounts.get(account).map(look)
    }

    pub fn accounts(&self) -> Vec<AccountId> {
        let accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        accounts.keys().cloned().collect()
    }

    pub fn retention(&self) -> Retention {
        self.retention.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn pruned<E: Display>(
        &self,
        now: Timestamp,
        bodies: Result<u64, E>,
        points: Result<u64, E>,
    ) {
        let mut retention = Retention { at: Some(now), ..Retention::default() };
        for (gone, count) in [(bodies, &mut retention.bodies), (points, &mut retention.points)] {
            match gone {
                Ok(gone) => *count = gone,
                Err(error) => retention.error = Some(error.to_string()),
            }
        }
        *self.retention.lock().unwrap_or_else(PoisonError::into_inner) = retention;
        self.changed.send_modify(|turn| *turn += 1);
    }

    pub(super) fn write(&self, account: &AccountId, edit: impl FnOnce(&mut AccountEntry)) {
        {
            let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
            edit(accounts.entry(account.clone()).or_default());
        }
        self.changed.send_modify(|turn| *turn += 1);
    }
}

impl AccountEntry {
    fn source(&mut self, ask: &Ask) -> &mut SourceEntry {
        let (key, scope) = ask.source();
        let source = self.sources.entry((key, scope.to_owned())).or_default();
        if source.workflow.is_none() {
            source.workflow = ask.workflow().cloned();
        }
        source
    }

    pub(super) fn answered(&mut self, ask: &Ask, evidence: Evidence, now: Timestamp) {
        let source = self.source(ask);
        *source = SourceEntry {
            workflow: source.workflow.take(),
            evidence: Some(evidence),
            answered_at: Some(now),
            oddity: source.oddity,
            ..SourceEntry::default()
        };
        self.answered_at = Some(now);
        // That other keys are taken says nothing about the account's own.
        if self.refused && !ask.source().0.takes_own_keys() {
            return;
        }
        self.refused = false;
        self.set_link(Link::Live, now);
        self.error = None;
        self.next_try = None;
    }

    pub(super) fn saw(&mut self, ask: &Ask, oddity: Option<Oddity>) {
        let before = std::mem::replace(&mut self.source(ask).oddity, oddity);
        if let Some(oddity) = oddity.filter(|_| before != oddity) {
            let (key, _) = ask.source();
            *self.failures.entry(format!("{}: {oddity}", key.as_str())).or_default() += 1;
        }
    }

    pub(super) fn failed(
        &mut self,
        ask: &Ask,
        error: ReadError,
        next_try: Option<Timestamp>,
        now: Timestamp,
    ) {
        *self.failures.entry(error.to_string()).or_default() += 1;
        let (key, _) = ask.source();
        let source = self.source(ask);
        source.error = Some(error.clone());
        source.next_try = next_try;
        source.not_asked = matches!(error.kind, ReadErrorKind::NotAsked(_));
        self.refused |= matches!(error.kind, ReadErrorKind::SignIn { .. }) && key.takes_own_keys();
        if let Some(link) = link_after(&error.kind, key) {
            self.set_link(link, now);
            self.error = Some(error);
            self.next_try = next_try;
        }
    }

    fn set_link(&mut self, link: Link, now: Timestamp) {
        if self.link != link || self.since == Timestamp(0) {
            self.link = link;
            self.since = now;
        }
    }
}

/// What a failure says about the whole account; nothing where it concerns one source only.
fn link_after(kind: &ReadErrorKind, key: Key) -> Option<Link> {
    let list = key == Key::WorkflowList;
    match kind {
        ReadErrorKind::SignIn { .. } => Some(Link::SignInFailed),
        ReadErrorKind::Transport(error) if error.nothing_was_sent() => Some(Link::Unreachable),
        ReadErrorKind::Transport(_) => Some(Link::Unreachable).filter(|_| list),
        ReadErrorKind::NotAsked(_) => Some(Link::NotAsked).filter(|_| list),
        _ => Some(Link::Failing).filter(|_| list),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::plan::Listing;

    fn page(listing: Listing) -> Ask {
        Ask::Page { listing, page: 1, known: None }
    }

    #[test]
    fn a_failure_to_throw_away_stands_until_the_next_time() {
        let ledger = Ledger::default();
        ledger.pruned(Timestamp(1), Ok(2), Err("the disk is full"));
        let error = Some("the disk is full".to_owned());
        assert_eq!(
            ledger.retention(),
            Retention { at: Some(Timestamp(1)), bodies: 2, points: 0, error }
        );
        ledger.pruned::<&str>(Timestamp(2), Ok(1), Ok(5));
        assert_eq!(
            ledger.retention(),
            Retention { at: Some(Timestamp(2)), bodies: 1, points: 5, error: None }
        );
    }

    #[test]
    fn a_refused_key_stays_refused_while_other_keys_are_taken() {
        let mut entry = AccountEntry::default();
        let kind = ReadErrorKind::SignIn { code: 401, message: "no".to_owned() };
        let error = ReadError { key: Key::WorkflowList, kind };
        entry.failed(&page(Listing::Workflows), error, None, Timestamp(1));
        entry.answered(&page(Listing::Sessions), Evidence::Assumed, Timestamp(2));
        assert_eq!(entry.link, Link::SignInFailed);
        assert!(entry.error.is_some() && entry.answered_at == Some(Timestamp(2)));
        entry.answered(&page(Listing::Workflows), Evidence::Assumed, Timestamp(3));
        assert_eq!((entry.link, entry.error), (Link::Live, None));
    }
}
