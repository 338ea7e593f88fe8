//! Workflows and their calls.

use super::{AccountFacts, HOUR_MS, Look, MINUTE_MS};
use crate::{
    domain::{
        alert::{About, AlertSettings, Rule},
        time::{Timestamp, Zone},
    },
    store::RoundWindows,
};

pub(super) fn workflow_failed(look: &mut Look<'_>) {
    const RULE: Rule = Rule::WorkflowFailed;
    let limit = look.limit(RULE, "hours") * HOUR_MS;
    let (facts, now) = (look.facts, look.now);
    for failed in facts.failed.iter().filter(|failed| now.since(failed.at) <= limit) {
        let about = About::Workflow(failed.id.to_string());
        let key = Look::key(RULE, &failed.account, about);
        look.holds(key, failed.at, &[("failed_at", failed.at.millis())]);
    }
}

/// Counted up to the reading that is longest ago, and only within the allowed hours: the vendor dials
/// nobody outside them.
pub(super) fn no_new_calls(look: &mut Look<'_>) {
    const RULE: Rule = Rule::NoNewCalls;
    let limit = look.limit(RULE, "minutes") * MINUTE_MS;
    for facts in &look.facts.accounts {
        let opened = opened_at(look.settings, facts.zone, look.now);
        let (true, true, Some(opened)) = (facts.answers(), facts.caught_up, opened) else {
            look.untold(RULE, &facts.account);
            continue;
        };
        let read_at = facts.calls_read_at.unwrap_or(look.now).min(look.now);
        let own = look.facts.running.iter().filter(|w| w.account == facts.account);
        let own: Vec<_> = own.collect();
        if !own.is_empty() && own.iter().all(|workflow| workflow.last_call_at.is_none()) {
            look.unreported(RULE, &facts.account);
        }
        for workflow in own {
            // One that never called may have no calls in it.
            let Some(last) = workflow.last_call_at else { continue };
            let left = workflow.total.zip(workflow.finished).map(|(total, done)| total - done);
            if left == Some(0) || read_at.since(last.max(opened)) <= limit {
                continue;
            }
            let about = About::Workflow(workflow.id.to_string());
            let mut evidence = vec![("last_call_at", last.millis())];
            evidence.extend(left.map(|left| ("left", left)));
            look.holds(Look::key(RULE, &facts.account, about), last, &evidence);
        }
    }
}

/// Two shares differ by more than chance makes them when z is over this.
const BEYOND_CHANCE: f64 = 3.0;

/// Round against the same round: later rounds reach fewer by their nature.
pub(super) fn reached_falling(look: &mut Look<'_>) {
    const RULE: Rule = Rule::ReachedFalling;
    let (numbers, drop) = (look.limit(RULE, "numbers"), look.limit(RULE, "drop"));
    for facts in &look.facts.accounts {
        let mut own = look.facts.running.iter().filter(|w| w.account == facts.account).peekable();
        if own.peek().is_some() && own.all(|workflow| !workflow.connected_reported) {
            look.unreported(RULE, &facts.account);
        }
        if !facts.answers() {
            look.untold(RULE, &facts.account);
        }
    }
    let facts = look.facts;
    for windows in &facts.reached {
        let about = About::Workflow(windows.workflow.to_string());
        let key = Look::key(RULE, &windows.account, about);
        // What fell counts as fallen until it is half back.
        let drop = if look.held(&key) { drop / 2 } else { drop };
        if look.found.holding.iter().any(|alert| alert.key == key) || !fell(windows, numbers, drop)
        {
            continue;
        }
        let ((before, of_before), (now, of_now)) = (windows.reached.before, windows.reached.now);
        let mut evidence = vec![
            ("reached_before", before),
            ("dialled_before", of_before),
            ("reached_now", now),
            ("dialled_now", of_now),
            ("minutes", look.limit(RULE, "minutes")),
        ];
        if windows.round > 0 {
            evidence.push(("round", windows.round));
        }
        look.holds(key, look.now, &evidence);
    }
}

fn fell(windows: &RoundWindows, numbers: i64, drop: i64) -> bool {
    let ((a, of_a), (b, of_b)) = (windows.reached.before, windows.reached.now);
    if of_a.min(of_b) < numbers.max(1) {
        return false;
    }
    let (before, now) = (a as f64 / of_a as f64, b as f64 / of_b as f64);
    let pooled = (a + b) as f64 / (of_a + of_b) as f64;
    let error = (pooled * (1.0 - pooled) * (1.0 / of_a as f64 + 1.0 / of_b as f64)).sqrt();
    now <= before * (100 - drop) as f64 / 100.0 && before - now > BEYOND_CHANCE * error
}

