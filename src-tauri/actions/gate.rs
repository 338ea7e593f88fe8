//! Whether an action may be sent: one pure function a verb. A refusal is a sentence for the person.

use super::aim::Number;
use crate::{
    domain::{action::Verb, workflow::Workflow},
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
    if !facts.connected {
        return Err(Refusal::NotConnected);
    }
    facts.unconfirmed.map_or(Ok(()), |why| Err(Refusal::NotConfirmed(why)))
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
            unconfirmed: None,
            workflow: Some(&running),
            number: &known(),
        };
        let closed = Facts {
            connected: false,
            read_only: true,
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
                unconfirmed: None,
                workflow: Some(&running),
                number: &number,
            };
            assert_eq!(check(Verb::CancelRest, &facts), expected, "{number:?}");
        }
    }
}
