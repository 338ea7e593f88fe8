//! The figures that the rules look at: what is cheap at every turn, windows once a minute.

use std::collections::HashMap;

use super::Inner;
use crate::{
    domain::{
        alert::{AlertSettings, Rule},
        ids::{AccountId, Callee, SessionId},
        time::{Timestamp, Zone},
    },
    insight::alerts::{
        AccountFacts, Facts, MINUTE_MS, Reading, Unanswered, asked_for_human, day_began, odd_hours,
    },
    store::{CalledAgain, Contacted, Result, RoundWindows, Seq, SessionWindows},
    sync::health::{AccountEntry, Link},
    vendor::Key,
};

/// Without a turn for so long the machine was asleep.
const ASLEEP_MS: i64 = 2 * MINUTE_MS;
/// Webhooks looked at.
const WEBHOOKS: u32 = 50;
/// Conversations older than this are nobody's turn any more.
const OPEN_MS: i64 = 24 * 60 * MINUTE_MS;
/// Messages of a conversation looked at: the newest.
const MESSAGES: u32 = 100;
/// Calls to people who had asked not to be called are warned of for so long.
const AGAIN_MS: i64 = 24 * 60 * MINUTE_MS;
/// Changes of calls looked at in a turn, and how far back the first turn looks.
const CHANGES: Seq = 20_000;
const CHANGES_BACK: Seq = 200_000;

#[derive(Default)]
pub(super) struct Figures {
    awake_since: Timestamp,
    turned_at: Option<Timestamp>,
    counted_at: Option<Timestamp>,
    /// What the windows were counted with: other settings count anew.
    counted_with: Option<AlertSettings>,
    reached: Vec<RoundWindows>,
    sessions: Vec<SessionWindows>,
    unanswered: Vec<Unanswered>,
    /// When a human was asked for, by conversation, and of how many messages that was read.
    asked: HashMap<(AccountId, SessionId), (i64, Option<Timestamp>)>,
    contacts: HashMap<AccountId, Contacts>,
    called_again: HashMap<AccountId, CalledAgain>,
}

/// Who was called more often than the limit on a day.
struct Contacts {
    day: Timestamp,
    limit: i64,
    /// Changes up to here were looked at.
    cursor: Seq,
    over: HashMap<Callee, Contacted>,
}

impl Figures {
    pub async fn read(
        &mut self,
        inner: &Inner,
        settings: &AlertSettings,
        now: Timestamp,
    ) -> Result<Facts> {
        let slept = self.turned_at.replace(now).is_none_or(|at| now.since(at) > ASLEEP_MS);
        if slept {
            self.awake_since = now;
        }
        let same = self.counted_with.as_ref() == Some(settings);
        if !same || self.counted_at.is_none_or(|at| now.since(at) >= MINUTE_MS) {
            self.count(inner, settings, now).await?;
            self.counted_at = Some(now);
            self.counted_with = Some(settings.clone());
        }
        let mut accounts = Vec::with_capacity(inner.accounts.len());
        for (account, zone) in &inner.accounts {
            accounts.push(self.account(inner, settings, (account, *zone), now).await?);
        }
        let hours = settings.limit(Rule::WorkflowFailed, "hours") * 60 * MINUTE_MS;
        Ok(Facts {
            accounts,
            running: inner.reader.running_workflows().await?,
            failed: inner.reader.failed_workflows(now.plus_ms(-hours)).await?,
            reached: self.reached.clone(),
            sessions: self.sessions.clone(),
            unanswered: self.unanswered.clone(),
            awake_since: self.awake_since,
        })
    }

    async fn count(
        &mut self,
        inner: &Inner,
        settings: &AlertSettings,
        now: Timestamp,
    ) -> Result<()> {
        let window = |rule| {
            let minutes = settings.limit(rule, "minutes") * MINUTE_MS;
            (now.plus_ms(-2 * minutes), now.plus_ms(-minutes))
        };
        let (from, middle) = window(Rule::ReachedFalling);
        self.reached = match settings.on(Rule::ReachedFalling) {
            true => inner.reader.reached_windows(from, middle).await?,
            false => Vec::new(),
        };
        let (from, middle) = window(Rule::SessionErrors);
        self.sessions = match settings.on(Rule::SessionErrors) {
            true => inner.reader.session_windows(from, middle).await?,
            false => Vec::new(),
        };
        if settings.on(Rule::NoAgent) {
            self.look_into_sessions(inner, now).await?;
        }
        self.called_again.clear();
        if settings.on(Rule::CalledAfterOptOut) {
            let days = settings.limit(Rule::CalledAfterOptOut, "days");
            let asked_since = now.plus_ms(-days * 24 * 60 * MINUTE_MS);
            for (account, _) in &inner.accounts {
                let since = now.plus_ms(-AGAIN_MS);
                let again = inner.reader.called_after_opt_out(account, asked_since, since).await?;
                self.called_again.extend(again.map(|again| (account.clone(), again)));
            }
        }
        Ok(())
    }

