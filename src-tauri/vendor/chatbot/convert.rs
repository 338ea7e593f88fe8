//! Sessions and messages as domain records.

use serde_json::value::RawValue;

use super::{content, wire::*};
use crate::{
    domain::{
        chat::{Content, Message, Quoted, Session, SessionDetail, Signature},
        ids::{Callee, EntryId, MessageId, NodeId, SessionId, WabaTaskId, WorkflowId},
        time::{Timestamp, Zone},
    },
    vendor::{
        fields::RecordKind,
        listing::Context,
        record::{Names, Record},
    },
};

/// A session from a row of the list or from the body of the webhook; the latter adds signature,
/// notices and the event's own time.
pub fn session(row: &Record<'_>, context: &Context<'_>) -> Result<Session, &'static str> {
    let zone = context.zone;
    let id = row.text(SESSION_ID).ok_or("it has no call_id")?;
    Ok(Session {
        id: SessionId::new(id),
        workflow: row.text(WORKFLOW_ID).map(WorkflowId::new),
        workflow_name: row.text(WORKFLOW_NAME),
        node: row.text(NODE_ID).map(NodeId::new),
        node_name: row.text(NODE_NAME),
        waba_task: row.text(WABA_TASK_ID).map(WabaTaskId::new),
        entry: row.text(ENTRY_ID).map(EntryId::new),
        channel: row.text(CHANNEL),
        channel_id: row.text(CHANNEL_ID),
        callee: row.text(CALLEE).map(Callee::new),
        robot: row.text(ROBOT),
        status: row.text(STATUS),
        started_at: instant(row, STARTED, zone),
        ended_at: instant(row, ENDED, zone),
        end_reason: row.text(END_REASON),
        intention: row.text(INTENTION),
        talk_round: row.int(TALK_ROUND),
        detail: SessionDetail {
            slots: row.pairs(SLOTS),
            labels: row.pairs(LABELS),
            variables: row.pairs(VARIABLES),
            notices: Vec::new(),
        },
        signature: Signature::NotApplicable,
        as_of: context.received_at,
    })
}

/// A message; its position is the caller's to set.
pub fn message(row: &Record<'_>, context: &Context<'_>) -> Message {
    Message {
        position: 0,
        id: row.text(MESSAGE_ID).map(MessageId::new),
        sender: row.text(SENDER),
        seat: row.text(SEAT),
        sent_at: instant(row, TIMESTAMP, context.zone),
        status: row.text(STATUS),
        content: content_of(row),
        reply: row.value(REPLY).and_then(|json| quoted(json, context)),
    }
}

/// The message that stands in the array as something other than an object.
pub fn no_object(json: &RawValue) -> Message {
    Message {
        position: 0,
        id: None,
        sender: None,
        seat: None,
        sent_at: None,
        status: None,
        content: Content::Unknown { json: content::value(json.get()) },
        reply: None,
    }
}

fn quoted(json: &RawValue, context: &Context<'_>) -> Option<Quoted> {
    let Ok(mut row) = Record::parse(json.get()) else {
        let content = Content::Unknown { json: content::value(json.get()) };
        return Some(Quoted { id: None, sender: None, sent_at: None, content });
    };
    // An empty object quotes nothing.
    row.fields().next()?;
    row.lay(context.profile.map(RecordKind::Message));
    Some(Quoted {
        id: row.text(MESSAGE_ID).map(MessageId::new),
        sender: row.text(SENDER),
        sent_at: instant(&row, TIMESTAMP, context.zone),
        content: content_of(&row),
    })
}

fn content_of(row: &Record<'_>) -> Content {
    let json = row.value(CONTENT).map_or("null", RawValue::get);
    content::read(content::value(json))
}

fn instant(row: &Record<'_>, names: Names, zone: Zone) -> Option<Timestamp> {
    row.time(names, zone).map(|time| time.at)
}
