//! Whether an action may be sent. Pure. A refusal is a sentence for the person.

use super::aim::{Found, Number};
use crate::{
    domain::action::{How, Reach, Subject, Verb},
    vendor::NotAsked,
};

/// Why an action is not sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("this account is read-only: switch that off to act")]
    ReadOnly,
    #[error("this account has no keys in this session, so nothing can be sent")]
    NotConnected,
    #[error("{0}")]
    NotConfirmed(NotAsked),
    #[error(
        "the vendor's documentation leaves open which path it is ({0}): choose one in the contract"
    )]
    Doubtful(String),
    #[error("its path is confirmed, so no trial is needed")]
    NoTrialNeeded,
    #[error("a trial was made before with this account, and there is only one")]
    TrialMade,
    #[error("for a trial, type the id or the name of what it is made on")]
    NotNamed,
    #[error("what the action is aimed at is not stored here")]
    NotFound,
    #[error("the vendor did not say the number, so nothing can be cancelled for it")]
    NoNumber,
    /// By the status as written.
    #[error("the {subject} is already over: its status is “{status}”")]
    AlreadyOver { subject: &'static str, status: String },
}

/// All that a gate looks at.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The account's keys are here.
    pub connected: bool,
    pub read_only: bool,
    pub how: How,
    /// A trial of the verb was made before with this account.
    pub tried: bool,
    /// Why the documentation leaves open which path it is.
    pub doubt: Option<&'a str>,
    /// What the person typed to name the subject of a trial.
    pub named: &'a str,
    /// Why the verb's path may not be asked; `None` once it is confirmed.
    pub unconfirmed: Option<NotAsked>,
    pub subject: &'a Subject,
    /// What is stored of it.
    pub found: Option<&'a Found>,
    pub number: &'a Number,
}

/// What is being ended may be asked to end again: the first request may have been lost.
pub fn check(verb: Verb, facts: &Facts<'_>) -> Result<(), Refusal> {
    may_write(facts)?;
    let found = facts.found.ok_or(Refusal::NotFound)?;
    match (verb.reach(), facts.number) {
        (Reach::Whole | Reach::Session, _) | (Reach::Number, Number::Known { .. }) => {
            not_over(facts.subject, found)
        }
        (Reach::Number, Number::NotStored) => Err(Refusal::NotFound),
        (Reach::Number, Number::NotReported | Number::NotNeeded) => Err(Refusal::NoNumber),
    }
}

fn may_write(facts: &Facts<'_>) -> Result<(), Refusal> {
    if facts.read_only {
        return Err(Refusal::ReadOnly);
    }
    // Nothing is sent, so neither keys nor a path are needed.
    if facts.how == How::Outside {
        return Ok(());
    }
    if !facts.connected {
        return Err(Refusal::NotConnected);
    }
    match (facts.how, facts.unconfirmed) {
        (How::Trial, None) => Err(Refusal::NoTrialNeeded),
        (How::Trial, Some(_)) if facts.tried => Err(Refusal::TrialMade),
        (How::Trial, Some(NotAsked::Unconfirmed)) => match facts.doubt {
            Some(why) => Err(Refusal::Doubtful(why.to_owned())),
            None => named(facts),
        },
        (_, Some(why)) => Err(Refusal::NotConfirmed(why)),
        (_, None) => Ok(()),
    }
}

/// A trial is made on what the person named, not on what happens to be open. The name that goes with a
/// session is its workflow's, so a session is named by its id.
fn named(facts: &Facts<'_>) -> Result<(), Refusal> {
    let found = facts.found.ok_or(Refusal::NotFound)?;
    let typed = facts.named.trim();
    let name = found.name.as_deref().filter(|_| !matches!(facts.subject, Subject::Session(_)));
    let is_named = typed == facts.subject.id() || name.map(str::trim) == Some(typed);
    if !typed.is_empty() && is_named { Ok(()) } else { Err(Refusal::NotNamed) }
}

