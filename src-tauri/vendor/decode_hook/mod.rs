//! What the body of a webhook is. Pure: the same for the receiver and for saved files.
//!
//! Bodies carry no name of their kind, so their fields tell them apart. A body that differs from its
//! documented shape is still decoded as far as it goes, and the difference is named; what cannot be
//! merged safely is handed out with the reason; only what is no JSON object at all is an error.

mod chat;
mod cloud;
mod notices;

pub use self::cloud::push_of;
use serde_json::value::RawValue;

use super::{
    chatbot::wire as chat_wire,
    cloud::wire as cloud_wire,
    fields::RecordKind,
    listing::Context,
    profile::Profile,
    record::{Names, Record, name},
};
use crate::domain::{
    call::Call,
    chat::{Said, Session, Signature, Tick, Transcript},
    ids::{NodeId, WabaTaskId, WorkflowId},
    task::{CallingTask, Plan},
    time::Timestamp,
    waba::{WabaMessage, WabaTask},
    workflow::{Node, OutboundTask, Seen, Workflow},
};

/// What a webhook says. `raw` of a session, call or status event is the whole body; that of a
/// workflow, node, task or session that is only named in it holds the fields that name it.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one event at a time, taken apart at once")]
pub enum HookEvent {
    /// A chatbot session of a workflow ended (DOCUMENTED).
    ChatEnded {
        session: Seen<Session>,
        /// `None` where the body has no messages (absent or null), which is not an empty array.
        transcript: Option<Transcript>,
        workflow: Option<Seen<Workflow>>,
        node: Option<Seen<Node>>,
        waba_task: Option<Seen<WabaTask>>,
    },
    /// A callback of the chatbot: messages of a session, their ticks, or the session's own fields
    /// (`message.send` DOCUMENTED, every other envelope ASSUMED).
    Chat { key: &'static str, session: Seen<Session>, said: Option<Said>, ticks: Vec<Tick> },
    /// A workflow's status changed (DOCUMENTED).
    WorkflowStatus { workflow: Seen<Workflow>, nodes: Vec<Seen<Node>> },
    /// A call is over (trigger DOCUMENTED, fields INFERRED).
    CallCompleted { key: &'static str, workflow: Option<Seen<Workflow>>, call: Seen<Call> },
    /// A template message got on (fields ASSUMED).
    WabaStatus {
        message: Seen<WabaMessage>,
        workflow: Option<Seen<Workflow>>,
        node: Option<Seen<Node>>,
        waba_task: Option<Seen<WabaTask>>,
    },
    /// A workflow's outbound task (fields ASSUMED).
    Task { task: Seen<OutboundTask>, workflow: Option<Seen<Workflow>> },
    /// A calling task outside workflows (fields ASSUMED).
    CallingTask(Seen<CallingTask>),
    /// A dialing plan (fields ASSUMED).
    Plan(Seen<Plan>),
    /// Of a known kind, with nothing in it that could be merged safely.
    Kept {
        key: &'static str,
        workflow: Option<Seen<Workflow>>,
        session: Option<Seen<Session>>,
        why: String,
    },
    /// JSON that is none of these; kept, not merged.
    Unknown { why: String },
}

impl HookEvent {
    /// The catalogue's name of the kind, or `unknown`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::ChatEnded { .. } => CHAT_ENDED,
            Self::WorkflowStatus { .. } => "hook.workflow_status",
            Self::WabaStatus { .. } => WABA_STATUS,
            Self::Task { .. } | Self::CallingTask(_) => TASK,
            Self::Plan(_) => PLAN,
            Self::Chat { key, .. } | Self::CallCompleted { key, .. } | Self::Kept { key, .. } => {
                key
            }
            Self::Unknown { .. } => "unknown",
        }
    }
}

/// The only kind whose signature header is documented.
pub const CHAT_ENDED: &str = "hook.chat_ended";
const CALL_COMPLETED: &str = "hook.call_completed";
const CALL: &str = "hook.call";
const PLAN: &str = "hook.plan";
const TASK: &str = "hook.task";
const PDS: &str = "hook.pds";
const LIST_COMPLETED: &str = "hook.list_completed";
const CUSTOM_NODE: &str = "hook.custom_node";
const WABA_STATUS: &str = "hook.waba_status";