    /// A conversation is read again only when there are more messages than before.
    async fn look_into_sessions(&mut self, inner: &Inner, now: Timestamp) -> Result<()> {
        let open = inner.reader.sessions_open_since(now.plus_ms(-OPEN_MS)).await?;
        let mut asked = HashMap::with_capacity(open.len());
        self.unanswered.clear();
        for session in open {
            let key = (session.account, session.id);
            let known = self.asked.remove(&key).filter(|(read, _)| *read == session.messages);
            let at = match known {
                Some((_, at)) => at,
                None => {
                    let first = u32::try_from(session.messages).unwrap_or(u32::MAX);
                    let first = first.saturating_sub(MESSAGES);
                    let read = inner.reader.messages(&key.0, &key.1, first, MESSAGES).await?;
                    asked_for_human(&read.rows)
                }
            };
            if let Some(asked_at) = at {
                let (account, session) = key.clone();
                self.unanswered.push(Unanswered { account, session, asked_at });
            }
            asked.insert(key, (session.messages, at));
        }
        self.asked = asked;
        Ok(())
    }

    async fn account(
        &mut self,
        inner: &Inner,
        settings: &AlertSettings,
        (account, zone): (&AccountId, Zone),
        now: Timestamp,
    ) -> Result<AccountFacts> {
        let ledger = inner.ledger.read(account, of_ledger).unwrap_or_default();
        let webhooks = match settings.on(Rule::WebhookSilent) {
            true => inner.reader.webhook_times(account, WEBHOOKS).await?,
            false => Vec::new(),
        };
        let mut facts = AccountFacts {
            account: account.clone(),
            zone,
            reading: ledger.reading,
            since: ledger.since,
            answered_at: ledger.answered_at,
            caught_up: ledger.caught_up,
            calls_read_at: ledger.calls_read_at,
            webhooks,
            odd_calls: None,
            contacted: Vec::new(),
            called_again: self.called_again.get(account).cloned(),
        };
        if settings.on(Rule::OutsideHours) {
            for (from, to) in odd_hours(settings, zone, now) {
                facts.add_odd(inner.reader.calls_within(account, from, to).await?);
            }
        }
        if settings.on(Rule::ContactLimit) {
            let limit = settings.limit(Rule::ContactLimit, "calls");
            let contacts = self.contacts(account, inner, (day_began(zone, now), limit)).await?;
            facts.contacted = contacts.over.values().cloned().collect();
        }
        Ok(facts)
    }

    /// Only numbers of calls that changed are counted, so a turn costs what happened since the last.
    async fn contacts(
        &mut self,
        account: &AccountId,
        inner: &Inner,
        (day, limit): (Timestamp, i64),
    ) -> Result<&Contacts> {
        let newest = *inner.reader.seq().borrow();
        let fresh = Contacts { day, limit, cursor: newest - CHANGES_BACK, over: HashMap::new() };
        let contacts = self.contacts.entry(account.clone()).or_insert(fresh);
        if (contacts.day, contacts.limit) != (day, limit) {
            let cursor = newest - CHANGES_BACK;
            *contacts = Contacts { day, limit, cursor, over: HashMap::new() };
        }
        let until = newest.min(contacts.cursor + CHANGES);
        if until > contacts.cursor {
            let span = (contacts.cursor, until);
            for one in inner.reader.contacted(account, day, limit, span).await? {
                contacts.over.insert(one.callee.clone(), one);
            }
            contacts.cursor = until;
        }
        Ok(contacts)
    }
}

#[derive(Default)]
struct OfLedger {
    reading: Reading,
    since: Timestamp,
    answered_at: Option<Timestamp>,
    caught_up: bool,
    calls_read_at: Option<Timestamp>,
}

fn of_ledger(entry: &AccountEntry) -> OfLedger {
    let list = entry.sources.get(&(Key::WorkflowList, String::new()));
    let calls = entry.lag.get(&Key::WorkflowOutboundDetails);
    OfLedger {
        reading: match entry.link {
            Link::Starting => Reading::Starting,
            Link::Live => Reading::Live,
            Link::SignInFailed => Reading::SignInFailed,
            Link::Unreachable | Link::Failing => Reading::Failing,
            Link::NotAsked => Reading::NotAsked,
        },
        since: entry.since,
        answered_at: list.and_then(|source| source.answered_at),
        caught_up: entry.caught_up,
        calls_read_at: calls.and_then(|lag| lag.oldest),
    }
}
