//! Whether what is shown is still so: the reading of the vendor, and webhooks.

use super::{HOUR_MS, Look, MINUTE_MS, Reading};
use crate::domain::{
    alert::{About, Rule},
    time::Timestamp,
};

/// Fewer webhooks than this are a trial.
const WEBHOOKS_AT_LEAST: usize = 10;
/// Silence is measured by the longest that there was between the newest webhooks.
const TIMES_THE_LONGEST: i64 = 3;
/// After this webhooks count as switched off.
const SWITCHED_OFF_MS: i64 = 24 * HOUR_MS;

/// An age counts from when the app was awake: after a night's sleep nothing is stale yet.
pub(super) fn data_stale(look: &mut Look<'_>) {
    const RULE: Rule = Rule::DataStale;
    let limit = look.limit(RULE, "minutes") * MINUTE_MS;
    for facts in &look.facts.accounts {
        // Why nothing is answered has a warning of its own.
        if facts.reading == Reading::SignInFailed {
            continue;
        }
        if facts.reading == Reading::NotAsked {
            look.unreported(RULE, &facts.account);
            continue;
        }
        let last = facts.answered_at.unwrap_or(look.facts.awake_since);
        let key = Look::key(RULE, &facts.account, About::Account);
        if look.now.since(last.max(look.facts.awake_since)) > limit {
            let told = facts.answered_at.map(|at| ("answered_at", at.millis()));
            look.holds(key, last, &told.into_iter().collect::<Vec<_>>());
        } else if facts.answered_at.is_none_or(|at| at < look.facts.awake_since) {
            look.untold(RULE, &facts.account);
        }
    }
}

pub(super) fn sign_in_failing(look: &mut Look<'_>) {
    const RULE: Rule = Rule::SignInFailing;
    let limit = look.limit(RULE, "minutes") * MINUTE_MS;
    for facts in &look.facts.accounts {
        match facts.reading {
            Reading::SignInFailed if look.now.since(facts.since) >= limit => {
                let key = Look::key(RULE, &facts.account, About::Account);
                look.holds(key, facts.since, &[]);
            }
            Reading::Live => {}
            _ => look.untold(RULE, &facts.account),
        }
    }
}

/// Webhooks of what runs come at their own pace: silence is longer than the limit and than three times
/// the longest silence between the newest ones, and calls went on all the while.
pub(super) fn webhook_silent(look: &mut Look<'_>) {
    const RULE: Rule = Rule::WebhookSilent;
    let limit = look.limit(RULE, "minutes") * MINUTE_MS;
    for facts in &look.facts.accounts {
        if facts.webhooks.len() < WEBHOOKS_AT_LEAST {
            look.unreported(RULE, &facts.account);
            continue;
        }
        if !facts.answers() {
            look.untold(RULE, &facts.account);
            continue;
        }
        let Some(last) = facts.webhooks.first().copied() else { continue };
        let longest = facts.webhooks.windows(2).map(|pair| pair[0].since(pair[1])).max();
        let limit = limit.max(longest.unwrap_or(0).saturating_mul(TIMES_THE_LONGEST));
        // While the app slept none could come.
        let silence = look.now.since(last.max(look.facts.awake_since));
        let called = last_call(look, facts).filter(|at| at.since(last) > limit);
        let off = look.now.since(last) > SWITCHED_OFF_MS;
        if let Some(called) = called.filter(|_| silence > limit && !off) {
            let key = Look::key(RULE, &facts.account, About::Account);
            // The latest call moves on and on; the minute is enough to know.
            let called = called.millis() - called.millis().rem_euclid(MINUTE_MS);
            look.holds(key, last, &[("last_event_at", last.millis()), ("called_at", called)]);
        }
    }
}

fn last_call(look: &Look<'_>, facts: &super::AccountFacts) -> Option<Timestamp> {
    let own = look.facts.running.iter().filter(|w| w.account == facts.account);
    own.filter_map(|workflow| workflow.last_call_at).max()
}
