//! Whether an action may be sent: one pure function a verb. A refusal is a sentence for the person.

use super::aim::Number;
use crate::{
    domain::{
        action::{How, Verb},
        workflow::Workflow,
    },
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
    #[error("for a trial, type the id or the name of the workflow that it is made on")]
    NotNamed,
    #[error("what the action is aimed at is not stored here")]
    NotFound,
    #[error("the vendor did not say the number, so nothing can be cancelled for it")]
    NoNumber,
    /// By the status as written.
    #[error("the workflow is already over: its status is “{status}”")]
    AlreadyOver { status: String },
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
    /// What the person typed to name the workflow of a trial.
    pub named: &'a str,
    /// Why the verb's path may not be asked; `None` once it is confirmed.
    pub unconfirmed: Option<NotAsked>,
    pub workflow: Option<&'a Workflow>,
    pub number: &'a Number,
}

pub fn check(verb: Verb, facts: &Facts<'_>) -> Result<(), Refusal> {
    match verb {
        Verb::StopWorkflow => stop_workflow(facts),
        Verb::CancelRest => cancel_rest(facts),
    }
}

/// A workflow that is being stopped may be stopped again: the first stop may have been lost.
pub fn stop_workflow(facts: &Facts<'_>) -> Result<(), Refusal> {
    may_write(facts)?;
    not_over(facts.workflow.ok_or(Refusal::NotFound)?)
}

pub fn cancel_rest(facts: &Facts<'_>) -> Result<(), Refusal> {
    may_write(facts)?;
    let workflow = facts.workflow.ok_or(Refusal::NotFound)?;
    match facts.number {
        Number::Known { .. } => not_over(workflow),
        Number::NotStored => Err(Refusal::NotFound),
        Number::NotReported | Number::NotNeeded => Err(Refusal::NoNumber),
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

/// A trial is made on a workflow that the person named, not on the one that happens to be open.
fn named(facts: &Facts<'_>) -> Result<(), Refusal> {
    let workflow = facts.workflow.ok_or(Refusal::NotFound)?;
    let typed = facts.named.trim();
    let is_named =
        typed == workflow.id.as_str() || workflow.name.as_deref().map(str::trim) == Some(typed);
    if !typed.is_empty() && is_named { Ok(()) } else { Err(Refusal::NotNamed) }
}

/// The vendor's status words are not public, so one that we do not know never stands in the way.
fn not_over(workflow: &Workflow) -> Result<(), Refusal> {
    match &workflow.status {
        Some(status) if status.phase.is_over() => {
            Err(Refusal::AlreadyOver { status: status.written.clone() })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actions::tests::workflow,
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

    #[test]
    fn only_a_status_that_is_known_to_be_over_closes_the_gate() {
        for (written, phase) in WORDS {
            let workflow = workflow("w1", Some(written));
            assert_eq!(workflow.status.as_ref().map(|s| s.phase), Some(phase), "{written}");
            for (verb, number) in
                [(Verb::StopWorkflow, Number::NotNeeded), (Verb::CancelRest, known())]
            {
                let facts = Facts {
                    connected: true,
                    read_only: false,
                    how: How::Send,
                    doubt: None,
                    tried: false,
                    named: "",
                    unconfirmed: None,
                    workflow: Some(&workflow),
                    number: &number,
                };
                let expected = match phase {
                    Phase::Stopped | Phase::Finished | Phase::Failed => {
                        Err(Refusal::AlreadyOver { status: written.to_owned() })
                    }
                    _ => Ok(()),
                };
                assert_eq!(check(verb, &facts), expected, "{verb:?} {written}");
            }
        }
    }

    #[test]
    fn each_reason_has_its_place_in_the_order() {
        let running = workflow("w1", None);
        let open = Facts {
            connected: true,
            read_only: false,
            how: How::Send,
            doubt: None,
            tried: false,
            named: "",
            unconfirmed: None,
            workflow: Some(&running),
            number: &known(),
        };
        let closed = Facts {
            connected: false,
            read_only: true,
            how: How::Send,
            doubt: None,
            tried: false,
            named: "",
            unconfirmed: Some(NotAsked::Unconfirmed),
            workflow: None,
            number: &Number::NotStored,
        };
        for verb in Verb::ALL {
            assert_eq!(check(verb, &open), Ok(()));
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
        let running = workflow("w1", None);
        for (number, expected) in [
            (known(), Ok(())),
            (Number::NotStored, Err(Refusal::NotFound)),
            (Number::NotReported, Err(Refusal::NoNumber)),
            (Number::NotNeeded, Err(Refusal::NoNumber)),
        ] {
            let facts = Facts {
                connected: true,
                read_only: false,
                how: How::Send,
                doubt: None,
                tried: false,
                named: "",
                unconfirmed: None,
                workflow: Some(&running),
                number: &number,
            };
            assert_eq!(check(Verb::CancelRest, &facts), expected, "{number:?}");
        }
    }

    #[test]
    fn a_trial_is_for_an_unconfirmed_path_once_and_on_a_named_workflow() {
        let running = workflow("w1", None);
        let trial = Facts {
            connected: true,
            read_only: false,
            how: How::Trial,
            doubt: None,
            tried: false,
            named: " campaign w1 ",
            unconfirmed: Some(NotAsked::Unconfirmed),
            workflow: Some(&running),
            number: &known(),
        };
        for verb in Verb::ALL {
            assert_eq!(check(verb, &trial), Ok(()));
            assert_eq!(check(verb, &Facts { named: "w1", ..trial }), Ok(()));
            for named in ["", " ", "w2", "campaign"] {
                assert_eq!(check(verb, &Facts { named, ..trial }), Err(Refusal::NotNamed));
            }
            for (facts, refusal) in [
                (Facts { tried: true, ..trial }, Refusal::TrialMade),
                (Facts { doubt: Some("two"), ..trial }, Refusal::Doubtful("two".to_owned())),
                (Facts { unconfirmed: None, ..trial }, Refusal::NoTrialNeeded),
                (Facts { read_only: true, ..trial }, Refusal::ReadOnly),
                (Facts { connected: false, ..trial }, Refusal::NotConnected),
            ] {
                assert_eq!(check(verb, &facts), Err(refusal));
            }
        }
    }

    #[test]
    fn outside_nothing_is_needed_but_a_workflow_and_the_right_to_act() {
        let running = workflow("w1", None);
        let outside = Facts {
            connected: false,
            read_only: false,
            how: How::Outside,
            doubt: None,
            tried: true,
            named: "",
            unconfirmed: Some(NotAsked::Unconfirmed),
            workflow: Some(&running),
            number: &known(),
        };
        for verb in Verb::ALL {
            assert_eq!(check(verb, &outside), Ok(()));
            let read_only = Facts { read_only: true, ..outside };
            assert_eq!(check(verb, &read_only), Err(Refusal::ReadOnly));
            assert_eq!(check(verb, &Facts { workflow: None, ..outside }), Err(Refusal::NotFound));
        }
    }
}
