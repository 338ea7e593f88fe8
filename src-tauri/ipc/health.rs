//! The ledger as a window shows it: the account's own sources, and those of what is on screen.

use std::collections::HashSet;

use super::{
    convert,
    desk::Shared,
    errors::{no_keys, refused},
    frames::{
        AccountHealth, AlertsHealth, DiffersDto, ErrorCode, Health, LagDto, LinkState, OddityDto,
        ReceiverHealth, RetentionHealth, ShapeChangeDto, SilentDto, SourceHealth, UiError,
    },
    setup::check::masked,
};
use crate::{
    accounts::Account,
    alerts::Silent,
    domain::{
        evidence::Evidence,
        ids::AccountId,
        mask::Mask,
        shape::{Differs, ShapeChange},
        time::Timestamp,
    },
    store::Seq,
    sync::health::{AccountEntry, BODIES_BYTES, BODIES_DAYS, Lag, Link, Oddity, SourceEntry},
    vendor::Key,
};

/// The list of workflows is asked every few seconds; an answer older than this is late.
const LATE_MS: i64 = 20_000;

/// `events` is the newest change of a received event.
pub async fn health(shared: &Shared, scopes: &HashSet<(AccountId, String)>, events: Seq) -> Health {
    let now = (shared.clock)();
    let accounts = shared.accounts.iter().map(|a| account(shared, a, scopes, now)).collect();
    let (receiver, alerts) = (receiver(shared, events).await, alerts(shared, now));
    Health { now: now.millis(), accounts, receiver, alerts, retention: retention(shared) }
}

fn retention(shared: &Shared) -> RetentionHealth {
    let retention = shared.ledger.retention();
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    RetentionHealth {
        at: retention.at.map(Timestamp::millis),
        bodies: number(retention.bodies),
        points: number(retention.points),
        error: retention.error.map(|message| refused(ErrorCode::Store, message)),
        body_days: BODIES_DAYS,
        body_bytes: BODIES_BYTES,
    }
}

fn alerts(shared: &Shared, now: Timestamp) -> AlertsHealth {
    let state = shared.alerts.state();
    AlertsHealth {
        judged_at: state.judged_at.map(Timestamp::millis),
        holding: state.holding,
        snoozed: state.snoozed,
        error: state.trouble.map(|message| refused(ErrorCode::Store, message)),
        silent: state.silent.map(|why| match why {
            Silent::NoBus => SilentDto::NoBus,
            Silent::NobodyShows => SilentDto::NobodyShows,
            Silent::Failed(detail) => SilentDto::Failed(detail),
        }),
        muted_until: state.muted_until.filter(|until| now < *until).map(Timestamp::millis),
    }
}

async fn receiver(shared: &Shared, events: Seq) -> ReceiverHealth {
    let address = shared.receiver.clone();
    match shared.reader.inbox_state().await {
        Ok(state) => ReceiverHealth {
            address,
            last_event_at: state.last_event_at.map(Timestamp::millis),
            received: state.received,
            unreadable: state.unreadable,
            events,
        },
        Err(error) => {
            tracing::error!(%error, "the inbox could not be counted");
            ReceiverHealth { address, last_event_at: None, received: 0, unreadable: 0, events }
        }
    }
}