/// The vendor's status words are not public, so one that we do not know never stands in the way.
fn not_over(subject: &Subject, found: &Found) -> Result<(), Refusal> {
    match &found.status {
        Some(status) if status.phase.is_over() => {
            let (subject, status) = (subject.word(), status.written.clone());
            Err(Refusal::AlreadyOver { subject, status })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actions::tests::found,
        domain::{ids::Callee, status::Phase},
    };

    const WORDS: [(&str, Phase); 9] = [
        ("Not Started", Phase::Pending),
        ("RUNNING", Phase::Running),
        ("paused", Phase::Paused),
        ("stopping", Phase::Stopping),
        ("stopped", Phase::Stopped),
        ("Finished", Phase::Finished),
        ("failed", Phase::Failed),
        ("17", Phase::Unknown),
        ("", Phase::Unknown),
    ];

    fn known() -> Number {
        Number::Known { callee: Callee::new("+6281234564821"), case_id: None }
    }

    fn open<'a>(subject: &'a Subject, found: &'a Found, number: &'a Number) -> Facts<'a> {
        Facts {
            connected: true,
            read_only: false,
            how: How::Send,
            doubt: None,
            tried: false,
            named: "",
            unconfirmed: None,
            subject,
            found: Some(found),
            number,
        }
    }

    #[test]
    fn only_a_status_that_is_known_to_be_over_closes_the_gate() {
        for (written, phase) in WORDS {
            let found = found("w1", Some(written));
            assert_eq!(found.status.as_ref().map(|s| s.phase), Some(phase), "{written}");
            for verb in Verb::ALL {
                let (subject, number) = (verb.subject("w1"), known());
                let expected = match phase {
                    Phase::Stopped | Phase::Finished | Phase::Failed => {
                        let (subject, status) = (subject.word(), written.to_owned());
                        Err(Refusal::AlreadyOver { subject, status })
                    }
                    _ => Ok(()),
                };
                assert_eq!(
                    check(verb, &open(&subject, &found, &number)),
                    expected,
                    "{verb:?} {written}"
                );
            }
        }
    }

    #[test]
    fn each_reason_has_its_place_in_the_order() {
        for verb in Verb::ALL {
            let (subject, running) = (verb.subject("w1"), found("w1", None));
            assert_eq!(check(verb, &open(&subject, &running, &known())), Ok(()));
            let closed = Facts {
                connected: false,
                read_only: true,
                unconfirmed: Some(NotAsked::Unconfirmed),
                found: None,
                number: &Number::NotStored,
                ..open(&subject, &running, &Number::NotStored)
            };
            assert_eq!(check(verb, &closed), Err(Refusal::ReadOnly));
            let facts = Facts { read_only: false, ..closed };
            assert_eq!(check(verb, &facts), Err(Refusal::NotConnected));
            let facts = Facts { connected: true, ..facts };
            assert_eq!(check(verb, &facts), Err(Refusal::NotConfirmed(NotAsked::Unconfirmed)));
            let facts = Facts { unconfirmed: None, ..facts };
            assert_eq!(check(verb, &facts), Err(Refusal::NotFound));
        }
    }

    #[test]
    fn the_rest_is_cancelled_only_for_a_number_that_is_known() {
        for verb in Verb::ALL {
            let (subject, running) = (verb.subject("w1"), found("w1", None));
            let whole = verb.reach() != Reach::Number;
            for (number, expected) in [
                (known(), Ok(())),
                (Number::NotStored, Err(Refusal::NotFound)),
                (Number::NotReported, Err(Refusal::NoNumber)),
                (Number::NotNeeded, Err(Refusal::NoNumber)),
            ] {
                let expected = if whole { Ok(()) } else { expected };
                let facts = open(&subject, &running, &number);
                assert_eq!(check(verb, &facts), expected, "{verb:?} {number:?}");
            }
        }
    }

    #[test]
    fn a_trial_is_for_an_unconfirmed_path_once_and_on_a_named_subject() {
        for verb in Verb::ALL {
            let (subject, running, number) = (verb.subject("w1"), found("w1", None), known());
            let trial = Facts {
                how: How::Trial,
                named: " w1 ",
                unconfirmed: Some(NotAsked::Unconfirmed),
                ..open(&subject, &running, &number)
            };
            assert_eq!(check(verb, &trial), Ok(()));
            let by_name = check(verb, &Facts { named: "campaign w1", ..trial });
            match subject {
                // Many sessions have the name of one workflow.
                Subject::Session(_) => assert_eq!(by_name, Err(Refusal::NotNamed)),
                _ => assert_eq!(by_name, Ok(())),
            }
            for named in ["", " ", "w2", "campaign"] {
                assert_eq!(check(verb, &Facts { named, ..trial }), Err(Refusal::NotNamed));
            }
            let unsigned = Some(NotAsked::SignUnknown);
            for (facts, refusal) in [
                (Facts { tried: true, ..trial }, Refusal::TrialMade),
                (Facts { doubt: Some("two"), ..trial }, Refusal::Doubtful("two".to_owned())),
                (Facts { unconfirmed: None, ..trial }, Refusal::NoTrialNeeded),
                (
                    Facts { unconfirmed: unsigned, ..trial },
                    Refusal::NotConfirmed(NotAsked::SignUnknown),
                ),
                (Facts { read_only: true, ..trial }, Refusal::ReadOnly),
                (Facts { connected: false, ..trial }, Refusal::NotConnected),
            ] {
                assert_eq!(check(verb, &facts), Err(refusal));
            }
        }
    }

    #[test]
    fn outside_nothing_is_needed_but_a_subject_and_the_right_to_act() {
        for verb in Verb::ALL {
            let (subject, running, number) = (verb.subject("w1"), found("w1", None), known());
            let outside = Facts {
                connected: false,
                how: How::Outside,
                tried: true,
                unconfirmed: Some(NotAsked::Unconfirmed),
                ..open(&subject, &running, &number)
            };
            assert_eq!(check(verb, &outside), Ok(()));
            let read_only = Facts { read_only: true, ..outside };
            assert_eq!(check(verb, &read_only), Err(Refusal::ReadOnly));
            assert_eq!(check(verb, &Facts { found: None, ..outside }), Err(Refusal::NotFound));
        }
    }
}
