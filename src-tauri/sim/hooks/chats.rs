//! Sessions and their messages.

use serde_json::{Value, json};

use super::{Event, HookKey, Window};
use crate::sim::{
    plan::{Message, Session},
    text::{Say, Sender},
    view::View,
    wire,
    world::World,
};

/// The report of a session comes that much after its end; statuses of its last messages come earlier.
const REPORT_AFTER_MS: i64 = 60_000;

impl World {
    pub(super) fn sessions(&self, view: &View<'_>, window: Window, events: &mut Vec<Event>) {
        let alive = |s: &&Session| view.session_end(s) + REPORT_AFTER_MS > window.after;
        for session in view.sessions().filter(alive) {
            self.ended(view, session, window, events);
            let all = view.whole(session);
            for at in 0..all.len() {
                self.message(view, (session, &all, at), window, events);
            }
        }
    }

    fn ended(&self, view: &View<'_>, session: &Session, window: Window, events: &mut Vec<Event>) {
        let (id, end) = (session.id, view.session_end(session));
        let then = |at: i64| self.view_at(view.workflow.index, at).filter(|_| window.has(at));
        if let Some(then) = then(end) {
            let body = wire::ended_session(&then, session);
            events.push(Event { key: HookKey::ChatEnded, id, at: end, body });
            let more = wire::report(&then, session, then.messages(session).len());
            let body = wire::chat_event(&then, session, "session.end", end, more);
            events.push(Event { key: HookKey::ChatSessionEnd, id, at: end, body });
        }
        let at = end + REPORT_AFTER_MS;
        if let Some(then) = then(at) {
            let more = wire::report(&then, session, then.messages(session).len());
            let body = wire::chat_event(&then, session, "session.report", at, more);
            events.push(Event { key: HookKey::ChatReport, id, at, body });
        }
    }

    fn message(
        &self,
        view: &View<'_>,
        (session, all, place): (&Session, &[Message], usize),
        window: Window,
        events: &mut Vec<Event>,
    ) {
        let Some(message) = all.get(place) else { return };
        let mut push = |key, event: &str, at: i64, nth: u128, more: &dyn Fn(&View<'_>) -> Value| {
            let then = self.view_at(view.workflow.index, at).filter(|_| window.has(at));
            if let Some(then) = then {
                let body = wire::chat_event(&then, session, event, at, more(&then));
                events.push(Event { key, id: message.id.wrapping_add(nth), at, body });
            }
        };
        let said =
            |then: &View<'_>| json!({ "messages": [wire::message(then, session, all, place)] });
        let transferred =
            all.iter().take(place).any(|m| is_transfer(m) || m.sender == Sender::Agent);
        let (at, key) = (message.at, HookKey::ChatUserMessage);
        match message.sender {
            Sender::System if is_transfer(message) => {
                let key = HookKey::ChatTransferRequest;
                push(key, "session.transfer", at, 0, &|_| wire::transfer(session));
            }
            Sender::System => {}
            Sender::User if transferred => {
                push(HookKey::ChatAgentUserMessage, "agent.message.receive", at, 0, &said);
            }
            Sender::User => push(key, "message.receive", at, 0, &said),
            Sender::Agent => {
                let key = HookKey::ChatAgentStatus;
                for (status, at, nth) in stages(session, message) {
                    let more = |_: &View<'_>| wire::status_event(message, status);
                    push(key, "agent.message.status", at, nth, &more);
                }
            }
            Sender::Robot | Sender::Chatbot => {
                push(HookKey::BotMessage, "message.send", at, 0, &said);
                for (status, at, nth) in stages(session, message) {
                    let more = |_: &View<'_>| wire::status_event(message, status);
                    push(HookKey::ChatStatus, "message.status", at, nth, &more);
                }
            }
        }
    }
}

fn is_transfer(message: &Message) -> bool {
    matches!(message.say, Say::System("conversation.transfer"))
}

fn stages(session: &Session, message: &Message) -> Vec<(&'static str, i64, u128)> {
    let mut stages = vec![("delivery", message.delivered, 1)];
    if session.talk.end_reason != "expire" {
        stages.push(("read", message.read, 2));
    }
    stages
}
