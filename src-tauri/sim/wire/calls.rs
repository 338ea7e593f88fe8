//! A call as a task's details, the look-ups and the completion webhook show it. Most names are
//! INFERRED from the predictive dialer's record.

use serde_json::{Map, Value, json};

use super::{Record, hex, link_name, spaced, with_offset};
use crate::sim::{
    plan::{Call, turns},
    text::{Role, TEMPLATES},
    view::View,
};

/// How one template's records differ from another's: all of these forms occur at the vendor.
#[derive(Clone, Copy)]
struct Style {
    /// `phoneNumber` in place of `callee`.
    phone_number: bool,
    /// `recLink` in place of `reclink`.
    camel_link: bool,
    /// Times with an offset.
    offset: bool,
    /// Numbers written as strings.
    text_numbers: bool,
}

impl Style {
    fn of(view: &View<'_>) -> Self {
        let at = TEMPLATES.iter().position(|t| t.id == view.workflow.template.id).unwrap_or(0);
        Self {
            phone_number: at % 4 == 3,
            camel_link: at % 3 == 2,
            offset: at % 2 == 1,
            text_numbers: at % 5 == 4,
        }
    }

    fn time(self, at: Option<i64>) -> String {
        at.map_or_else(String::new, if self.offset { with_offset } else { spaced })
    }

    fn number(self, value: i64) -> Value {
        if self.text_numbers { value.to_string().into() } else { value.into() }
    }
}

/// Why nobody answered, as the record's `talkResult` words it (ASSUMED; only `Connected` is seen).
fn result_word(call: &Call) -> &'static str {
    match (call.ending, call.hangup) {
        (Some(_), _) => "Connected",
        (None, 3) => "Busy",
        (None, 4) => "Not In Use",
        (None, 6) => "Switched Off",
        (None, 7) => "Out Of Area",
        (None, 8) => "Invalid Number",
        (None, 16) => "Answering Machine",
        (None, _) => "No Answer",
    }
}

pub(crate) fn call(view: &View<'_>, call: &Call) -> Value {
    let style = Style::of(view);
    let over = call.end <= view.now;
    let node = view.node(call.node);
    let by_now = |at: i64| Some(at).filter(|at| *at <= view.now);
    let answered = call.ending.and_then(|_| by_now(call.rung));
    let number = if style.phone_number { "phoneNumber" } else { "callee" };
    let link = if style.camel_link { "recLink" } else { "reclink" };
    let mut record = Record::new(view.script.known_only)
        .known("workflow_id", hex(view.workflow.id))
        .known("workflow_name", view.workflow.name.clone())
        .known("nodetask_id", node.map_or_else(String::new, |n| hex(n.id)))
        .known("nodetask_name", node.map_or("", |n| n.name))
        .known("case_id", view.case_id(call.entry))
        .guess("taskId", node.map_or_else(String::new, |n| hex(n.task)))
        .guess("callid", hex(call.id))
        .guess(number, view.callee(call.entry))
        .guess("nthCall", style.number(i64::from(call.round)))
        .guess("calltime", style.time(Some(call.start)))
        .guess("ringtime", style.time(by_now(call.start + 2_000)))
        .guess("answertime", style.time(answered))
        .guess("endtime", style.time(by_now(call.end)))
        .guess("talkResult", if over { result_word(call) } else { "" })
        .guess(link, if over { recording(view, call) } else { String::new() });
    if over {
        record = record
            .guess("hangupReason", style.number(i64::from(call.hangup)))
            .guess("talk_duration", style.number(call.talk_ms() / 1000));
    }
    match call.ending.filter(|_| over) {
        Some(_) => words(view, call, record, style).done(),
        None => record.done(),
    }
}

/// The link to the recording, empty where there is none.
pub(crate) fn recording(view: &View<'_>, call: &Call) -> String {
    if has_recording(call) {
        format!("{}/recordings/{}", view.script.base_url, link_name(call.id))
    } else {
        String::new()
    }
}

/// Calls of a few seconds have none, nor have some others.
pub(crate) fn has_recording(call: &Call) -> bool {
    call.ending.is_some() && !call.is_short() && !call.branch.child("lost", 0).draws().chance(0.04)
}

fn words(view: &View<'_>, call: &Call, record: Record, style: Style) -> Record {
    let Some(ending) = call.ending else { return record };
    let facts = view.facts(call.entry);
    let turns = turns(call, view.workflow.template, &facts);
    let filled: Map<String, Value> = match call.is_short() {
        true => Map::new(),
        false => ending
            .slots
            .iter()
            .map(|(name, value)| ((*name).to_owned(), facts.fill(value, call.branch).into()))
            .collect(),
    };
    let label = if call.is_short() { "Hung up early" } else { ending.label };
    let rounds = i64::try_from(turns.len() / 2).unwrap_or(0).max(1);
    let record = record
        .guess("talk_round", style.number(rounds))
        .guess("intention", if call.is_short() { "F" } else { ending.letter })
        .guess("event_label", json!({ "EventLabel": label }))
        .guess("ner_slots", filled);
    if call.branch.child("silent", 0).draws().chance(0.05) {
        return record;
    }
    let dialogue: Vec<Value> = turns
        .into_iter()
        .map(|turn| {
            let role = if turn.role == Role::Robot { "robot" } else { "user" };
            json!({ "role": role, "text": turn.text, "start_ms": turn.start_ms, "end_ms": turn.end_ms })
        })
        .collect();
    record.guess("dialogue", dialogue)
}

/// One row of the calls of a person.
pub(crate) fn call_row(view: &View<'_>, row: &Call) -> Option<Value> {
    Some(call(view, row))
}

/// One row of all the recordings of a number; `None` where the call has none.
pub(crate) fn recording_row(view: &View<'_>, call: &Call) -> Option<Value> {
    let link = recording(view, call);
    if link.is_empty() || call.end > view.now {
        return None;
    }
    let row = Record::new(view.script.known_only)
        .known("workflow_id", hex(view.workflow.id))
        .guess("callid", hex(call.id))
        .guess("callee", view.callee(call.entry))
        .guess("nthCall", call.round)
        .guess("calltime", with_offset(call.start))
        .guess("reclink", link);
    Some(row.done())
}
