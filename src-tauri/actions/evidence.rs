//! What a trial has shown, in the words that the profile keeps. Pure.

use crate::domain::{
    action::{Action, How, Outcome, Reach},
    time::Timestamp,
};

/// Why a trial shows nothing yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoEvidence {
    #[error("this action was no trial")]
    NoTrial,
    #[error("the vendor did not accept the trial, so it confirms nothing")]
    NotAccepted,
    #[error("the effect of the trial was not seen yet")]
    NotSeen,
}

/// The evidence that a trial has brought: who, when, on what, what was seen. A trial whose
/// effect nobody saw confirms nothing, accepted or not.
pub fn trial_evidence(action: &Action) -> Result<String, NoEvidence> {
    if action.how != How::Trial {
        return Err(NoEvidence::NoTrial);
    }
    if action.outcome != Outcome::Accepted {
        return Err(NoEvidence::NotAccepted);
    }
    let seen_at = action.seen_at.ok_or(NoEvidence::NotSeen)?;
    let said =
        |status: &Option<String>| status.clone().unwrap_or_else(|| "not reported".to_owned());
    let seen = match action.verb.reach() {
        Reach::Whole | Reach::Session => {
            format!("{} → {}", said(&action.status_before), said(&action.status_seen))
        }
        Reach::Number => "the number was not called any more".to_owned(),
    };
    let (kind, id) = (action.subject.word(), action.subject.id());
    let (by, day) = (&action.by, day(seen_at));
    Ok(format!("trial on {kind} {id} by {by}, {day}: accepted, seen {seen}"))
}

fn day(at: Timestamp) -> String {
    at.rfc3339().chars().take_while(|c| *c != 'T').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{actions::tests::action, domain::action::Verb};

    #[test]
    fn a_trial_is_evidence_once_it_was_accepted_and_seen() {
        let seen = Action {
            how: How::Trial,
            outcome: Outcome::Accepted,
            status_before: Some("running".to_owned()),
            status_seen: Some("stopped".to_owned()),
            seen_at: Some(Timestamp(1_795_140_000_000)),
            ..action("a1", Verb::StopWorkflow)
        };
        assert_eq!(
            trial_evidence(&seen).as_deref(),
            Ok("trial on workflow w1 by mei, 2026-11-20: accepted, seen running → stopped")
        );
        let session = Action {
            subject: Verb::EndSession.subject("s 1"),
            verb: Verb::EndSession,
            ..seen.clone()
        };
        let told = trial_evidence(&session).unwrap();
        assert!(told.starts_with("trial on session s 1 by mei"), "{told}");
        let other = Action { how: How::Send, ..seen.clone() };
        assert_eq!(trial_evidence(&other), Err(NoEvidence::NoTrial));
        let unknown = Action { outcome: Outcome::Unknown, ..seen.clone() };
        assert_eq!(trial_evidence(&unknown), Err(NoEvidence::NotAccepted));
        let unseen = Action { seen_at: None, ..seen };
        assert_eq!(trial_evidence(&unseen), Err(NoEvidence::NotSeen));
    }
}
