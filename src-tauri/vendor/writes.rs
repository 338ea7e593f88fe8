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
    profile::Terms,
    transport::{Request, Response, TransportError},
};
use crate::domain::{
    action::Verb,
    evidence::Evidence,
    ids::{Callee, WorkflowId},
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
        let evidence = self.client.may(key_of(verb))?;
        let by = self.client.profile.confirmed_by(key_of(verb)).ok_or(NotAsked::Unconfirmed)?;
        Ok(Confirmed { evidence, by: by.to_owned() })
    }

    /// For a write whose path is confirmed for this account.
    pub fn permission(&self, verb: Verb) -> Result<Permission, NotAsked> {
        self.confirmation(verb).map(|_| Permission { verb })
    }

    /// For the one trial of a path that nobody confirmed. Who asks for it has made sure that the person
    /// named the workflow, saw the request, and never tried this verb with this account before. `None`
    /// where the documentation leaves open which path it is.
    pub fn trial(&self, verb: Verb) -> Option<Permission> {
        self.doubt(verb).is_none().then_some(Permission { verb })
    }

    /// Why it is open which page of the documentation is the verb's: it is then not even tried.
    pub fn doubt(&self, verb: Verb) -> Option<&str> {
        self.client.profile.doubt(key_of(verb))
    }

    /// How the verb's path is known for this account.
    pub fn evidence(&self, verb: Verb) -> Evidence {
        gate::evidence(key_of(verb).endpoint(), &self.client.profile)
    }

    /// The request as it would be sent: method, path and body, without the token, the number masked.
    pub fn preview(
        &self,
        verb: Verb,
        w: &WorkflowId,
        number: Option<(&Callee, Option<&str>)>,
        mask: Mask,
    ) -> String {
        let masked = number.map(|(callee, case_id)| {
            let case_id = case_id.map(|id| mask.text_with(id, Some(callee)));
            (mask.callee(callee), case_id)
        });
        let args = args(w, masked.as_ref().map(|(n, c)| (n.as_str(), c.as_deref())));
        let contract = self.client.profile.contract(key_of(verb));
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

    pub async fn stop_workflow(&self, permission: Permission, w: &WorkflowId) -> WriteOutcome {
        self.write(Verb::StopWorkflow, permission, w, None).await
    }

    pub async fn cancel_rest(
        &self,
        permission: Permission,
        w: &WorkflowId,
        callee: &Callee,
        case_id: Option<&str>,
    ) -> WriteOutcome {
        self.write(Verb::CancelRest, permission, w, Some((callee.full(), case_id))).await
    }

    async fn write(
        &self,
        verb: Verb,
        permission: Permission,
        w: &WorkflowId,
        number: Option<(&str, Option<&str>)>,
    ) -> WriteOutcome {
        if permission.verb != verb {
            return WriteOutcome::NotSent { detail: NotAsked::Unconfirmed.to_string() };
        }
        let client = &self.client;
        let contract = client.profile.contract(key_of(verb));
        let token = match client.token(contract.family, Need::Usable).await {
            Ok(token) => token,
            Err(kind) => return not_signed_in(&kind),
        };
        let args = args(w, number);
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
        outcome(answer, &contract.terms, now)
    }
}

fn key_of(verb: Verb) -> Key {
    match verb {
        Verb::StopWorkflow => Key::WorkflowStop,
        Verb::CancelRest => Key::WorkflowCancelList,
    }
}

fn args(w: &WorkflowId, number: Option<(&str, Option<&str>)>) -> Vec<(&'static str, Value)> {
    let mut args = vec![("workflow_id", Value::from(w.as_str()))];
    if let Some((callee, case_id)) = number {
        args.push(("callee", callee.into()));
        args.extend(case_id.map(|id| ("case_id", id.into())));
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
