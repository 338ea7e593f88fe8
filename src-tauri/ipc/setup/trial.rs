//! Confirming a write by a trial on what the person names. The write itself goes through
//! the door like any other.

use super::{Setup, dto::TrialView};
use crate::{
    actions::{NoEvidence, Refusal, trial_evidence},
    domain::{action::Action, ids::ActionId},
    ipc::{
        convert, desk,
        dto::VerbDto,
        errors::{not_found, refused},
        frames::{ErrorCode, NumberOf, UiError},
    },
    vendor::change::{self, Change},
};

impl Setup {
    /// What a trial would send; after it, what came of it.
    pub async fn trial(
        &self,
        account: String,
        verb: VerbDto,
        target: String,
        number_of: Option<NumberOf>,
    ) -> Result<TrialView, UiError> {
        let ask = desk::ask(verb, &target, number_of.as_ref())?;
        if ask.account.as_str() != account {
            return Err(not_found("account"));
        }
        let mask = convert::preview(self.mask(&ask.account));
        let trial = self.door().trial(&ask, mask).await?;
        if let (Some(why), None) = (trial.doubt, &trial.made) {
            return Err(desk::refusal(&Refusal::Doubtful(why)));
        }
        let made = trial.made.as_ref();
        Ok(TrialView {
            verb,
            evidence: convert::evidence(trial.evidence),
            request: trial.preview,
            made: made.is_some(),
            seen: made.is_some_and(|action| trial_evidence(action).is_ok()),
            outcome: made.map(outcome),
        })
    }

    /// Writes what the trial has shown into the profile, which confirms the path; the core starts again.
    pub async fn keep_trial(&self, action_id: String) -> Result<(), UiError> {
        let found = self.reader().action(&ActionId::new(action_id)).await?;
        let action = found.ok_or_else(|| not_found("action"))?;
        let evidence = trial_evidence(&action).map_err(not_kept)?;
        let text = self.profile(&action.account).text;
        let path = ["endpoint", action.verb.key().as_str(), "confirmed"];
        let change = Change {
            path: path.map(str::to_owned).to_vec(),
            from: None,
            to: Some(literal(&evidence)),
            source: "a trial in the app".to_owned(),
        };
        let kept = change::apply(&text, &[change])
            .map_err(|error| refused(ErrorCode::BadRequest, error))?;
        self.keep_profile(&action.account, &kept).await
    }
}

fn outcome(action: &Action) -> String {
    let word = action.outcome.word();
    match &action.detail {
        Some(detail) => format!("{word}: {detail}"),
        None => word.to_owned(),
    }
}

fn not_kept(why: NoEvidence) -> UiError {
    refused(ErrorCode::NotConfirmed, why)
}

/// A TOML string: what the vendor called a status may hold anything.
fn literal(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_with_quotes_stays_one_value() {
        let text = "seen \"a\"\n[endpoint] → stopped";
        let table: toml::Table = format!("confirmed = {}", literal(text)).parse().unwrap();
        assert_eq!(table["confirmed"].as_str(), Some(text));
    }
}