/// Every kind that can be told, the catalogue's keys of them.
pub const KEYS: [&str; 21] = [
    "hook.workflow_status",
    CALL_COMPLETED,
    LIST_COMPLETED,
    WABA_STATUS,
    CHAT_ENDED,
    CUSTOM_NODE,
    PDS,
    TASK,
    CALL,
    PLAN,
    chat::BOT_MESSAGE,
    chat::TEMPLATE_RESULT,
    chat::TEMPLATE_REPLY,
    chat::TRANSFER_REQUEST,
    chat::STATUS,
    chat::AGENT_STATUS,
    chat::USER_MESSAGE,
    chat::AGENT_USER_MESSAGE,
    chat::SESSION_END,
    chat::REPORT,
    chat::INBOUND,
];

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HookError {
    #[error("the body is not UTF-8 text")]
    NotText,
    #[error("the body is not a JSON object")]
    NotAnObject,
}

const EVENT: Names = &[name("event")];
const TYPE: Names = &[name("type")];
const BODY: Names = &[name("body"), name("data")];
/// Fields that only a session's end has.
const OF_A_SESSION: Names = &[
    name("session_start_time"),
    name("session_end_time"),
    name("session_end_reason"),
    name("messages"),
    name("robot_id"),
    name("channel_id"),
];
/// Fields that only a call has.
const OF_A_CALL: Names = &[
    name("callid"),
    name("talk_result"),
    name("call_time"),
    name("call_result_type"),
    name("hangup_reason"),
    name("talk_duration"),
    name("reclink"),
    name("nth_call"),
];
/// Other events call it `nodetask_id`.
const OF_A_CUSTOM_NODE: Names = &[name("node_id")];
const OF_A_PLAN: Names = &[name("plan_name"), name("plan_status")];

/// `signature` is what the receiver found out about the header `X-AIRudder-Sign`; it is noted in the
/// session that a signed body tells of.
pub fn decode(
    body: &[u8],
    signature: Signature,
    profile: &Profile,
    received_at: Timestamp,
) -> Result<HookEvent, HookError> {
    let text = std::str::from_utf8(body).map_err(|_| HookError::NotText)?;
    let text = text.trim_start_matches('\u{feff}').trim();
    let row = Record::parse(text).map_err(|_| HookError::NotAnObject)?;
    let hook = Hook { text, row, profile, signature, received_at };
    Ok(hook.event())
}

fn unknown(why: &str) -> HookEvent {
    HookEvent::Unknown { why: why.to_owned() }
}

struct Hook<'a> {
    text: &'a str,
    row: Record<'a>,
    profile: &'a Profile,
    signature: Signature,
    received_at: Timestamp,
}

