//! What is warned of: one pure function a rule, from figures and the time to the warnings that hold.
//!
//! A rule that cannot tell, because what it needs was not read lately, says so: what held then still
//! holds. A rule whose fields the vendor does not send never holds.

mod announce;
mod calls;
mod chats;
mod reading;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    domain::{
        alert::{About, Alert, AlertKey, AlertSettings, Rule},
        ids::{AccountId, SessionId},
        time::{Timestamp, Zone},
    },
    store::{
        AlertChanges, CalledAgain, CallsWithin, Contacted, FailedWorkflow, RoundWindows,
        RunningWorkflow, SessionWindows, StoredAlert,
    },
};

pub use announce::due;
pub use calls::{day_began, odd_hours};
pub use chats::asked_for_human;

pub const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Said anew that it still holds, so often.
const SEEN_MS: i64 = MINUTE_MS;

/// How the reading of an account goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Nothing was answered yet in this run.
    #[default]
    Starting,
    Live,
    SignInFailed,
    /// No connection, or the vendor answers with errors.
    Failing,
    /// The contract allows no listing.
    NotAsked,
}

/// One account, as its ledger has it.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountFacts {
    pub account: AccountId,
    /// Of the people called, or the account's where nobody said theirs.
    pub zone: Zone,
    pub reading: Reading,
    /// Since when it goes so.
    pub since: Timestamp,
    /// When the list of workflows was answered last.
    pub answered_at: Option<Timestamp>,
    /// Everything that is listed was read once.
    pub caught_up: bool,
    /// Of the lists of calls that may still change, the reading that is longest ago.
    pub calls_read_at: Option<Timestamp>,
    /// When the newest webhooks came, the newest first.
    pub webhooks: Vec<Timestamp>,
    /// Calls of the last hour that started outside the allowed hours.
    pub odd_calls: Option<CallsWithin>,
    /// Who was called more often today than the limit.
    pub contacted: Vec<Contacted>,
    /// Calls of the last day to people who had asked not to be called.
    pub called_again: Option<CalledAgain>,
}

impl AccountFacts {
    fn answers(&self) -> bool {
        self.reading == Reading::Live
    }
}

/// A conversation in which a human was asked for and has not written since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    pub account: AccountId,
    pub session: SessionId,
    pub asked_at: Timestamp,
}

/// All that the rules look at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    pub accounts: Vec<AccountFacts>,
    pub running: Vec<RunningWorkflow>,
    pub failed: Vec<FailedWorkflow>,
    pub reached: Vec<RoundWindows>,
    pub sessions: Vec<SessionWindows>,
    pub unanswered: Vec<Unanswered>,
    /// From when on the app has been awake without a break: silence before it is its own.
    pub awake_since: Timestamp,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    pub holding: Vec<Alert>,
    /// It cannot be told: what held holds on.
    pub untold: BTreeSet<(Rule, AccountId)>,
    /// The vendor does not send what the rule needs.
    pub unreported: BTreeSet<(Rule, AccountId)>,
}

/// What a rule looks at.
struct Look<'a> {
    facts: &'a Facts,
    settings: &'a AlertSettings,
    /// What held before.
    held: &'a BTreeSet<AlertKey>,
    now: Timestamp,
    found: Judged,
}

impl Look<'_> {
    fn limit(&self, rule: Rule, name: &str) -> i64 {
        self.settings.limit(rule, name)
    }

    fn key(rule: Rule, account: &AccountId, about: About) -> AlertKey {
        AlertKey { account: account.clone(), rule, about }
    }

    fn held(&self, key: &AlertKey) -> bool {
        self.held.contains(key)
    }

    fn holds(&mut self, key: AlertKey, since: Timestamp, evidence: &[(&str, i64)]) {
        self.holds_with(key, since, evidence, None);
    }

    fn holds_with(
        &mut self,
        key: AlertKey,
        since: Timestamp,
        evidence: &[(&str, i64)],
        call: Option<String>,
    ) {
        let evidence = evidence.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        self.found.holding.push(Alert { key, since, evidence, call });
    }

    fn untold(&mut self, rule: Rule, account: &AccountId) {
        self.found.untold.insert((rule, account.clone()));
    }

    fn unreported(&mut self, rule: Rule, account: &AccountId) {
        self.found.unreported.insert((rule, account.clone()));
    }
}

/// What holds now, by every rule that is on.
pub fn judge(
    facts: &Facts,
    settings: &AlertSettings,
    held: &BTreeSet<AlertKey>,
    now: Timestamp,
) -> Judged {
    let mut look = Look { facts, settings, held, now, found: Judged::default() };
    for rule in Rule::ALL.into_iter().filter(|rule| settings.on(*rule)) {
        match rule {
            Rule::DataStale => reading::data_stale(&mut look),
            Rule::SignInFailing => reading::sign_in_failing(&mut look),
            Rule::WebhookSilent => reading::webhook_silent(&mut look),
            Rule::WorkflowFailed => calls::workflow_failed(&mut look),
            Rule::NoNewCalls => calls::no_new_calls(&mut look),
            Rule::ReachedFalling => calls::reached_falling(&mut look),
            Rule::OutsideHours => calls::outside_hours(&mut look),
            Rule::ContactLimit => calls::contact_limit(&mut look),
            Rule::CalledAfterOptOut => calls::called_after_opt_out(&mut look),
            Rule::SessionErrors => chats::session_errors(&mut look),
            Rule::NoAgent => chats::no_agent(&mut look),
        }
    }
    look.found
}

/// What is to be written, so that what is kept says what was judged.
pub fn changes(kept: &[StoredAlert], judged: Judged, now: Timestamp) -> AlertChanges {
    let mut kept: HashMap<&AlertKey, &StoredAlert> =
        kept.iter().map(|stored| (&stored.alert.key, stored)).collect();
    let mut changes = AlertChanges::default();
    for alert in judged.holding {
        match kept.remove(&alert.key) {
            None => changes.begun.push(alert),
            Some(stored) if differs(&stored.alert, &alert) => {
                changes.altered.push((stored.n, alert));
            }
            Some(stored) if now.since(stored.last_seen_at) >= SEEN_MS => {
                changes.seen.push(stored.n);
            }
            Some(_) => {}
        }
    }
    let told = |key: &AlertKey| !judged.untold.contains(&(key.rule, key.account.clone()));
    changes.ended = kept.into_values().filter(|s| told(&s.alert.key)).map(|s| s.n).collect();
    changes.ended.sort_unstable();
    changes
}

fn differs(kept: &Alert, judged: &Alert) -> bool {
    let (a, b): (&BTreeMap<_, _>, &BTreeMap<_, _>) = (&kept.evidence, &judged.evidence);
    a != b || kept.call != judged.call
}
