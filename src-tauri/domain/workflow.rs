//! Workflows, their nodes and their outbound tasks.
//!
//! A field is `None` when the answer did not carry it; the store then keeps what it had. Nothing here
//! turns "not reported" into zero.

use serde::{Deserialize, Serialize};

use super::{
    ids::{NodeId, TaskId, TemplateId, WorkflowId},
    status::Status,
    time::Timestamp,
};

/// A record with the vendor's own JSON for it, so that a field we do not know is still there.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen<T> {
    pub value: T,
    /// The JSON text of this one record as received.
    pub raw: String,
}

/// Where a record came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A listing or look-up of the vendor's API.
    Api,
    /// A webhook that the receiver took.
    Webhook,
    /// A saved body that the user imported.
    File,
}

impl Source {
    pub fn word(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Webhook => "webhook",
            Self::File => "file",
        }
    }
}

/// An instance of a template: what a supervisor watches and stops.
#[derive(Clone, Debug, PartialEq)]
pub struct Workflow {
    pub id: WorkflowId,
    pub name: Option<String>,
    pub template: Option<TemplateId>,
    pub template_name: Option<String>,
    pub status: Option<Status>,
    pub created_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// List entries in all, as the vendor counts them.
    pub total: Option<i64>,
    /// List entries finished, as the vendor counts them.
    pub finished: Option<i64>,
    /// When this was true: the event's own time of a webhook, else when the answer was received.
    /// A status never replaces one of a later `as_of`.
    pub as_of: Timestamp,
}

/// A template, of which workflows are instances.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    pub id: TemplateId,
    pub name: Option<String>,
}

/// A step of a workflow as it runs (the vendor's subtask).
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub id: NodeId,
    pub workflow: WorkflowId,
    pub name: Option<String>,
    /// The vendor's word: voice, WABA, chatbot or anything else, kept as written.
    pub node_type: Option<String>,
    pub task: Option<TaskId>,
    pub status: Option<Status>,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub total: Option<i64>,
    pub finished: Option<i64>,
    pub as_of: Timestamp,
}

/// One node's dialling of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboundTask {
    pub id: TaskId,
    pub workflow: WorkflowId,
    pub name: Option<String>,
    pub node: Option<NodeId>,
    pub node_name: Option<String>,
    pub status: Option<Status>,
    pub total: Option<i64>,
    pub finished: Option<i64>,
    pub connected: Option<i64>,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub as_of: Timestamp,
}

/// Why somebody should look at a workflow, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It failed within [`Need::RECENT_MS`].
    Failed,
    /// It was told to stop, and after [`Need::SEEN_AFTER_MS`] it was not seen stopped.
    StopNotSeen,
    /// It runs, has called, is not through, and no call started for [`Need::QUIET_MS`].
    NoCalls,
    /// It runs, and of at least [`Need::MANY`] numbers dialled less than a tenth were reached.
    FewReached,
}

impl Need {
    pub const ALL: [Self; 4] = [Self::Failed, Self::StopNotSeen, Self::NoCalls, Self::FewReached];
    pub const RECENT_MS: i64 = 24 * 60 * 60 * 1_000;
    pub const SEEN_AFTER_MS: i64 = 60 * 1_000;
    pub const QUIET_MS: i64 = 10 * 60 * 1_000;
    pub const MANY: i64 = 100;

    /// All needs together are a number that is greater where a more urgent one is among them.
    pub fn bit(self) -> i64 {
        match self {
            Self::Failed => 8,
            Self::StopNotSeen => 4,
            Self::NoCalls => 2,
            Self::FewReached => 1,
        }
    }
}
