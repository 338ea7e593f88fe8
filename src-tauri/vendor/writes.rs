//! Everything that changes something at the vendor. Each is sent at most once, whatever comes back.

use std::sync::Arc;

use serde_json::Value;

use super::{
    auth::Need,
    catalogue::Key,
    envelope::{self, Verdict},
    error::ReadErrorKind,
    exchange::{Client, fill},
    gate::{self, NotAsked},
    profile::{Contract, Terms},
    transport::{Request, Response, TransportError},
};
use crate::domain::{
    action::{Reach, Subject, Verb},
    evidence::Evidence,
    ids::Callee,
    mask::Mask,
    time::Timestamp,
};

/// Why a write may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    pub evidence: Evidence,
    /// The evidence in the user's words.
    pub by: String,
}

/// The right to send one write, once: it is used up by it. Only [`Writes`] makes one, so that a write
/// on a path that nobody confirmed cannot be sent by accident.
#[derive(Debug)]
pub struct Permission {
    verb: Verb,
}

/// What became of a write. `detail` is a sentence for the journal: no number, no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteOutcome {
    /// The vendor said yes.
    Accepted { detail: String },
    /// The vendor said no.
    Refused { detail: String },
    /// No byte of it reached the vendor.
    NotSent { detail: String },
    /// It may have reached the vendor, and no readable answer came.
    Unknown { detail: String },
}

/// The one door for writes. Not clonable: who holds it is the only one who can write. What a write
/// would be can be asked while another is under way.
pub struct Writes {
    client: Arc<Client>,
}

impl Writes {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { client }
    }

    /// Whether the verb's path is confirmed for this account. Nothing weaker suffices.
    pub fn confirmation(&self, verb: Verb) -> Result<Confirmed, NotAsked> {
        self.client.equipped(verb.key().endpoint().family)?;
        let evidence = self.client.may(verb.key())?;
        let by = self.client.profile.confirmed_by(verb.key()).ok_or(NotAsked::Unconfirmed)?;
        Ok(Confirmed { evidence, by: by.to_owned() })
    }

    /// For a write whose path is confirmed for this account.
    pub fn permission(&self, verb: Verb) -> Result<Permission, NotAsked> {
        self.confirmation(verb).map(|_| Permission { verb })
    }

    /// For the one trial of a path that nobody confirmed. Who asks for it has made sure that the person
    /// named what it is about, saw the request, and never tried this verb with this account before. `None`
    /// where the documentation leaves open which path it is.
    pub fn trial(&self, verb: Verb) -> Option<Permission> {
        self.doubt(verb).is_none().then_some(Permission { verb })
    }

    /// Why it is open which page of the documentation is the verb's: it is then not even tried.
    pub fn doubt(&self, verb: Verb) -> Option<&str> {
        self.client.profile.doubt(verb.key())
    }

    /// How the verb's path is known for this account.
    pub fn evidence(&self, verb: Verb) -> Evidence {
        gate::evidence(verb.key().endpoint(), &self.client.profile)
    }

    /// The request as it would be sent: method, path and body, without the token, the number masked.
    pub fn preview(
        &self,
        verb: Verb,
        subject: &Subject,
        number: Option<(&Callee, Option<&str>)>,
        mask: Mask,
    ) -> String {
        let masked = number.map(|(callee, case_id)| {
            let case_id = case_id.map(|id| mask.case(id, Some(callee)));
            (mask.callee(callee), case_id)
        });
        let args = args(verb, subject, masked.as_ref().map(|(n, c)| (n.as_str(), c.as_deref())));
        let contract = self.client.profile.contract(verb.key());
        let filled = fill(&contract, &args);
        let mut text = format!("{} {}", contract.method.word(), filled.path);
        for (at, (name, value)) in filled.query.iter().enumerate() {
            text += &format!("{}{name}={value}", if at == 0 { '?' } else { '&' });
        }
        if !filled.body.is_empty() {
            text += &format!("\n{:#}", Value::Object(filled.body));
        }
        text
    }

    /// Sends the write that the permission is for. The subject has to be of its kind, and a verb of one
    /// number needs the number: nothing is sent otherwise.
    pub async fn send(
        &self,
        permission: Permission,
        subject: &Subject,
        number: Option<(&Callee, Option<&str>)>,
    ) -> WriteOutcome {
        let verb = permission.verb;
        let number = match (verb.reach(), number) {
            _ if !verb.suits(subject) => return wrongly_asked("it is not for this"),
            (Reach::Number, None) => return wrongly_asked("no number is named"),
            (Reach::Number, number) => number,
            (Reach::Whole | Reach::Session, _) => None,
        };
        let client = &self.client;
        let contract = client.profile.contract(verb.key());
        let token = match client.token(contract.family, Need::Usable).await {
            Ok(token) => token,
            Err(kind) => return not_signed_in(&kind),
        };
        let args = args(verb, subject, number.map(|(callee, case_id)| (callee.full(), case_id)));
        let request: Request = match client.request(&contract, &args, token.as_ref()) {
            Ok(request) => request,
            Err(error) => return WriteOutcome::NotSent { detail: error.to_string() },
        };
        client.budget.take_turn();
        let answer = client.send(request, client.limits.json).await;
        let now = client.now();
        let judged = answer.as_ref().map(|r| envelope::judge(r, &contract.terms, now));
        match judged {
            Ok(Verdict::Unauthorized { .. }) => {
                if let Some(token) = &token {
                    client.forget(contract.family, token).await;
                }
            }
            Ok(Verdict::Failed(ReadErrorKind::RateLimited { retry_after_ms })) => {
                client.budget.pause(retry_after_ms, now);
            }
            _ => {}
        }
        let named = match (verb, number, &answer) {
            (Verb::CancelContact, Some((callee, _)), Ok(response)) => {
                cancelled(response, &contract, callee)
            }
            _ => None,
        };
        match (outcome(answer, &contract.terms, now), named) {
            (WriteOutcome::Accepted { .. }, Some(false)) => WriteOutcome::Refused {
                detail:
                    "the vendor answered with success, but the number is not among those that it \
                         says it cancelled"
                        .to_owned(),
            },
            (outcome, _) => outcome,
        }
    }
}

