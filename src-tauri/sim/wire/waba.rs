//! WhatsApp template tasks and messages.

use serde_json::Value;

use super::{Record, chats::channel_id, hex, spaced};
use crate::sim::{
    plan::{Node, Waba},
    text::{self, Kind, Say, TEMPLATES, Template},
    view::View,
};

/// The WhatsApp template that a node sends: the one its chats open with, or a plain reminder.
fn template_name(template: &Template) -> &'static str {
    let lines = text::conversations(template).flat_map(|talk| talk.lines);
    let mut names = lines.filter_map(|line| match line.say {
        Say::Template { name, .. } => Some(name),
        _ => None,
    });
    names.next().unwrap_or("payment_reminder_v1")
}

fn template_id(name: &str) -> String {
    let id: u64 = name.bytes().fold(700_000, |sum, byte| sum * 3 % 899_981 + u64::from(byte));
    id.to_string()
}

/// Templates of workflows that send something over WhatsApp.
fn senders() -> impl Iterator<Item = &'static Template> {
    TEMPLATES.iter().filter(|t| t.nodes.iter().any(|(kind, _)| *kind == Kind::Waba))
}

/// The business numbers that messages come from.
pub(crate) fn waba_accounts() -> Vec<Value> {
    let account = |template: &'static Template| {
        Record::new(false)
            .known("channel_id", channel_id(template.id))
            .known("account_name", template.brand)
            .done()
    };
    senders().map(account).collect()
}

/// The message templates, each once, newest first.
pub(crate) fn waba_templates() -> Vec<Value> {
    let mut rows: Vec<Value> = Vec::new();
    for template in senders() {
        let name = template_name(template);
        let row = Record::new(false)
            .known("template_id", template_id(name))
            .known("template_name", name)
            .known("language", template.language.code())
            .done();
        if !rows.iter().any(|known| known["template_id"] == row["template_id"]) {
            rows.insert(0, row);
        }
    }
    rows
}

pub(crate) fn waba_task(view: &View<'_>, at: usize, node: &Node) -> Value {
    let funnel = view.funnel(at, node);
    let name = template_name(view.workflow.template);
    Record::new(view.script.known_only)
        .known("waba_task_id", hex(node.task))
        .known("nodetask_id", hex(node.id))
        .known("nodetask_name", node.name)
        .guess("template_name", name)
        .guess("template_id", template_id(name))
        .guess("status", view.node_state(node).task_word())
        .guess("total", funnel.total)
        .guess("sent", funnel.sent)
        .guess("delivered", funnel.delivered)
        .guess("read", funnel.read)
        .guess("replied", funnel.replied)
        .guess("failed", funnel.failed)
        .done()
}

/// The furthest stage that `message` has reached by `now`.
pub(crate) fn waba_status(message: &Waba, now: i64) -> &'static str {
    let by_now = |at: Option<i64>| at.is_some_and(|at| at <= now);
    match () {
        () if message.failure.is_some() => "failed",
        () if by_now(message.replied) => "replied",
        () if by_now(message.read) => "read",
        () if by_now(message.delivered) => "delivered",
        () => "sent",
    }
}

pub(crate) fn waba_message(view: &View<'_>, message: &Waba) -> Value {
    let uuid = view.workflow.entries.get(message.entry).map_or(0, |e| e.uuid);
    let task = view.node(message.node).map_or(0, |n| n.task);
    let time = |at: Option<i64>| at.filter(|at| *at <= view.now).map_or_else(String::new, spaced);
    let record = Record::new(view.script.known_only)
        .known("waba_task_id", hex(task))
        .known("wfdetail_uuid", hex(uuid))
        .known("callee", view.callee(message.entry))
        .guess("case_id", view.case_id(message.entry))
        .known("msg_id", hex(message.id))
        .known("status", waba_status(message, view.now))
        .guess("sent_time", time(message.failure.is_none().then_some(message.sent)))
        .guess("delivered_time", time(message.delivered))
        .guess("read_time", time(message.read));
    match message.failure {
        Some((code, reason)) => {
            record.guess("failure_code", code).guess("failure_reason", reason).done()
        }
        None => record.done(),
    }
}
