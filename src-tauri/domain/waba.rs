//! WhatsApp template messages that a workflow sends.

use super::{
    ids::{Callee, EntryId, MessageId, NodeId, WabaTaskId, WorkflowId},
    status::Status,
    time::Timestamp,
};

/// A business number that template messages can be sent from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WabaAccount {
    /// The business number, without `+`.
    pub channel_id: String,
    pub name: Option<String>,
    pub as_of: Timestamp,
}

/// A message template as WhatsApp knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WabaTemplate {
    pub id: String,
    pub name: Option<String>,
    pub language: Option<String>,
    /// As written: the vendor's words are not known.
    pub status: Option<String>,
    pub as_of: Timestamp,
}

/// One node's batch of template messages, with the vendor's own counts.
#[derive(Clone, Debug, PartialEq)]
pub struct WabaTask {
    pub id: WabaTaskId,
    pub workflow: WorkflowId,
    pub node: Option<NodeId>,
    pub node_name: Option<String>,
    pub template_name: Option<String>,
    pub template_id: Option<String>,
    pub status: Option<Status>,
    pub total: Option<i64>,
    pub sent: Option<i64>,
    pub delivered: Option<i64>,
    pub read: Option<i64>,
    pub replied: Option<i64>,
    pub failed: Option<i64>,
    pub as_of: Timestamp,
}

/// One template message to one number.
#[derive(Clone, Debug, PartialEq)]
pub struct WabaMessage {
    pub id: MessageId,
    pub task: WabaTaskId,
    pub workflow: Option<WorkflowId>,
    pub entry: Option<EntryId>,
    pub callee: Option<Callee>,
    pub case_id: Option<String>,
    /// sent, delivered, read, replied, failed — or as written.
    pub status: Option<String>,
    pub failure_code: Option<String>,
    pub failure_reason: Option<String>,
    pub sent_at: Option<Timestamp>,
    pub delivered_at: Option<Timestamp>,
    pub read_at: Option<Timestamp>,
    pub as_of: Timestamp,
}
