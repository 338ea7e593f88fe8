//! What the body of a webhook is. Pure: the same for the receiver and for saved files.
//!
//! A body that differs from the documented shape is still decoded as far as it goes, and the
//! difference is named; only what is no JSON object at all is an error.

use serde_json::value::RawValue;

use super::{
    chatbot::{
        self,
        wire::{self as chat_wire, Field, Type},
    },
    cloud::{self, wire as cloud_wire},
    fields::RecordKind,
    listing::Context,
    profile::Profile,
    record::{self, Names, Record, name},
};
use crate::domain::{
    call::Call,
    chat::{Session, ShapeNotice, Signature, Transcript},
    ids::{NodeId, SessionId, WabaTaskId, WorkflowId},
    time::{Timestamp, Zone},
    waba::WabaTask,
    workflow::{Node, Seen, Workflow},
};

/// What a webhook says. `raw` of a session, call or status event is the whole body; that of a
/// workflow, node or task that is only named in it holds the fields that name it.
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
    /// A workflow's status changed (DOCUMENTED).
    WorkflowStatus { workflow: Seen<Workflow>, nodes: Vec<Seen<Node>> },
    /// A call is over (trigger DOCUMENTED, fields INFERRED).
    CallCompleted { workflow: Option<Seen<Workflow>>, call: Seen<Call> },
    /// JSON that is none of these; kept, not merged.
    Unknown { why: String },
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HookError {
    #[error("the body is not UTF-8 text")]
    NotText,
    #[error("the body is not a JSON object")]
    NotAnObject,
}

const EVENT: Names = &[name("event"), name("body")];
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
    name("talk_result"),
    name("call_time"),
    name("call_result_type"),
    name("hangup_reason"),
    name("talk_duration"),
    name("reclink"),
    name("nth_call"),
    name("task_id"),
];

/// `signature` is the header `X-AIRudder-Sign`. It is noted and not checked: its algorithm is not
/// known. The profile's maps and words are those of the account that received it. Bodies come without a type of their own, so their fields tell them apart.
pub fn decode(
    body: &[u8],
    signature: Option<&str>,
    profile: &Profile,
    received_at: Timestamp,
) -> Result<HookEvent, HookError> {
    let text = std::str::from_utf8(body).map_err(|_| HookError::NotText)?;
    let text = text.trim_start_matches('\u{feff}').trim();
    let row = Record::parse(text).map_err(|_| HookError::NotAnObject)?;
    let mut hook = Hook { text, row, zone: profile.zone(), profile, received_at };
    // Callbacks of the bot and of the predictive dialer have an envelope of their own.
    if hook.row.has(EVENT) {
        return Ok(unknown(
            "an event with an envelope of its own, which this version does not read",
        ));
    }
    if hook.row.has(OF_A_SESSION) {
        hook.row.lay(profile.map(RecordKind::Session));
        return Ok(hook.chat_ended(signature));
    }
    if hook.row.has(cloud_wire::ACTIONS) || hook.would_have(RecordKind::Workflow, "actions") {
        hook.row.lay(profile.map(RecordKind::Workflow));
        return Ok(hook.workflow_status());
    }
    if hook.row.has(OF_A_CALL) || hook.would_have(RecordKind::Call, "callid") {
        hook.row.lay(profile.map(RecordKind::Call));
        return Ok(hook.call_completed());
    }
    Ok(unknown("no field tells what it is about"))
}

fn unknown(why: &str) -> HookEvent {
    HookEvent::Unknown { why: why.to_owned() }
}

struct Hook<'a> {
    text: &'a str,
    row: Record<'a>,
    zone: Zone,
    profile: &'a Profile,
    received_at: Timestamp,
}