impl Hook<'_> {
    fn event(&self) -> HookEvent {
        let has = |names| self.row.value(names).is_some();
        if let Some(event) = self.row.text(EVENT) {
            return self.callback(&event);
        }
        if let (Some(kind), Some(body)) = (self.row.text(TYPE), self.row.value(BODY)) {
            return self.typed(&kind, body);
        }
        let session = self.tells(chat_wire::SESSION_ID, RecordKind::Session, "call_id");
        if has(OF_A_CUSTOM_NODE) && self.is_object(cloud_wire::CALLEE) {
            return self.custom_node();
        }
        if has(cloud_wire::MESSAGE_ID) || self.is_mapped_waba() {
            return if session { self.lone_callback() } else { self.waba_status() };
        }
        // The fields of a session's end are documented, the others guessed: they are looked for first.
        if self.row.has(OF_A_SESSION) {
            return self.chat_ended();
        }
        if self.row.has(cloud_wire::ACTIONS) || self.would_have(RecordKind::Workflow, "actions") {
            return self.workflow_status();
        }
        if self.row.has(OF_A_CALL) || self.would_have(RecordKind::Call, "callid") {
            return self.call_completed();
        }
        // A plan's task names the plan too.
        if has(OF_A_PLAN) || (has(cloud_wire::PLAN_ID) && !has(cloud_wire::TASK_ID)) {
            return self.plan();
        }
        if has(cloud_wire::TASK_ID) {
            return self.task();
        }
        if has(cloud_wire::ENTRY_ID) || (has(cloud_wire::CALLEE) && has(cloud_wire::WORKFLOW_ID)) {
            return self.kept(LIST_COMPLETED, "the end of one number's list entry is not followed");
        }
        unknown("no field tells what it is about")
    }

    fn tells(&self, names: Names, kind: RecordKind, field: &str) -> bool {
        self.row.value(names).is_some() || self.would_have(kind, field)
    }

    /// Whether the account's map of a kind leads to a field here.
    fn would_have(&self, kind: RecordKind, field: &str) -> bool {
        let map = self.profile.map(kind).iter();
        map.filter(|mapped| mapped.field.name == field)
            .any(|mapped| self.row.at(&mapped.pointer).is_some())
    }

    /// A mapped id alone may stand in any body; together with its batch it is a template message's.
    fn is_mapped_waba(&self) -> bool {
        let of = RecordKind::WabaMessage;
        self.would_have(of, "msg_id") && self.tells(cloud_wire::WABA_TASK_ID, of, "waba_task_id")
    }

    /// The body with the account's map of a kind laid over it.
    fn laid(&self, kind: RecordKind) -> Record<'_> {
        let mut row = Record::parse(self.text).unwrap_or_default();
        row.lay(self.profile.map(kind));
        row
    }

    fn is_object(&self, names: Names) -> bool {
        self.row.value(names).is_some_and(|value| value.get().starts_with('{'))
    }

    fn time_of(&self, row: &Record<'_>) -> Option<Timestamp> {
        row.time(chat_wire::TIMESTAMP, self.profile.zone()).map(|time| time.at)
    }

    /// The event's own time, else when it came.
    fn as_of(&self, row: &Record<'_>) -> Timestamp {
        self.time_of(row).unwrap_or(self.received_at)
    }

    fn context(&self, received_at: Timestamp) -> Context<'_> {
        Context { zone: self.profile.zone(), received_at, profile: self.profile }
    }

    /// The workflow that the body names is worth knowing even so.
    fn kept(&self, key: &'static str, why: &str) -> HookEvent {
        HookEvent::Kept {
            key,
            workflow: self.named_workflow(&self.row),
            session: None,
            why: why.to_owned(),
        }
    }

    /// The workflow that the body names. Its status is not told: the body's own is of another thing.
    fn named_workflow(&self, row: &Record<'_>) -> Option<Seen<Workflow>> {
        let value = Workflow {
            id: row.text(cloud_wire::WORKFLOW_ID).map(WorkflowId::new)?,
            name: row.text(cloud_wire::WORKFLOW_NAME),
            template: None,
            template_name: None,
            status: None,
            created_at: None,
            started_at: None,
            ended_at: None,
            total: None,
            finished: None,
            as_of: self.as_of(row),
        };
        Some(Seen { value, raw: excerpt_of(row, &["workflow_id", "workflow_name"]) })
    }

    fn named_node(&self, row: &Record<'_>) -> Option<Seen<Node>> {
        let value = Node {
            id: row.text(chat_wire::NODE_ID).map(NodeId::new)?,
            workflow: row.text(cloud_wire::WORKFLOW_ID).map(WorkflowId::new)?,
            name: row.text(chat_wire::NODE_NAME),
            node_type: None,
            task: None,
            status: None,
            started_at: None,
            ended_at: None,
            total: None,
            finished: None,
            as_of: self.as_of(row),
        };
        Some(Seen { value, raw: excerpt_of(row, &["workflow_id", "nodetask_id", "nodetask_name"]) })
    }

    fn named_waba_task(&self, row: &Record<'_>) -> Option<Seen<WabaTask>> {
        let value = WabaTask {
            id: row.text(chat_wire::WABA_TASK_ID).map(WabaTaskId::new)?,
            workflow: row.text(cloud_wire::WORKFLOW_ID).map(WorkflowId::new)?,
            node: row.text(chat_wire::NODE_ID).map(NodeId::new),
            node_name: row.text(chat_wire::NODE_NAME),
            template_name: None,
            template_id: None,
            status: None,
            total: None,
            sent: None,
            delivered: None,
            read: None,
            replied: None,
            failed: None,
            as_of: self.as_of(row),
        };
        Some(Seen { value, raw: excerpt_of(row, &["workflow_id", "nodetask_id", "waba_task_id"]) })
    }
}

/// These fields of the body as JSON, each as received.
fn excerpt_of(row: &Record<'_>, names: &[&str]) -> String {
    let fields = names.iter().filter_map(|name| {
        let value: &RawValue = row.member(name)?;
        Some(format!("{:?}:{}", name, value.get()))
    });
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}
