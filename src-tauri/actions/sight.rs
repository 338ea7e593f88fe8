//! Whether what was read later shows that an action took effect. Pure.
//!
//! What the vendor does on a stop, and when, is not known (ASSUMED), so *seen* is a claim about what we
//! read and no more:
//!
//! - a **stopped workflow**, **task** or **plan**: its status, as written, is another one than at the click and says that it
//!   is over or is a word we do not know; no call of it started after the acceptance and the grace
//!   time; and it was read again after that time.
//! - a **cancelled rest**: no call to the number started after the acceptance and the grace time,
//!   although its workflow, task or plan was read after it, and the dialling has since gone on with
//!   other numbers or is over. That nobody was called at all shows nothing.
//! - an **ended session**: it is over.
//!
//! What is done **outside** is done some time after the click, and nobody tells us when: the grace time
//! then is what doing it may take. A stop is seen as soon as no call started for the ordinary grace
//! time before the workflow was last read.

use crate::domain::{
    action::{Action, How, Outcome, Reach},
    status::{Phase, Status},
    time::Timestamp,
};

/// Calls that the vendor was about to make when it accepted may still start.
pub const GRACE_MS: i64 = 30_000;

/// What a person may need to open the vendor's console and do it there.
pub const OUTSIDE_GRACE_MS: i64 = 600_000;

/// From when on no call may start any more for the effect to be there; `read_at` is when the subject
/// was last read, or now.
pub fn settled(action: &Action, read_at: Timestamp) -> Option<Timestamp> {
    let since = since(action)?;
    Some(match (action.how, action.verb.reach()) {
        (_, Reach::Session) => since,
        (How::Outside, Reach::Whole) => read_at.plus_ms(-GRACE_MS).max(since),
        (How::Outside, Reach::Number) => since.plus_ms(OUTSIDE_GRACE_MS),
        _ => since.plus_ms(GRACE_MS),
    })
}

/// From when on calls of the target are counted against the action.
pub fn counted_from(action: &Action) -> Option<Timestamp> {
    let since = since(action)?;
    Some(if action.how == How::Outside { since.plus_ms(OUTSIDE_GRACE_MS) } else { since })
}

/// What the store shows of an action's target.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    pub status: Option<&'a Status>,
    /// Calls of the target that started after acceptance and grace.
    pub late_calls: i64,
    /// The same of the whole workflow, task or plan.
    pub late_calls_of_all: i64,
    /// When the subject was last asked about; `None` where it cannot be asked at all and webhooks
    /// bring the news.
    pub read_at: Option<Timestamp>,
}

/// When the effect counts from: the answer's time for the acceptance that lies before it.
pub fn since(action: &Action) -> Option<Timestamp> {
    matches!(action.outcome, Outcome::Accepted | Outcome::Unknown | Outcome::Outside)
        .then_some(action.outcome_at)
        .flatten()
}

