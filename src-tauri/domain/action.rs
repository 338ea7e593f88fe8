//! What a supervisor can do to the vendor, and what became of it.

use serde::{Deserialize, Serialize};

use super::{
    ids::{AccountId, ActionId, CallId, Callee, SessionId, WorkflowId},
    time::Timestamp,
};

/// A kind of write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Stop a workflow.
    StopWorkflow,
    /// Cancel what is still to come for one number of a workflow. A running call is not hung up.
    CancelRest,
}

impl Verb {
    pub const ALL: [Self; 2] = [Self::StopWorkflow, Self::CancelRest];

    pub fn word(self) -> &'static str {
        match self {
            Self::StopWorkflow => "stop_workflow",
            Self::CancelRest => "cancel_rest",
        }
    }
}

/// How an action is carried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// One request, on a path that is confirmed for the account.
    #[default]
    Send,
    /// One request on a path that nobody confirmed, to find out: once per account and verb, on a
    /// workflow that the person named.
    Trial,
    /// By the person, in the vendor's console. Nothing is sent from here.
    Outside,
}

impl How {
    pub const ALL: [Self; 3] = [Self::Send, Self::Trial, Self::Outside];
}

/// What an action is aimed at. The web view knows numbers only masked, so a number is named by a call
/// or a session of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Target {
    Workflow { workflow: WorkflowId },
    NumberOfCall { workflow: WorkflowId, call: CallId },
    NumberOfSession { workflow: WorkflowId, session: SessionId },
}

impl Target {
    pub fn workflow(&self) -> &WorkflowId {
        match self {
            Self::Workflow { workflow }
            | Self::NumberOfCall { workflow, .. }
            | Self::NumberOfSession { workflow, .. } => workflow,
        }
    }
}

/// How far an action got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Written down, not yet answered.
    Requested,
    /// The vendor said yes. Whether it did it is another question: see `seen_at`.
    Accepted,
    /// The vendor said no, or our own gate did before anything was sent.
    Refused,
    /// Nothing was sent: no connection.
    Failed,
    /// Something was sent and no readable answer came.
    Unknown,
    /// Nothing was sent from here: somebody does it in the vendor's console, or did.
    Outside,
}

impl Outcome {
    pub fn word(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Outside => "outside",
        }
    }
}

/// A journal line. Append-only: only the outcome and what was seen later are ever added to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    pub id: ActionId,
    pub account: AccountId,
    pub verb: Verb,
    pub how: How,
    pub workflow: WorkflowId,
    /// The workflow's name at the click, for a reader of the journal years later.
    pub workflow_name: Option<String>,
    /// Only for [`Verb::CancelRest`].
    pub callee: Option<Callee>,
    pub case_id: Option<String>,
    pub reason: String,
    /// The operating system's user.
    pub by: String,
    pub requested_at: Timestamp,
    pub outcome: Outcome,
    pub outcome_at: Option<Timestamp>,
    /// What the vendor or the gate answered, for the journal; no numbers, no secrets.
    pub detail: Option<String>,
    /// The workflow's status as written at the click.
    pub status_before: Option<String>,
    /// When a later poll showed the effect.
    pub seen_at: Option<Timestamp>,
    /// The status as written that showed it.
    pub status_seen: Option<String>,
    /// Calls of the target that started after the acceptance; of what is done outside, after the time
    /// that doing it may take.
    pub calls_since: Option<i64>,
}
