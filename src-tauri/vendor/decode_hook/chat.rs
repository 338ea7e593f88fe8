//! Events of chatbot sessions.

use serde_json::value::RawValue;

use super::{BODY, Hook, HookEvent, cloud::clipped, excerpt_of, notices::Notices, unknown};
use crate::{
    domain::{
        chat::{Content, Message, Said, Session, ShapeNotice, Signature, Tick, Transcript},
        ids::{MessageId, SessionId},
        time::Timestamp,
        workflow::Seen,
    },
    vendor::{
        chatbot::{self, wire},
        fields::RecordKind,
        record::Record,
    },
};

pub(super) const BOT_MESSAGE: &str = "hook.bot_message";
pub(super) const TEMPLATE_RESULT: &str = "hook.chat_template_result";
pub(super) const TEMPLATE_REPLY: &str = "hook.chat_template_reply";
pub(super) const TRANSFER_REQUEST: &str = "hook.chat_transfer_request";
pub(super) const STATUS: &str = "hook.chat_status";
pub(super) const AGENT_STATUS: &str = "hook.chat_agent_status";
pub(super) const USER_MESSAGE: &str = "hook.chat_user_message";
pub(super) const AGENT_USER_MESSAGE: &str = "hook.chat_agent_user_message";
pub(super) const SESSION_END: &str = "hook.chat_session_end";
pub(super) const REPORT: &str = "hook.chat_report";
pub(super) const INBOUND: &str = "hook.inbound";

/// Which callback an event's word names. `message.send` is DOCUMENTED; the others are ASSUMED to be
/// made of the words of their titles, in whatever order.
fn key_of(event: &str) -> Option<&'static str> {
    let lower = event.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let agent = has(&["agent", "seat"]);
    Some(if has(&["inbound"]) {
        INBOUND
    } else if has(&["template"]) {
        if has(&["reply", "respon"]) { TEMPLATE_REPLY } else { TEMPLATE_RESULT }
    } else if has(&["transfer"]) && !has(&["message"]) {
        TRANSFER_REQUEST
    } else if has(&["report"]) {
        REPORT
    } else if has(&["status", "receipt"]) {
        if agent { AGENT_STATUS } else { STATUS }
    } else if has(&["session", "conversation"]) && has(&["end", "close", "finish"]) {
        SESSION_END
    } else if has(&["message"]) && (has(&["user", "receive", "customer"]) || agent) {
        if agent || has(&["transfer"]) { AGENT_USER_MESSAGE } else { USER_MESSAGE }
    } else if has(&["message"]) && has(&["send", "sent"]) {
        BOT_MESSAGE
    } else {
        return None;
    })
}