/// By the zone that a person set for the people called, else by the account's: where they live is not
/// reported.
pub(super) fn outside_hours(look: &mut Look<'_>) {
    const RULE: Rule = Rule::OutsideHours;
    let least = look.limit(RULE, "calls");
    let (from, to) = (look.limit(RULE, "from"), look.limit(RULE, "to"));
    for facts in &look.facts.accounts {
        let Some(odd) = facts.odd_calls.as_ref().filter(|odd| odd.calls >= least) else { continue };
        let key = Look::key(RULE, &facts.account, About::Account);
        let evidence =
            [("calls", odd.calls), ("first_at", odd.first_at.millis()), ("from", from), ("to", to)];
        look.holds_with(key, odd.first_at, &evidence, Some(odd.last.to_string()));
    }
}

pub(super) fn contact_limit(look: &mut Look<'_>) {
    const RULE: Rule = Rule::ContactLimit;
    let limit = look.limit(RULE, "calls");
    for facts in &look.facts.accounts {
        let over: Vec<_> = facts.contacted.iter().filter(|one| one.calls > limit).collect();
        let Some(most) = over.iter().max_by_key(|one| (one.calls, one.last_at)) else { continue };
        let persons = i64::try_from(over.len()).unwrap_or(i64::MAX);
        let key = Look::key(RULE, &facts.account, About::Account);
        let evidence = [("persons", persons), ("most", most.calls), ("limit", limit)];
        let first = over.iter().map(|one| one.last_at).min().unwrap_or(most.last_at);
        look.holds_with(key, first, &evidence, Some(most.last.to_string()));
    }
}

/// Who is still queued the vendor does not say; that somebody was called again proves that they were.
pub(super) fn called_after_opt_out(look: &mut Look<'_>) {
    const RULE: Rule = Rule::CalledAfterOptOut;
    for facts in &look.facts.accounts {
        let Some(again) = &facts.called_again else { continue };
        let calls = &again.calls;
        let key = Look::key(RULE, &facts.account, About::Account);
        let evidence = [
            ("persons", again.persons),
            ("calls", calls.calls),
            ("first_at", calls.first_at.millis()),
            ("days", look.limit(RULE, "days")),
        ];
        look.holds_with(key, calls.first_at, &evidence, Some(calls.last.to_string()));
    }
}

/// When the allowed hours began that hold now; `None` outside of them. A rule that is switched off
/// allows every hour.
fn opened_at(settings: &AlertSettings, zone: Zone, now: Timestamp) -> Option<Timestamp> {
    if !settings.on(Rule::OutsideHours) {
        return Some(Timestamp(0));
    }
    let (from, to) = allowed(settings);
    let minute = minute_of_day(zone, now);
    let open = (from..to).contains(&minute);
    open.then(|| now.plus_ms(-(minute - from) * MINUTE_MS))
}

/// Minutes of the day, from and to.
fn allowed(settings: &AlertSettings) -> (i64, i64) {
    let hour = |name| settings.limit(Rule::OutsideHours, name) * 60;
    (hour("from"), hour("to"))
}

fn minute_of_day(zone: Zone, at: Timestamp) -> i64 {
    at.since(day_began(zone, at)).div_euclid(MINUTE_MS)
}

/// When the day began in that zone.
pub fn day_began(zone: Zone, now: Timestamp) -> Timestamp {
    const DAY_MS: i64 = 24 * HOUR_MS;
    let offset = i64::from(zone.0.local_minus_utc()) * 1000;
    let local = now.millis().saturating_add(offset);
    Timestamp(local - local.rem_euclid(DAY_MS) - offset)
}

/// The parts of the last hour that lie outside the allowed hours, oldest first.
pub fn odd_hours(
    settings: &AlertSettings,
    zone: Zone,
    now: Timestamp,
) -> Vec<(Timestamp, Timestamp)> {
    let (from, to) = allowed(settings);
    let mut parts = Vec::new();
    for days in [-1, 0] {
        let day = day_began(zone, now).plus_ms(days * 24 * HOUR_MS);
        let at = |minute: i64| day.plus_ms(minute * MINUTE_MS);
        for (begin, end) in [(at(0), at(from)), (at(to.max(from)), at(24 * 60))] {
            let (begin, end) = (begin.max(now.plus_ms(-HOUR_MS)), end.min(now));
            if begin < end {
                parts.push((begin, end));
            }
        }
    }
    parts
}

impl AccountFacts {
    /// Adds up what was found in the parts of [`odd_hours`].
    pub fn add_odd(&mut self, found: Option<crate::store::CallsWithin>) {
        self.odd_calls = match (self.odd_calls.take(), found) {
            (Some(a), Some(b)) => {
                let (first_at, last_at) = (a.first_at.min(b.first_at), a.last_at.max(b.last_at));
                let last = if a.last_at > b.last_at { a.last } else { b.last };
                Some(crate::store::CallsWithin {
                    calls: a.calls + b.calls,
                    first_at,
                    last_at,
                    last,
                })
            }
            (a, b) => a.or(b),
        };
    }
}
