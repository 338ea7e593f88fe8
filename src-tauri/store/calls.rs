//! How a call lies in its table: what a list needs in columns, the rest packed.

use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;

use super::{
    cells::{Cells, Columns},
    error::unreadable,
    raw,
    records::{fill, fill_lists},
};
use crate::domain::{
    call::{Call, CallDetail, Turn},
    ids::{AccountId, CallId, Callee, NodeId, TaskId, WorkflowId},
    workflow::Source,
};

/// Columns of a call's own, in the order of [`cells`].
pub(super) const COLUMNS: [&str; 13] = [
    "callee",
    "case_id",
    "result",
    "connected",
    "hangup",
    "round",
    "called_at",
    "answered_at",
    "ended_at",
    "talk_ms",
    "turns",
    "intention",
    "flags",
];

/// What [`read`] expects of a query over `calls c`; `from` joins what it names.
pub(super) const SELECT: &str = "a.account, c.id, k.id, p.workflow_name, p.node, p.node_name, \
    p.task, p.task_name, c.source, c.callee, c.case_id, c.result, c.connected, c.hangup, c.round, \
    c.called_at, c.answered_at, c.ended_at, c.talk_ms, c.turns, c.intention, c.flags";

pub(super) const JOINS: &str = "JOIN accounts a ON a.n = c.account \
    JOIN places p ON p.n = c.place LEFT JOIN workflow_keys k ON k.n = c.workflow";

const ZONE_ASSUMED: i64 = 1;
const HAS_RECORDING: i64 = 2;

/// The head line of a call's `rest`.
#[derive(Default, Serialize, Deserialize)]
struct Head {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recording: Option<String>,
    #[serde(flatten)]
    detail: CallDetail,
}

pub(super) struct HeldCall {
    pub account: AccountId,
    pub call: Call,
    pub source: Source,
}

pub(super) fn cells<'a>(call: &'a Call, cells: &mut Cells<'a>) {
    let zone = if call.zone_assumed { ZONE_ASSUMED } else { 0 };
    let recording = if call.recording.is_some() { HAS_RECORDING } else { 0 };
    cells
        .number(call.callee.as_ref())
        .text(call.case_id.as_deref())
        .text(call.result.as_deref())
        .int(call.connected.map(i64::from))
        .text(call.hangup.as_deref())
        .int(call.round)
        .time(call.called_at)
        .time(call.answered_at)
        .time(call.ended_at)
        .int(call.talk_ms)
        .int(call.turns)
        .text(call.intention.as_deref())
        .int(Some(zone | recording));
}

/// Hash of all that is stored of a call; it is taken of every call that comes in, so it allocates
/// nothing.
pub(super) fn hash<'a>(call: &'a Call, raw: &str, into: &mut Cells<'a>, ink: &mut Vec<u8>) -> i64 {
    into.clear();
    into.text(call.workflow.as_ref().map(WorkflowId::as_str))
        .text(call.workflow_name.as_deref())
        .text(call.node.as_ref().map(NodeId::as_str))
        .text(call.node_name.as_deref())
        .text(call.task.as_ref().map(TaskId::as_str))
        .text(call.task_name.as_deref())
        .text(call.recording.as_deref());
    cells(call, into);
    for pairs in [&call.detail.labels, &call.detail.slots] {
        into.int(i64::try_from(pairs.len()).ok());
        for (name, value) in pairs {
            into.text(Some(name)).text(Some(value));
        }
    }
    for turn in &call.detail.dialogue {
        into.text(Some(&turn.role)).text(Some(&turn.text)).int(turn.start_ms).int(turn.end_ms);
    }
    into.hash(ink, &[raw])
}

pub(super) fn head(call: &Call) -> String {
    let detail = &call.detail;
    if call.recording.is_none()
        && detail.labels.is_empty()
        && detail.slots.is_empty()
        && detail.dialogue.is_empty()
    {
        return String::new();
    }
    let head = Head { recording: call.recording.clone(), detail: detail.clone() };
    // Texts, pairs of texts and integers: there is nothing in it that JSON could not hold.
    serde_json::to_string(&head).unwrap_or_default()
}

/// Shorter values are not worth a slot.
const SLOT_FROM: usize = 6;

/// Values that stand in columns anyway, each with the control character that stands for it in the
/// packed JSON. JSON has no such characters of its own; where a text does, [`LITERAL`] goes before it.
fn slots(call: &Call) -> [(char, &str); 9] {
    [
        ('\u{1}', call.id.as_str()),
        ('\u{2}', call.workflow.as_ref().map_or("", WorkflowId::as_str)),
        ('\u{3}', call.node.as_ref().map_or("", NodeId::as_str)),
        ('\u{4}', call.task.as_ref().map_or("", TaskId::as_str)),
        ('\u{5}', call.callee.as_ref().map_or("", Callee::full)),
        ('\u{6}', call.case_id.as_deref().unwrap_or("")),
        ('\u{7}', call.workflow_name.as_deref().unwrap_or("")),
        ('\u{8}', call.node_name.as_deref().unwrap_or("")),
        ('\u{b}', call.task_name.as_deref().unwrap_or("")),
    ]
}

const LITERAL: char = '\u{e}';

fn is_mark(c: char) -> bool {
    matches!(c, '\u{1}'..='\u{8}' | '\u{b}' | LITERAL)
}