/// Whether the answer names the number among those that were really cancelled (OBSERVED; that it stands
/// in a list, or in a list of an object, is ASSUMED). `None` where it lists none.
fn cancelled(response: &Response, contract: &Contract<'_>, callee: &Callee) -> Option<bool> {
    let answer: Value = serde_json::from_slice(&response.body).ok()?;
    let told = answer.pointer(contract.list)?;
    let list = match told {
        Value::Array(list) => list,
        Value::Object(fields) => fields.values().find_map(Value::as_array)?,
        _ => return None,
    };
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let wanted = digits(callee.full());
    let is_it = |value: &Value| match value {
        Value::String(text) => digits(text) == wanted,
        Value::Number(number) => number.to_string() == wanted,
        Value::Object(fields) => {
            fields.values().any(|v| v.as_str().is_some_and(|text| digits(text) == wanted))
        }
        _ => false,
    };
    Some(list.iter().any(is_it))
}

fn wrongly_asked(why: &str) -> WriteOutcome {
    WriteOutcome::NotSent { detail: format!("not sent: {why}") }
}

impl Verb {
    /// The endpoint that carries it out.
    pub fn key(self) -> Key {
        match self {
            Self::StopWorkflow => Key::WorkflowStop,
            Self::CancelRest => Key::WorkflowCancelList,
            Self::CancelTask => Key::TaskCancel,
            Self::CancelPlan => Key::PlanCancel,
            Self::CancelTaskRest => Key::TaskCancelCall,
            Self::CancelPlanRest => Key::PlanCancelCall,
            Self::CancelContact => Key::PdsCancel,
            Self::EndSession => Key::ChatEnd,
            Self::CancelLeadsCall => Key::LeadsCancelCall,
        }
    }
}

/// By our names of the parameters.
fn args(
    verb: Verb,
    subject: &Subject,
    number: Option<(&str, Option<&str>)>,
) -> Vec<(&'static str, Value)> {
    let id = Value::from(subject.id());
    let mut args = match verb {
        Verb::StopWorkflow | Verb::CancelRest | Verb::CancelLeadsCall => vec![("workflow_id", id)],
        // One path for tasks and plans, where the action is named (OBSERVED of tasks).
        Verb::CancelTask => vec![("Action", "Stop".into()), ("TaskID", id)],
        Verb::CancelPlan => vec![("Action", "Stop".into()), ("PlanID", id)],
        Verb::CancelTaskRest | Verb::CancelContact => vec![("TaskID", id)],
        Verb::CancelPlanRest => vec![("PlanID", id)],
        Verb::EndSession => vec![("call_id", id)],
    };
    if let Some((callee, case_id)) = number {
        match verb {
            Verb::CancelTaskRest | Verb::CancelPlanRest => {
                args.push(("CalleeNumber", callee.into()));
            }
            Verb::CancelContact => args.push(("contactList", [callee].into_iter().collect())),
            _ => {
                args.push(("callee", callee.into()));
                args.extend(case_id.map(|id| ("case_id", id.into())));
            }
        }
    }
    args
}

fn not_signed_in(kind: &ReadErrorKind) -> WriteOutcome {
    WriteOutcome::NotSent { detail: format!("not sent, because the sign-in failed: {kind}") }
}

/// What an answer to a write means. Only a readable yes or no is one; a server error or a lost answer
/// leaves open whether it was done.
fn outcome(
    answer: Result<Response, TransportError>,
    terms: &Terms<'_>,
    now: Timestamp,
) -> WriteOutcome {
    let response = match answer {
        Ok(response) => response,
        Err(error) if error.nothing_was_sent() => {
            return WriteOutcome::NotSent { detail: error.to_string() };
        }
        Err(error) => return WriteOutcome::Unknown { detail: error.to_string() },
    };
    let status = response.status;
    let said = |kind: &ReadErrorKind| kind.to_string();
    match envelope::judge(&response, terms, now) {
        Verdict::Success(_) => {
            WriteOutcome::Accepted { detail: "the vendor answered with success".to_owned() }
        }
        Verdict::Unauthorized { message } => {
            let detail = said(&ReadErrorKind::Refused { code: 401, message });
            WriteOutcome::Refused { detail }
        }
        Verdict::Failed(ReadErrorKind::RateLimited { .. }) => {
            WriteOutcome::Refused { detail: "the vendor asks for fewer requests (429)".to_owned() }
        }
        Verdict::Failed(kind) if (400..500).contains(&status) => {
            WriteOutcome::Refused { detail: said(&kind) }
        }
        Verdict::Failed(kind @ ReadErrorKind::Refused { .. }) if status < 300 => {
            WriteOutcome::Refused { detail: said(&kind) }
        }
        Verdict::Failed(kind) => WriteOutcome::Unknown { detail: said(&kind) },
    }
}
