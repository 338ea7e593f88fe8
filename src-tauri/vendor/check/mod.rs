//! The check of the connection: everything between us and the vendor tried once, in the order in which
//! one thing needs another, each with what to do next. It asks what the account may be asked and, with
//! the person's consent, GETs on guessed paths; never a POST on one.

mod account;
mod ask;
mod judge;
mod lines;
mod names;
mod surroundings;
mod tasks;
mod wanted;
pub mod zone;

#[cfg(test)]
mod tests;

pub(super) use self::names::is_also_read;
pub use self::{ask::check, judge::next_step, surroundings::Surroundings};
use super::lookups::Push;
use crate::domain::{
    evidence::Evidence,
    ids::{CallId, Callee, MessageId, PlanId, SessionId, TaskId, WabaTaskId, WorkflowId},
};

/// How far the check goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// GETs on guessed paths, with the person's consent for this once.
    pub guesses: bool,
    /// The account's business lines have Leads Generation.
    pub leads: bool,
}

/// How a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    Good,
    /// It works, and something should be looked at.
    Look,
    Trouble,
    NotTested,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Nothing,
    /// See to the network or the proxy.
    Network,
    /// See to the certificate, or to a proxy that opens TLS.
    Certificate,
    /// Set this computer's clock.
    Clock,
    /// Check key and secret.
    Keys,
    /// Set the account's zone.
    Zone,
    /// Import the vendor's documentation, or correct the path.
    Path,
    /// Allow reads on guessed paths, or confirm this one.
    Consent,
    /// Say in the settings that the account has this business line.
    Line,
    /// Choose how chatbot requests are signed.
    Sign,
    /// Map the fields by click.
    Map,
    /// Ask later.
    Later,
    /// There is nothing yet that it could be asked with.
    NoExample,
    /// The account may lack this right.
    AskVendor,
}

/// One thing that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// `dns`, `tls`, `proxy`, `clock`, `zone`, or an endpoint's key.
    pub key: &'static str,
    pub evidence: Option<Evidence>,
    pub grade: Grade,
    pub http: Option<u16>,
    /// Whether every row of the answer could be read.
    pub parsed: Option<bool>,
    pub rows: Option<usize>,
    /// Fields of the answer's rows that we have no use for.
    pub unknown: Vec<String>,
    pub ms: Option<i64>,
    pub next: Next,
    /// A sentence without numbers and secrets.
    pub detail: Option<String>,
}

impl Row {
    fn new(key: &'static str, grade: Grade, next: Next) -> Self {
        Self {
            key,
            evidence: None,
            grade,
            http: None,
            parsed: None,
            rows: None,
            unknown: Vec::new(),
            ms: None,
            next,
            detail: None,
        }
    }

    fn saying(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

/// What endpoints can be asked with: known from before, or learnt from an answer on the way.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    pub workflow: Option<WorkflowId>,
    pub task: Option<TaskId>,
    pub call: Option<CallId>,
    pub callee: Option<Callee>,
    pub case_id: Option<String>,
    pub recording: Option<String>,
    pub waba_task: Option<WabaTaskId>,
    /// A template message, with its batch.
    pub waba_message: Option<(WabaTaskId, MessageId)>,
    pub push: Option<Push>,
    pub session: Option<SessionId>,
    pub calling_task: Option<TaskId>,
    pub plan: Option<PlanId>,
}