impl Hook<'_> {
    pub(super) fn chat_ended(&self) -> HookEvent {
        let row = self.laid(RecordKind::Session);
        let as_of = self.as_of(&row);
        let mut session = match chatbot::convert::session(&row, &self.context(as_of)) {
            Ok(session) => session,
            Err(why) => return unknown(&format!("a session's end, but {why}")),
        };
        session.signature = self.signature;
        let mut notices = Notices::default();
        notices.compare(&row, wire::SESSION_END, "");
        let transcript = self.transcript(&row, &session.id, as_of, &mut notices);
        session.detail.notices = notices.found;
        HookEvent::ChatEnded {
            workflow: self.named_workflow(&row),
            node: self.named_node(&row),
            waba_task: self.named_waba_task(&row),
            transcript,
            session: Seen { value: session, raw: self.text.to_owned() },
        }
    }

    fn transcript(
        &self,
        row: &Record<'_>,
        session: &SessionId,
        as_of: Timestamp,
        notices: &mut Notices,
    ) -> Option<Transcript> {
        let messages = messages_of(row.value(wire::MESSAGES)?, self, |row| match row {
            Some(row) => notices.compare(row, wire::MESSAGE, "messages."),
            None => notices.add(ShapeNotice::OtherType("messages".to_owned())),
        })?;
        Some(Transcript { session: session.clone(), messages, complete: false, as_of })
    }

    /// A callback without an envelope that is itself one message, or the status of one.
    pub(super) fn lone_callback(&self) -> HookEvent {
        let of_user = || self.row.text(wire::SENDER).is_some_and(|word| word == "user");
        self.callback(match self.row.value(wire::CONTENT) {
            None => "message.status",
            Some(_) if of_user() => "user.message",
            Some(_) => "message.send",
        })
    }

    /// A callback `{event, call_id, …}`; its fields may also lie one level deeper.
    pub(super) fn callback(&self, event: &str) -> HookEvent {
        let Some(key) = key_of(event) else {
            return unknown(&format!("an event {:?}", clipped(event)));
        };
        let nested = self.row.value(BODY).and_then(|body| Record::parse(body.get()).ok());
        let own = self.laid(RecordKind::Session);
        let named = own.value(wire::SESSION_ID).is_some();
        let row = nested.as_ref().filter(|_| !named).unwrap_or(&own);
        let Some(id) = row.text(wire::SESSION_ID).map(SessionId::new) else {
            // A template message outside a conversation is the workflow's.
            if key == TEMPLATE_RESULT && row.has(wire::WABA_TASK_ID) {
                return self.waba_status();
            }
            return self.kept(key, "it names no session (call_id)");
        };
        let detail = nested.as_ref().filter(|_| named).unwrap_or(row);
        let said = self.said(&id, &[row, detail]);
        let ticks = self.ticks(&id, key, &[row, detail]);
        let session = self.session_of(key, &id, row);
        let tells = said.is_some() || !ticks.is_empty();
        match session {
            Some(session) if tells || tells_of_session(key) => {
                HookEvent::Chat { key, session, said, ticks }
            }
            session => {
                let why = "it brings no message and no status that could be merged".to_owned();
                HookEvent::Kept { key, workflow: self.named_workflow(row), session, why }
            }
        }
    }

    /// The session, as far as this callback may speak of it.
    fn session_of(
        &self,
        key: &'static str,
        id: &SessionId,
        row: &Record<'_>,
    ) -> Option<Seen<Session>> {
        let at = self.event_time(row);
        let mut value = chatbot::convert::session(row, &self.context(at)).ok()?;
        // What was checked is said of the body of a session's end only.
        value.signature = Signature::NotApplicable;
        if tells_of_session(key) {
            return Some(Seen { value, raw: without_messages(row) });
        }
        // The times, the status and the words of a message's callback are the message's.
        let named = Session {
            id: id.clone(),
            status: None,
            started_at: None,
            ended_at: None,
            end_reason: None,
            intention: None,
            talk_round: None,
            ..value
        };
        let raw =
            excerpt_of(row, &["call_id", "channel", "channel_id", "company", "robot_id", "user"]);
        Some(Seen { value: named, raw })
    }

    /// The event's own time, else its first message's, else when it came.
    fn event_time(&self, row: &Record<'_>) -> Timestamp {
        let first = || {
            let message = row.list(wire::MESSAGES).into_iter().next()?;
            self.time_of(&Record::parse(message.get()).ok()?)
        };
        self.time_of(row)
            .or_else(|| self.time_of(&self.row))
            .or_else(first)
            .unwrap_or(self.received_at)
    }

    fn said(&self, session: &SessionId, rows: &[&Record<'_>]) -> Option<Said> {
        let row = rows.iter().find(|row| row.has(wire::MESSAGES) || row.has(wire::CONTENT))?;
        let messages = match row.value(wire::MESSAGES) {
            Some(messages) => messages_of(messages, self, |_| {})?,
            None => vec![self.lone_message(row)?],
        };
        let told = |message: &Seen<Message>| !matches!(&message.value.content, Content::Unknown { json } if json.is_null());
        let messages: Vec<_> = messages.into_iter().filter(told).collect();
        let at = self.event_time(row);
        (!messages.is_empty()).then(|| Said { session: session.clone(), messages, at })
    }

    /// A callback that is itself the message. Without an id it could not be told from another one.
    fn lone_message(&self, row: &Record<'_>) -> Option<Seen<Message>> {
        row.text(wire::MESSAGE_ID)?;
        row.value(wire::CONTENT)?;
        let value = chatbot::convert::message(row, &self.context(self.received_at));
        let names = ["msg_id", "sender_type", "timestamp", "status", "content", "reply", "seat_id"];
        Some(Seen { value, raw: excerpt_of(row, &names) })
    }

    fn ticks(&self, session: &SessionId, key: &'static str, rows: &[&Record<'_>]) -> Vec<Tick> {
        if !matches!(key, STATUS | AGENT_STATUS | TEMPLATE_RESULT) {
            return Vec::new();
        }
        let tick = |row: &Record<'_>| {
            Some(Tick {
                session: session.clone(),
                message: row.text(wire::MESSAGE_ID).map(MessageId::new)?,
                status: row.text(wire::STATUS)?,
                at: self.time_of(row).unwrap_or_else(|| self.as_of(&self.row)),
            })
        };
        let mut ticks: Vec<Tick> = rows.iter().filter_map(|row| tick(row)).take(1).collect();
        let listed = rows.iter().flat_map(|row| row.list(wire::MESSAGES));
        let listed = listed.filter_map(|json| tick(&Record::parse(json.get()).ok()?));
        ticks.extend(listed);
        ticks
    }
}

/// Callbacks that speak of the session itself.
fn tells_of_session(key: &str) -> bool {
    matches!(key, SESSION_END | REPORT)
}

fn without_messages(row: &Record<'_>) -> String {
    let kept = row.fields().filter(|(name, _)| !name.eq_ignore_ascii_case("messages"));
    let fields =
        kept.map(|(name, value)| format!("{}:{}", serde_json::Value::from(name), value.get()));
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

/// The messages of an array, numbered from 0. `look` sees each one before it is read, or nothing where
/// it is no object.
fn messages_of(
    array: &RawValue,
    hook: &Hook<'_>,
    mut look: impl FnMut(Option<&Record<'_>>),
) -> Option<Vec<Seen<Message>>> {
    let elements: Vec<&RawValue> = serde_json::from_str(array.get()).ok()?;
    let mut messages = Vec::with_capacity(elements.len());
    for (position, element) in (0_i64..).zip(elements) {
        let mut value = match Record::parse(element.get()) {
            Ok(mut row) => {
                look(Some(&row));
                row.lay(hook.profile.map(RecordKind::Message));
                chatbot::convert::message(&row, &hook.context(hook.received_at))
            }
            Err(_) => {
                look(None);
                chatbot::convert::no_object(element)
            }
        };
        value.position = position;
        messages.push(Seen { value, raw: element.get().to_owned() });
    }
    Some(messages)
}
