//! Bodies of webhooks that are no record of a list. That of the custom node and the bot's message are
//! DOCUMENTED, the dialer's envelope is OBSERVED; every other envelope is ASSUMED.

use serde_json::{Value, json};

use super::{
    Record,
    chats::{channel_id, seat},
    dialer_task, hex, spaced, with_offset,
};
use crate::sim::{
    plan::{Call, Message, Node, Session, Waba},
    tasks::Dialled,
    view::View,
};

/// All steps of one list entry are done.
pub(crate) fn list_completed(view: &View<'_>, entry: usize, at: i64) -> Value {
    let uuid = view.workflow.entries.get(entry).map_or(0, |e| e.uuid);
    json!({
        "workflow_id": hex(view.workflow.id),
        "workflow_name": view.workflow.name,
        "wfdetail_uuid": hex(uuid),
        "callee": view.callee(entry),
        "case_id": view.case_id(entry),
        "status": "Finished",
        "timestamp": at / 1000,
    })
}

/// The node that pushes data to the customer.
pub(crate) fn custom_node_id(view: &View<'_>) -> u128 {
    view.workflow.branch.child("api node", 0).id()
}

/// Whether the call led its callee to that node by now.
pub(crate) fn is_pushed(view: &View<'_>, call: &Call) -> bool {
    let leads_there = call.ending.is_some() && call.entry.is_multiple_of(3) && !call.is_short();
    leads_there && call.end <= view.now
}

/// What is known of a push when somebody asks for it.
pub(crate) fn pushed(view: &View<'_>, call: &Call) -> Value {
    Record::new(view.script.known_only)
        .guess("callee", view.callee(call.entry))
        .guess("pushed_at", spaced(call.end))
        .guess("http_status", 200)
        .done()
}

/// A callee reached the node that pushes data to the customer.
pub(crate) fn custom_node(view: &View<'_>, call: &Call) -> Value {
    let facts = view.facts(call.entry);
    let node = custom_node_id(view);
    json!({
        "workflow_id": hex(view.workflow.id),
        "workflow_name": view.workflow.name,
        "node_id": hex(node),
        "node_name": "Push to CRM",
        "callee": {
            "case_id": facts.case,
            "callee_name": facts.name,
            "callee_gender": "",
            "callee_number": view.callee(call.entry),
            "platform_name": facts.brand,
            "amount": facts.amount,
        },
    })
}

pub(crate) fn task_event(view: &View<'_>, at: usize, node: &Node) -> Value {
    let mut task = super::outbound_task(view, at, node);
    task["workflow_id"] = hex(view.workflow.id).into();
    task
}

/// `task` is the one that dialled it.
pub(crate) fn call_event(view: &View<'_>, call: &Call, task: u128) -> Value {
    json!({
        "CallID": hex(call.id),
        "TaskID": hex(task),
        "CalleeNumber": view.callee(call.entry),
        "TalkResult": "Connected",
        "StartTime": with_offset(call.start),
        "EndTime": with_offset(call.end),
        "TalkDuration": call.talk_ms() / 1000,
    })
}

pub(crate) fn plan_event(plan: &Dialled, view: &View<'_>, at: i64) -> Value {
    json!({
        "PlanID": hex(plan.id()),
        "PlanName": view.workflow.name,
        "PlanStatus": view.state().task_word(),
        "FinishTime": spaced(at),
    })
}

/// Milliseconds, as a number or a string: both are seen.
fn ms(at: i64, text: bool) -> Value {
    if text { at.to_string().into() } else { at.into() }
}

pub(crate) fn dialer_task_status(view: &View<'_>, at: i64) -> Value {
    let mut body = dialer_task(view);
    body["timestamp"] = ms(at, false);
    json!({ "type": "TaskStatus", "body": body })
}

pub(crate) fn dialer_contact_status(view: &View<'_>, call: &Call, state: &str, at: i64) -> Value {
    json!({
        "type": "ContactStatus",
        "body": {
            "taskId": hex(super::dialer_id(view)),
            "contactId": hex(call.branch.child("contact", 0).id()),
            "phoneNumber": view.callee(call.entry),
            "state": state,
            "timestamp": ms(at, call.entry.is_multiple_of(2)),
        },
    })
}

pub(crate) fn dialer_agent_status(view: &View<'_>, call: &Call, state: &str, at: i64) -> Value {
    json!({
        "type": "AgentStatus",
        "body": {
            "agentId": format!("agent-{:02}", call.branch.child("agent", 0).draws().between(1, 20)),
            "taskId": hex(super::dialer_id(view)),
            "state": state,
            "timestamp": ms(at, false),
        },
    })
}

/// An event of a session: what names it, and what else it says.
pub(crate) fn chat_event(
    view: &View<'_>,
    session: &Session,
    event: &str,
    at: i64,
    more: Value,
) -> Value {
    let mut body = json!({
        "event": event,
        "call_id": hex(session.id),
        "company": "demo",
        "channel": session.talk.channel,
        "channel_id": channel_id(view.workflow.template.id),
        "user": { "id": view.callee(session.entry), "name": view.facts(session.entry).name },
        "timestamp": at / 1000,
    });
    if let (Some(fields), Value::Object(more)) = (body.as_object_mut(), more) {
        fields.extend(more);
    }
    body
}

pub(crate) fn transfer(session: &Session) -> Value {
    json!({ "from_seat_id": "", "to_seat_id": seat(session) })
}

pub(crate) fn status_event(message: &Message, status: &str) -> Value {
    json!({ "msg_id": hex(message.id), "status": status })
}

pub(crate) fn report(view: &View<'_>, session: &Session, messages: usize) -> Value {
    json!({
        "session_start_time": super::utc(session.start),
        "session_end_time": super::utc(view.session_end(session)),
        "session_end_reason": view.end_reason(session),
        "message_count": messages,
    })
}

/// What became of a template message, or the user's answer to it.
pub(crate) fn template_event(
    view: &View<'_>,
    message: &Waba,
    event: &str,
    status: &str,
    at: i64,
) -> Value {
    json!({
        "event": event,
        "msg_id": hex(message.id),
        "callee": view.callee(message.entry),
        "status": status,
        "timestamp": at / 1000,
    })
}

/// Somebody who was called before calls back.
pub(crate) fn inbound(view: &View<'_>, entry: usize, at: i64) -> Value {
    let id = view.workflow.branch.child("inbound", u64::try_from(entry).unwrap_or(0)).id();
    json!({
        "event": "inbound",
        "inbound_id": hex(id),
        "caller": view.callee(entry),
        "timestamp": at / 1000,
    })
}