pub fn is_seen(action: &Action, sight: &Sight<'_>, now: Timestamp) -> bool {
    let Some(settled) = settled(action, sight.read_at.unwrap_or(now)) else { return false };
    let over = sight.status.is_some_and(|status| status.phase.is_over());
    if action.verb.reach() == Reach::Session {
        return over;
    }
    if now < settled || sight.read_at.is_some_and(|at| at < settled) || sight.late_calls > 0 {
        return false;
    }
    match action.verb.reach() {
        Reach::Whole => sight.status.is_some_and(|status| {
            let changed = action.status_before.as_deref() != Some(status.written.as_str());
            changed && (over || status.phase == Phase::Unknown)
        }),
        Reach::Number => sight.late_calls_of_all > 0 || over,
        Reach::Session => over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{actions::tests::action, domain::action::Verb};

    fn reaching(reach: Reach) -> impl Iterator<Item = Verb> {
        Verb::ALL.into_iter().filter(move |verb| verb.reach() == reach)
    }

    const ACCEPTED: Timestamp = Timestamp(1_000_000);
    const SETTLED: Timestamp = Timestamp(1_000_000 + GRACE_MS);

    fn asked(verb: Verb, status_before: Option<&str>) -> Action {
        Action {
            verb,
            outcome: Outcome::Accepted,
            outcome_at: Some(ACCEPTED),
            status_before: status_before.map(str::to_owned),
            ..action("a1", verb)
        }
    }

    fn quiet(status: &Status) -> Sight<'_> {
        Sight { status: Some(status), late_calls: 0, late_calls_of_all: 0, read_at: Some(SETTLED) }
    }

    #[test]
    fn a_stop_is_seen_by_a_status_that_changed_to_an_end_or_an_unknown_word() {
        for (before, after, seen) in [
            (Some("running"), "stopped", true),
            (Some("running"), "finished", true),
            (Some("running"), "7", true),
            (Some("3"), "7", true),
            (None, "stopped", true),
            (Some("running"), "running", false),
            (Some("3"), "3", false),
            (Some("running"), "stopping", false),
            (Some("pending"), "running", false),
            (Some("running"), "paused", false),
        ] {
            let status = Status::read(after);
            for verb in reaching(Reach::Whole) {
                let action = asked(verb, before);
                assert_eq!(
                    is_seen(&action, &quiet(&status), SETTLED),
                    seen,
                    "{before:?} → {after}"
                );
            }
        }
    }

    #[test]
    fn nothing_is_seen_before_the_grace_time_was_over_and_read_after() {
        let stopped = Status::read("stopped");
        let action = asked(Verb::StopWorkflow, Some("running"));
        let sight = quiet(&stopped);
        assert!(!is_seen(&action, &sight, SETTLED.plus_ms(-1)));
        let early = Sight { read_at: Some(SETTLED.plus_ms(-1)), ..sight };
        assert!(!is_seen(&action, &early, SETTLED.plus_ms(60_000)));
        assert!(is_seen(&action, &Sight { read_at: None, ..sight }, SETTLED));
    }

    #[test]
    fn a_late_call_keeps_it_unseen() {
        let stopped = Status::read("stopped");
        for verb in reaching(Reach::Whole).chain(reaching(Reach::Number)) {
            let sight = Sight { late_calls: 1, late_calls_of_all: 9, ..quiet(&stopped) };
            assert!(!is_seen(&asked(verb, Some("running")), &sight, SETTLED.plus_ms(1)));
        }
    }

    #[test]
    fn a_cancelled_rest_is_seen_when_the_dialling_passed_the_number_over() {
        let (running, over) = (Status::read("running"), Status::read("finished"));
        for verb in reaching(Reach::Number) {
            let action = asked(verb, Some("running"));
            assert!(!is_seen(&action, &quiet(&running), SETTLED));
            let went_on = Sight { late_calls_of_all: 1, ..quiet(&running) };
            assert!(is_seen(&action, &went_on, SETTLED));
            assert!(is_seen(&action, &quiet(&over), SETTLED));
            let unknown = Sight { status: None, ..went_on };
            assert!(is_seen(&action, &unknown, SETTLED), "a dialer task has no status here");
        }
    }

    #[test]
    fn an_ended_session_is_seen_as_soon_as_it_is_over() {
        let (open, over) = (Status::read("open"), Status::read("finished"));
        let action = asked(Verb::EndSession, Some("open"));
        assert!(!is_seen(&action, &quiet(&open), SETTLED));
        assert!(is_seen(&action, &Sight { read_at: None, ..quiet(&over) }, ACCEPTED));
        let refused = Action { outcome: Outcome::Refused, ..action };
        assert!(!is_seen(&refused, &quiet(&over), SETTLED));
    }

    #[test]
    fn only_what_may_have_reached_the_vendor_is_looked_for() {
        let stopped = Status::read("stopped");
        for (outcome, looked_for) in [
            (Outcome::Accepted, true),
            (Outcome::Unknown, true),
            (Outcome::Outside, true),
            (Outcome::Requested, false),
            (Outcome::Refused, false),
            (Outcome::Failed, false),
        ] {
            let action = Action { outcome, ..asked(Verb::StopWorkflow, Some("running")) };
            assert_eq!(is_seen(&action, &quiet(&stopped), SETTLED), looked_for, "{outcome:?}");
        }
    }

    #[test]
    fn a_stop_outside_is_seen_once_the_calls_have_ended_however_long_it_took() {
        let stopped = Status::read("stopped");
        let done = Action {
            how: How::Outside,
            outcome: Outcome::Outside,
            ..asked(Verb::StopWorkflow, Some("running"))
        };
        let read_at = ACCEPTED.plus_ms(3 * GRACE_MS);
        assert_eq!(settled(&done, read_at), Some(ACCEPTED.plus_ms(2 * GRACE_MS)));
        assert_eq!(settled(&done, ACCEPTED.plus_ms(5)), Some(ACCEPTED));
        let sight = Sight { read_at: Some(read_at), ..quiet(&stopped) };
        assert!(is_seen(&done, &sight, read_at));
        assert!(!is_seen(&done, &Sight { late_calls: 1, ..sight }, read_at));
        let running = Status::read("running");
        assert!(!is_seen(&done, &Sight { status: Some(&running), ..sight }, read_at));
        let before = Sight { read_at: Some(ACCEPTED.plus_ms(-1)), ..sight };
        assert!(!is_seen(&done, &before, read_at));
        assert_eq!(counted_from(&done), Some(ACCEPTED.plus_ms(OUTSIDE_GRACE_MS)));
    }
}
