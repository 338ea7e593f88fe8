//! Chatbot sessions and messages. All fields are DOCUMENTED; the rows of the session list are the
//! webhook's without its messages (ASSUMED).

use serde_json::{Map, Value, json};

use super::{Record, content::content, hex, utc};
use crate::sim::{
    plan::{Message, Session},
    text::{Facts, Sender},
    view::View,
};

/// Users' sides of the conversation so far.
fn rounds(messages: &[Message]) -> usize {
    messages.iter().filter(|m| m.sender == Sender::User).count()
}

pub(crate) fn session(view: &View<'_>, session: &Session) -> Value {
    let rows = base(view, session, &view.messages(session));
    let over = view.session_end(session) <= view.now;
    let status = if over { "closed" } else { "open" };
    let end = if over { utc(view.session_end(session)) } else { String::new() };
    let record = rows
        .known("status", status)
        .known("session_start_time", utc(session.start))
        .known("session_end_time", end);
    if over {
        record.known("session_end_reason", view.end_reason(session)).done()
    } else {
        record.done()
    }
}

fn base(view: &View<'_>, session: &Session, messages: &[Message]) -> Record {
    let (plan, talk) = (view.workflow, session.talk);
    let facts = view.facts(session.entry);
    let node = view.node(session.node);
    let waba = plan.nodes.iter().find(|n| n.kind == crate::sim::text::Kind::Waba);
    let end = view.session_end(session);
    let over = end <= view.now;
    // Not the time of asking: a row must stay the same while nothing happens.
    let said_last = if over { end } else { messages.last().map_or(session.start, |m| m.at) };
    let slots = if over { filled(talk.slots, &facts, session) } else { Map::new() };
    let label = if over { talk.label } else { "" };
    Record::new(view.script.known_only)
        .known("workflow_id", hex(plan.id))
        .known("workflow_name", plan.name.clone())
        .known("nodetask_id", node.map_or_else(String::new, |n| hex(n.id)))
        .known("nodetask_name", node.map_or("", |n| n.name))
        .known("waba_task_id", waba.map_or_else(String::new, |n| hex(n.task)))
        .known(
            "wfdetail_uuid",
            plan.entries.get(session.entry).map_or_else(String::new, |e| hex(e.uuid)),
        )
        .known("timestamp", said_last / 1000)
        .known("channel", talk.channel)
        .known("channel_id", channel_id(plan.template.id))
        .known("callee", view.callee(session.entry))
        .known("call_id", hex(session.id))
        .known("robot_id", (plan.template.id + 40_000).to_string())
        .known("intention", if over { talk.letter } else { "" })
        .known("talk_round", rounds(messages))
        .known("ner_slots", slots)
        .known("event_label", json!({ "EventLabel": label }))
        .known(
            "variables",
            json!({ "name": facts.name, "project": plan.template.name, "date": facts.date }),
        )
}

fn filled(slots: &[(&str, &str)], facts: &Facts, session: &Session) -> Map<String, Value> {
    slots
        .iter()
        .map(|(name, value)| ((*name).to_owned(), facts.fill(value, session.branch).into()))
        .collect()
}

/// The business number, without `+`.
pub(super) fn channel_id(template: u64) -> String {
    format!("65{}", 31_580_000 + template % 1_000)
}

/// The body of the notification that a session has ended. What is optional is sometimes absent, and a
/// few bodies differ from the documented shape, as an interface *under test* may.
pub(crate) fn ended_session(view: &View<'_>, session: &Session) -> Value {
    let messages = view.messages(session);
    let mut body = match self::session(view, session) {
        Value::Object(fields) => fields,
        other => return other,
    };
    let rows: Vec<Value> =
        (0..messages.len()).map(|at| row(view, session, &messages, at)).collect();
    let variety = session.branch.child("hook", 0).draws().between(0, 39);
    match variety {
        0 | 1 => {}
        2 | 3 => drop(body.insert("messages".to_owned(), Value::Null)),
        4 => drop(body.insert("messages".to_owned(), json!([]))),
        _ => drop(body.insert("messages".to_owned(), rows.into())),
    }
    match variety {
        5 => drop(body.remove("session_end_reason")),
        6 => drop(body.remove("talk_round")),
        7 => drop(
            body.insert("trace_id".to_owned(), hex(session.branch.child("trace", 0).id()).into()),
        ),
        8 => drop(body.insert("status".to_owned(), "archived".into())),
        9 => drop(body.insert("robot_id".to_owned(), (view.workflow.template.id + 40_000).into())),
        _ => {}
    }
    Value::Object(body)
}

/// One row of the message list, which adds the human agent's seat.
pub(crate) fn message(
    view: &View<'_>,
    session: &Session,
    messages: &[Message],
    at: usize,
) -> Value {
    let mut row = row(view, session, messages, at);
    let agent = messages.get(at).is_some_and(|m| m.sender == Sender::Agent);
    if let (true, Some(fields)) = (agent, row.as_object_mut()) {
        fields.insert("seat_id".to_owned(), seat(session).into());
    }
    row
}

pub(super) fn seat(session: &Session) -> String {
    format!("seat-{:03}", session.branch.child("seat", 0).draws().between(1, 40))
}

fn row(view: &View<'_>, session: &Session, messages: &[Message], at: usize) -> Value {
    let Some(message) = messages.get(at) else { return Value::Null };
    let mut row = Map::new();
    row.insert("msg_id".to_owned(), hex(message.id).into());
    row.insert("sender_type".to_owned(), message.sender.word().into());
    row.insert("timestamp".to_owned(), (message.dated / 1000).into());
    row.insert("status".to_owned(), message_status(message, view.now, session).into());
    row.insert("content".to_owned(), said(view, session, message));
    if let Some(quoted) = message.quotes.and_then(|quoted| messages.get(quoted)) {
        let reply = json!({
            "msg_id": hex(quoted.id),
            "sender_type": quoted.sender.word(),
            "timestamp": quoted.dated / 1000,
            "content": said(view, session, quoted),
        });
        row.insert("reply".to_owned(), reply);
    }
    Value::Object(row)
}

fn said(view: &View<'_>, session: &Session, message: &Message) -> Value {
    let facts = view.facts(session.entry);
    content(&message.say, &facts, message.branch, &view.script.base_url, &seat(session))
}

/// `send` and `sent` are both seen for the first stage.
pub(crate) fn message_status(message: &Message, now: i64, session: &Session) -> &'static str {
    let first =
        if session.branch.child("spelling", 0).draws().chance(0.3) { "send" } else { "sent" };
    match message.sender {
        Sender::System => "sent",
        Sender::User => "read",
        _ if message.read <= now && session.talk.end_reason != "expire" => "read",
        _ if message.delivered <= now => "delivery",
        _ => first,
    }
}