/// The JSON without the ids, names and numbers that the row's columns have: random digits are what
/// compresses worst. Only whole parts between quotation marks are looked at.
pub(super) fn leave_out(call: &Call, raw: &str) -> String {
    let slots = slots(call);
    let mut text = String::with_capacity(raw.len());
    for (at, part) in raw.split('"').enumerate() {
        if at > 0 {
            text.push('"');
        }
        let slot = slots.iter().find(|(_, value)| part.len() >= SLOT_FROM && *value == part);
        match slot {
            Some((mark, _)) => text.push(*mark),
            None if part.contains(is_mark) => part.chars().for_each(|c| {
                text.extend(is_mark(c).then_some(LITERAL));
                text.push(c);
            }),
            None => text.push_str(part),
        }
    }
    text
}

/// The reverse of [`leave_out`].
fn put_back(call: &Call, packed: &str) -> String {
    let slots = slots(call);
    let mut raw = String::with_capacity(packed.len() * 2);
    let mut chars = packed.chars();
    while let Some(c) = chars.next() {
        match slots.iter().find(|(mark, _)| *mark == c) {
            Some((_, value)) => raw.push_str(value),
            None if c == LITERAL => raw.extend(chars.next()),
            None => raw.push(c),
        }
    }
    raw
}

/// What was said in a call, from its packed part alone.
pub(super) fn dialogue(rest: &[u8]) -> sqlx::Result<Vec<Turn>> {
    let (head, _) = raw::unpack(rest)?;
    if head.is_empty() {
        return Ok(Vec::new());
    }
    let head: Head = serde_json::from_str(&head)
        .map_err(|error| unreadable(format!("a call's detail: {error}")))?;
    Ok(head.detail.dialogue)
}

/// A call without its packed part.
pub(super) fn read(row: &SqliteRow) -> sqlx::Result<HeldCall> {
    read_columns(&mut Columns::of(row))
}

/// A call and its JSON: [`SELECT`] followed by `rest`.
pub(super) fn read_whole(row: &SqliteRow) -> sqlx::Result<(HeldCall, String)> {
    let mut columns = Columns::of(row);
    let mut held = read_columns(&mut columns)?;
    let (head, raw) = raw::unpack(columns.bytes()?)?;
    if !head.is_empty() {
        let head: Head = serde_json::from_str(&head)
            .map_err(|error| unreadable(format!("a call's detail: {error}")))?;
        held.call.recording = head.recording;
        held.call.detail = head.detail;
    }
    let raw = put_back(&held.call, &raw);
    Ok((held, raw))
}

fn read_columns(columns: &mut Columns<'_>) -> sqlx::Result<HeldCall> {
    let account = AccountId::new(columns.words()?);
    let id = CallId::new(columns.words()?);
    let workflow = columns.text()?.map(WorkflowId::new);
    let workflow_name = columns.text()?;
    let node = columns.text()?.map(NodeId::new);
    let node_name = columns.text()?;
    let task = columns.text()?.map(TaskId::new);
    let task_name = columns.text()?;
    let source = columns.source()?;
    let mut call = Call {
        id,
        workflow,
        workflow_name,
        node,
        node_name,
        task,
        task_name,
        callee: columns.number()?,
        case_id: columns.text()?,
        result: columns.text()?,
        connected: columns.flag()?,
        hangup: columns.text()?,
        round: columns.int()?,
        called_at: columns.time()?,
        answered_at: columns.time()?,
        ended_at: columns.time()?,
        talk_ms: columns.int()?,
        turns: columns.int()?,
        intention: columns.text()?,
        recording: None,
        zone_assumed: false,
        detail: CallDetail::default(),
    };
    let flags = columns.whole()?;
    call.zone_assumed = flags & ZONE_ASSUMED != 0;
    call.recording = (flags & HAS_RECORDING != 0).then(String::new);
    Ok(HeldCall { account, call, source })
}

/// `newer` with what only `older` says. A call has no time of its own at which it was true, so the
/// one that comes later is the newer one.
pub(super) fn over(mut newer: Call, older: Call) -> Call {
    let says_times = newer.called_at.or(newer.answered_at).or(newer.ended_at).is_some();
    if !says_times {
        newer.zone_assumed = older.zone_assumed;
    }
    fill!(newer from older: workflow, workflow_name, node, node_name, task, task_name, callee,
        case_id, result, connected, hangup, round, called_at, answered_at, ended_at, talk_ms,
        turns, intention, recording);
    fill_lists!(newer.detail, older.detail; labels, slots, dialogue);
    newer
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::tests::sample::call;

    proptest! {
        #[test]
        fn any_text_comes_back_as_it_was(
            id in "[a-f0-9\u{1}\u{e}\"]{0,12}",
            parts in prop::collection::vec("[a-f0-9\u{1}-\u{f}\\\\]{0,8}|.{0,8}", 0..8),
        ) {
            let call = call(&id);
            let raw = format!("{}\"{id}\"{id}", parts.join("\""));
            prop_assert_eq!(put_back(&call, &leave_out(&call, &raw)), raw);
        }
    }

    #[test]
    fn ids_are_left_out() {
        let call = call("e7a2f6c40b9d4815a3f1c86e2d5b7094");
        let raw = r#"{"callid":"e7a2f6c40b9d4815a3f1c86e2d5b7094"}"#;
        assert_eq!(leave_out(&call, raw), "{\"callid\":\"\u{1}\"}");
    }
}
