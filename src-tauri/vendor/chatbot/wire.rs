//! The fields of a chatbot session and its messages, as the vendor's page on the session-end webhook
//! gives them (DOCUMENTED). The rows of the session list are ASSUMED to carry the same names.

use crate::vendor::record::{Names, name};

/// The documented type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Text,
    Integer,
    /// An object of name → string.
    Texts,
    Object,
    Array,
}

/// A field as documented.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: Type,
    pub required: bool,
}

const fn required(name: &'static str, kind: Type) -> Field {
    Field { name, kind, required: true }
}

const fn optional(name: &'static str, kind: Type) -> Field {
    Field { name, kind, required: false }
}

/// The body of the session-end webhook.
pub const SESSION_END: &[Field] = &[
    required("workflow_id", Type::Text),
    required("workflow_name", Type::Text),
    required("nodetask_id", Type::Text),
    required("nodetask_name", Type::Text),
    required("waba_task_id", Type::Text),
    required("wfdetail_uuid", Type::Text),
    required("timestamp", Type::Integer),
    required("channel", Type::Text),
    required("channel_id", Type::Text),
    required("callee", Type::Text),
    required("call_id", Type::Text),
    required("robot_id", Type::Text),
    required("status", Type::Text),
    required("session_start_time", Type::Text),
    required("session_end_time", Type::Text),
    optional("session_end_reason", Type::Text),
    optional("intention", Type::Text),
    required("talk_round", Type::Integer),
    required("ner_slots", Type::Texts),
    required("event_label", Type::Texts),
    required("variables", Type::Texts),
    optional("messages", Type::Array),
];

/// One message. `seat_id` is of the message list only.
pub const MESSAGE: &[Field] = &[
    optional("msg_id", Type::Text),
    optional("sender_type", Type::Text),
    optional("timestamp", Type::Integer),
    optional("status", Type::Text),
    optional("content", Type::Object),
    optional("reply", Type::Object),
    optional("seat_id", Type::Text),
];

/// The session's id; in spite of its name no id of a call.
pub const SESSION_ID: Names = &[name("call_id")];
pub const WORKFLOW_ID: Names = &[name("workflow_id")];
pub const WORKFLOW_NAME: Names = &[name("workflow_name")];
pub const NODE_ID: Names = &[name("nodetask_id")];
pub const NODE_NAME: Names = &[name("nodetask_name")];
pub const WABA_TASK_ID: Names = &[name("waba_task_id")];
pub const ENTRY_ID: Names = &[name("wfdetail_uuid")];
pub const CHANNEL: Names = &[name("channel")];
pub const CHANNEL_ID: Names = &[name("channel_id")];
pub const CALLEE: Names = &[name("callee")];
pub const ROBOT: Names = &[name("robot_id")];
pub const STATUS: Names = &[name("status")];
pub const STARTED: Names = &[name("session_start_time"), name("start_time")];
pub const ENDED: Names = &[name("session_end_time"), name("end_time")];
pub const END_REASON: Names = &[name("session_end_reason")];
pub const INTENTION: Names = &[name("intention")];
pub const TALK_ROUND: Names = &[name("talk_round")];
pub const SLOTS: Names = &[name("ner_slots")];
pub const LABELS: Names = &[name("event_label")];
pub const VARIABLES: Names = &[name("variables")];
pub const MESSAGES: Names = &[name("messages")];
/// Unix seconds.
pub const TIMESTAMP: Names = &[name("timestamp")];

pub const MESSAGE_ID: Names = &[name("msg_id")];
pub const SENDER: Names = &[name("sender_type")];
pub const SEAT: Names = &[name("seat_id")];
pub const CONTENT: Names = &[name("content")];
pub const REPLY: Names = &[name("reply")];