impl Hook<'_> {
    /// Whether the account's map of a kind leads to a field here.
    fn would_have(&self, kind: RecordKind, field: &str) -> bool {
        let map = self.profile.map(kind).iter();
        map.filter(|mapped| mapped.field.name == field)
            .any(|mapped| self.row.at(&mapped.pointer).is_some())
    }

    /// The event's own time, else when it came.
    fn as_of(&self) -> Timestamp {
        self.row.time(chat_wire::TIMESTAMP, self.zone).map_or(self.received_at, |time| time.at)
    }

    /// As the profile of the account reads it.
    fn context(&self) -> Context<'_> {
        Context { zone: self.zone, received_at: self.as_of(), profile: self.profile }
    }

    fn chat_ended(&self, signature: Option<&str>) -> HookEvent {
        let mut session = match chatbot::convert::session(&self.row, &self.context()) {
            Ok(session) => session,
            Err(why) => return unknown(&format!("a session's end, but {why}")),
        };
        let signed = signature.is_some_and(|text| !text.trim().is_empty());
        session.signature = if signed { Signature::Unchecked } else { Signature::Unsigned };
        let mut notices = Notices::default();
        notices.compare(&self.row, chat_wire::SESSION_END, "");
        let transcript = self.transcript(&session.id, &mut notices);
        session.detail.notices = notices.found;
        HookEvent::ChatEnded {
            workflow: self.named_workflow(),
            node: self.named_node(session.workflow.as_ref()),
            waba_task: self.named_waba_task(&session),
            transcript,
            session: Seen { value: session, raw: self.text.to_owned() },
        }
    }

    fn transcript(&self, session: &SessionId, notices: &mut Notices) -> Option<Transcript> {
        let messages = self.row.value(chat_wire::MESSAGES)?;
        let elements: Vec<&RawValue> = serde_json::from_str(messages.get()).ok()?;
        let mut transcript = Transcript {
            session: session.clone(),
            messages: Vec::with_capacity(elements.len()),
            complete: false,
        };
        for (position, element) in (0_i64..).zip(elements) {
            let mut value = match Record::parse(element.get()) {
                Ok(mut row) => {
                    notices.compare(&row, chat_wire::MESSAGE, "messages.");
                    row.lay(self.profile.map(RecordKind::Message));
                    chatbot::convert::message(&row, &self.context())
                }
                Err(_) => {
                    notices.add(ShapeNotice::OtherType("messages".to_owned()));
                    chatbot::convert::no_object(element)
                }
            };
            value.position = position;
            transcript.messages.push(Seen { value, raw: element.get().to_owned() });
        }
        Some(transcript)
    }

    fn workflow_status(&self) -> HookEvent {
        let context = self.context();
        let workflow = match cloud::convert::workflow(&self.row, &context) {
            Ok(workflow) => workflow,
            Err(why) => return unknown(&format!("a workflow's status, but {why}")),
        };
        let actions = self.row.list(cloud_wire::ACTIONS).into_iter();
        let nodes = actions.filter_map(|action| {
            let mut row = Record::parse(action.get()).ok()?;
            row.lay(self.profile.map(RecordKind::Node));
            let value = cloud::convert::node(&row, &context, &workflow.id).ok()?;
            Some(Seen { value, raw: action.get().to_owned() })
        });
        HookEvent::WorkflowStatus {
            nodes: nodes.collect(),
            workflow: Seen { value: workflow, raw: self.text.to_owned() },
        }
    }

    fn call_completed(&self) -> HookEvent {
        match cloud::convert::call(&self.row, &self.context()) {
            Ok(call) => HookEvent::CallCompleted {
                workflow: self.named_workflow(),
                call: Seen { value: call, raw: self.text.to_owned() },
            },
            Err(why) => unknown(&format!("a call, but {why}")),
        }
    }

    /// The workflow that the body names. Its status is not told: the body's own is of another thing.
    fn named_workflow(&self) -> Option<Seen<Workflow>> {
        let value = Workflow {
            id: self.row.text(cloud_wire::WORKFLOW_ID).map(WorkflowId::new)?,
            name: self.row.text(cloud_wire::WORKFLOW_NAME),
            template: None,
            template_name: None,
            status: None,
            created_at: None,
            started_at: None,
            ended_at: None,
            total: None,
            finished: None,
            as_of: self.as_of(),
        };
        Some(Seen { value, raw: self.excerpt(&["workflow_id", "workflow_name"]) })
    }

    fn named_node(&self, workflow: Option<&WorkflowId>) -> Option<Seen<Node>> {
        let value = Node {
            id: self.row.text(chat_wire::NODE_ID).map(NodeId::new)?,
            workflow: workflow?.clone(),
            name: self.row.text(chat_wire::NODE_NAME),
            node_type: None,
            task: None,
            status: None,
            started_at: None,
            ended_at: None,
            total: None,
            finished: None,
            as_of: self.as_of(),
        };
        Some(Seen { value, raw: self.excerpt(&["workflow_id", "nodetask_id", "nodetask_name"]) })
    }

    fn named_waba_task(&self, session: &Session) -> Option<Seen<WabaTask>> {
        let value = WabaTask {
            id: self.row.text(chat_wire::WABA_TASK_ID).map(WabaTaskId::new)?,
            workflow: session.workflow.clone()?,
            node: session.node.clone(),
            node_name: session.node_name.clone(),
            template_name: None,
            template_id: None,
            status: None,
            total: None,
            sent: None,
            delivered: None,
            read: None,
            replied: None,
            failed: None,
            as_of: self.as_of(),
        };
        Some(Seen { value, raw: self.excerpt(&["workflow_id", "nodetask_id", "waba_task_id"]) })
    }

    /// These fields of the body as JSON, each as received.
    fn excerpt(&self, names: &[&str]) -> String {
        let fields = names.iter().filter_map(|name| {
            let value = self.row.member(name)?;
            Some(format!("{:?}:{}", name, value.get()))
        });
        format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
    }
}

/// A hostile body must not turn into a million notices.
const MOST_NOTICES: usize = 100;

#[derive(Default)]
struct Notices {
    found: Vec<ShapeNotice>,
}

impl Notices {
    fn add(&mut self, notice: ShapeNotice) {
        if self.found.len() < MOST_NOTICES && !self.found.contains(&notice) {
            self.found.push(notice);
        }
    }

    /// Names every way in which the record differs from its documented fields.
    fn compare(&mut self, row: &Record<'_>, documented: &[Field], prefix: &str) {
        for field in documented {
            let full = format!("{prefix}{}", field.name);
            match row.member(field.name).filter(|value| value.get() != "null") {
                None if field.required => self.add(ShapeNotice::Missing(full)),
                None => {}
                Some(value) if !is_of(value, field.kind) => self.add(ShapeNotice::OtherType(full)),
                Some(value) if field.kind == Type::Texts => self.compare_texts(value, &full),
                Some(_) => {}
            }
        }
        for (found, _) in row.fields() {
            if !documented.iter().any(|field| record::same_name(field.name, found)) {
                self.add(ShapeNotice::New(format!("{prefix}{found}")));
            }
        }
    }

    fn compare_texts(&mut self, value: &RawValue, prefix: &str) {
        let Ok(row) = Record::parse(value.get()) else { return };
        for (name, _) in row.fields().filter(|(_, value)| !is_of(value, Type::Text)) {
            self.add(ShapeNotice::OtherType(format!("{prefix}.{name}")));
        }
    }
}

fn is_of(value: &RawValue, kind: Type) -> bool {
    let first = value.get().as_bytes().first();
    match kind {
        Type::Text => first == Some(&b'"'),
        Type::Integer => value.get().parse::<i64>().is_ok(),
        Type::Texts | Type::Object => first == Some(&b'{'),
        Type::Array => first == Some(&b'['),
    }
}