fn account(
    shared: &Shared,
    account: &Account,
    scopes: &HashSet<(AccountId, String)>,
    now: Timestamp,
) -> AccountHealth {
    let id = &account.id;
    let keyless = shared.without_keys.contains(id);
    shared
        .ledger
        .read(id, |entry| AccountHealth {
            account: id.to_string(),
            state: state(entry, now),
            since: entry.since.millis(),
            error: entry.error.as_ref().map(UiError::from),
            next_try: entry.next_try.map(Timestamp::millis),
            requests_last_minute: entry.requests_last_minute,
            budget_per_s: entry.budget_per_s,
            sources: sources(entry, id, scopes),
            caught_up: entry.caught_up,
            lag: entry.lag.iter().map(lag).collect(),
            shape_changes: entry
                .shape_changes
                .iter()
                .map(|c| changed(c, shared.mask(&account.id)))
                .collect(),
        })
        .unwrap_or_else(|| AccountHealth {
            account: id.to_string(),
            state: if keyless { LinkState::SignInFailed } else { LinkState::Starting },
            since: now.millis(),
            error: keyless.then(no_keys),
            next_try: None,
            requests_last_minute: 0,
            budget_per_s: 0.0,
            sources: Vec::new(),
            caught_up: false,
            lag: Vec::new(),
            shape_changes: Vec::new(),
        })
}

fn state(entry: &AccountEntry, now: Timestamp) -> LinkState {
    let list = entry.sources.get(&(Key::WorkflowList, String::new()));
    let answered = list.and_then(|source| source.answered_at);
    match entry.link {
        Link::Starting => LinkState::Starting,
        Link::Live if answered.is_some_and(|at| now.since(at) > LATE_MS) => LinkState::Late,
        Link::Live => LinkState::Live,
        Link::SignInFailed => LinkState::SignInFailed,
        Link::Unreachable => LinkState::Unreachable,
        Link::Failing => LinkState::Failing,
        Link::NotAsked => LinkState::NotAsked,
    }
}

fn lag((key, lag): (&Key, &Lag)) -> LagDto {
    let oldest_at = lag.oldest.map(Timestamp::millis);
    LagDto { key: key.as_str().to_owned(), oldest_at, unread: lag.unread }
}

/// The name of a field can hold a number, as any text from outside.
fn changed(change: &ShapeChange, mask: Mask) -> ShapeChangeDto {
    ShapeChangeDto {
        source: change.source.clone(),
        field: match mask {
            Mask::LastFour | Mask::Pseudonym(_) => masked(&change.field),
            Mask::Shown => change.field.clone(),
        },
        differs: match change.differs {
            Differs::New => DiffersDto::New,
            Differs::Lacks => DiffersDto::Lacks,
            Differs::OtherType => DiffersDto::OtherType,
        },
        was: change.was.clone(),
        now: change.now.clone(),
        at: change.at.millis(),
    }
}

fn oddity(oddity: Oddity) -> OddityDto {
    match oddity {
        Oddity::RowsRepeat => OddityDto::RowsRepeat,
        Oddity::TotalChanged => OddityDto::TotalChanged,
        Oddity::TotalDiffers => OddityDto::TotalDiffers,
        Oddity::NoList => OddityDto::NoList,
        Oddity::CursorLoops => OddityDto::CursorLoops,
    }
}

fn sources(
    entry: &AccountEntry,
    account: &AccountId,
    scopes: &HashSet<(AccountId, String)>,
) -> Vec<SourceHealth> {
    let on_screen = |id: &str| scopes.iter().any(|(a, shown)| a == account && shown == id);
    let scope_of = |scope: &str, source: &SourceEntry| match &source.workflow {
        Some(workflow) => Some(workflow.to_string()),
        None => (!scope.is_empty()).then(|| scope.to_owned()),
    };
    (entry.sources.iter())
        .map(|((key, scope), source)| (key, scope_of(scope, source), source))
        .filter(|(_, scope, _)| scope.as_deref().is_none_or(on_screen))
        .map(|(key, scope, source)| SourceHealth {
            key: key.as_str().to_owned(),
            scope: scope.map(|scope| convert::row_id(account, &scope)),
            evidence: convert::evidence(source.evidence.unwrap_or(Evidence::Assumed)),
            answered_at: source.answered_at.map(Timestamp::millis),
            error: source.error.as_ref().map(UiError::from),
            next_try: source.next_try.map(Timestamp::millis),
            not_asked: source.not_asked,
            oddity: source.oddity.map(oddity),
        })
        .collect()
}
