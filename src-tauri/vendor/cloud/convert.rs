//! Rows of the Cloud family as domain records. A row without its id is no record; everything else may
//! be missing. Nothing that the vendor did not send is made up.

use super::wire::*;
use crate::{
    domain::{
        call::{Call, CallDetail, Turn},
        ids::{
            CallId, Callee, EntryId, MessageId, NodeId, TaskId, TemplateId, WabaTaskId, WorkflowId,
        },
        status::Status,
        time::{Timestamp, Zone},
        waba::{WabaMessage, WabaTask},
        workflow::{Node, OutboundTask, Template, Workflow},
    },
    vendor::{
        fields::{RecordKind, Unit},
        listing::Context,
        record::{Names, Record},
        time::ReadTime,
    },
};

pub(super) type Row<T> = Result<T, &'static str>;

pub fn template(row: &Record<'_>) -> Row<Template> {
    let id = row.text(OWN_TEMPLATE_ID).ok_or("it has no template id")?;
    Ok(Template { id: TemplateId::new(id), name: row.text(OWN_TEMPLATE_NAME) })
}

pub fn workflow(row: &Record<'_>, context: &Context<'_>) -> Row<Workflow> {
    let id = row.text(WORKFLOW_ID).ok_or("it has no workflow_id")?;
    Ok(Workflow {
        id: WorkflowId::new(id),
        name: row.text(OWN_WORKFLOW_NAME),
        template: row.text(TEMPLATE_ID).map(TemplateId::new),
        template_name: row.text(TEMPLATE_NAME),
        status: status(row, STATUS, context, RecordKind::Workflow),
        created_at: instant(row, CREATE_TIME, context.zone),
        started_at: instant(row, START_TIME, context.zone),
        ended_at: instant(row, END_TIME, context.zone),
        total: row.int(TOTAL),
        finished: row.int(FINISHED),
        as_of: context.received_at,
    })
}

pub fn node(row: &Record<'_>, context: &Context<'_>, asked: &WorkflowId) -> Row<Node> {
    let id = row.text(NODE_ID).ok_or("it has no nodetask_id")?;
    Ok(Node {
        id: NodeId::new(id),
        workflow: workflow_of(row).unwrap_or_else(|| asked.clone()),
        name: row.text(NODE_NAME),
        node_type: row.text(NODE_TYPE),
        task: row.text(TASK_ID).map(TaskId::new),
        status: status(row, TASK_STATUS, context, RecordKind::Node),
        started_at: instant(row, START_TIME, context.zone),
        ended_at: instant(row, END_TIME, context.zone),
        total: row.int(TOTAL),
        finished: row.int(FINISHED),
        as_of: context.received_at,
    })
}

pub fn outbound_task(
    row: &Record<'_>,
    context: &Context<'_>,
    asked: &WorkflowId,
) -> Row<OutboundTask> {
    let id = row.text(TASK_ID).ok_or("it has no task_id")?;
    Ok(OutboundTask {
        id: TaskId::new(id),
        workflow: workflow_of(row).unwrap_or_else(|| asked.clone()),
        name: row.text(OWN_TASK_NAME),
        node: row.text(NODE_ID).map(NodeId::new),
        node_name: row.text(NODE_NAME),
        status: status(row, TASK_STATUS, context, RecordKind::Task),
        total: row.int(TOTAL),
        finished: row.int(FINISHED),
        connected: row.int(CONNECTED),
        started_at: instant(row, START_TIME, context.zone),
        ended_at: instant(row, END_TIME, context.zone),
        as_of: context.received_at,
    })
}

pub fn call(row: &Record<'_>, context: &Context<'_>) -> Row<Call> {
    let id = row.text(CALL_ID).ok_or("it has no callid")?;
    call_with_id(row, context, CallId::new(id)).ok_or("it has no field of a call")
}

/// A call whose id is known from elsewhere; `None` when nothing in the row is a call's.
pub fn call_with_id(row: &Record<'_>, context: &Context<'_>, id: CallId) -> Option<Call> {
    let own = [CALL_ID, CALLEE, TALK_RESULT, CALL_TIME, TALK_DURATION, RECORDING, TASK_ID];
    if !own.iter().any(|names| row.has(names)) {
        return None;
    }
    let result = row.text(TALK_RESULT);
    let talk_ms = talk_ms(row);
    let times = [CALL_TIME, ANSWER_TIME, CALL_END_TIME].map(|names| row.time(names, context.zone));
    let [called_at, answered_at, ended_at] = times.map(|time| time.map(|t| t.at));
    let assumed = |time: &Option<ReadTime>| time.is_some_and(|t| t.zone_assumed);
    Some(Call {
        id,
        workflow: workflow_of(row),
        workflow_name: row.text(WORKFLOW_NAME),
        node: row.text(NODE_ID).map(NodeId::new),
        node_name: row.text(NODE_NAME),
        task: row.text(TASK_ID).map(TaskId::new),
        task_name: row.text(TASK_NAME),
        callee: row.text(CALLEE).map(Callee::new),
        case_id: row.text(CASE_ID),
        connected: connected(result.as_deref(), talk_ms, context),
        result: result.or_else(|| row.text(CALL_RESULT_TYPE)),
        hangup: row.text(HANGUP),
        round: row.int(NTH_CALL),
        called_at,
        answered_at,
        ended_at,
        talk_ms,
        turns: row.int(TALK_ROUND),
        intention: row.text(INTENTION),
        recording: row.text(RECORDING),
        zone_assumed: times.iter().any(assumed),
        detail: CallDetail {
            labels: [row.pairs(LABELS), row.pairs(CUSTOM_RESULTS)].concat(),
            slots: row.pairs(SLOTS),
            dialogue: dialogue(row, context),
        },
    })
}

/// `Connected` is the only word seen (OBSERVED in the predictive dialer's records); the ones below are
/// ASSUMED to deny it; the profile's words stand over both. Where the word does not tell, a talk time does.
fn connected(result: Option<&str>, talk_ms: Option<i64>, context: &Context<'_>) -> Option<bool> {
    if let Some(told) = result.and_then(|word| context.profile.connected_word(word)) {
        return Some(told);
    }
    match result {
        Some(word) if is_one_of(word, &["connected"]) => Some(true),
        Some(word) if is_one_of(word, NOT_CONNECTED) => Some(false),
        _ => talk_ms.map(|ms| ms > 0),
    }
}

const NOT_CONNECTED: &[&str] = &[
    "notconnected",
    "unconnected",
    "noanswer",
    "unanswered",
    "notanswered",
    "busy",
    "failed",
    "unreached",
    "rejected",
    "switchedoff",
    "poweroff",
    "outofarea",
    "invalid",
    "invalidnumber",
    "notinuse",
    "cancelled",
    "canceled",
];

/// Whatever case, spaces and separators the word is written with.
fn is_one_of(word: &str, plain: &[&str]) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
    plain.iter().any(|known| letters().eq(known.chars()))
}

/// A number above this is no duration but a time.
const LONGEST_TALK_MS: i64 = 86_400_000;

fn talk_ms(row: &Record<'_>) -> Option<i64> {
    let ms = row.millis(TALK_DURATION, Unit::S).or_else(|| row.millis(TALK_TIME, Unit::S))?;
    (0..LONGEST_TALK_MS).contains(&ms).then_some(ms)
}

fn dialogue(row: &Record<'_>, context: &Context<'_>) -> Vec<Turn> {
    let map = context.profile.element_map(RecordKind::Call);
    let turns = row.list(DIALOGUE).into_iter().filter_map(|turn| {
        let mut turn = Record::parse(turn.get()).ok()?;
        turn.lay(map);
        Some(turn)
    });
    turns
        .map(|turn| Turn {
            role: turn.text(ROLE).unwrap_or_default(),
            text: turn.text(TEXT).unwrap_or_default(),
            start_ms: turn.millis(START_MS, Unit::Ms),
            end_ms: turn.millis(END_MS, Unit::Ms),
        })
        .collect()
}

pub fn waba_task(row: &Record<'_>, context: &Context<'_>, asked: &WorkflowId) -> Row<WabaTask> {
    let id = row.text(WABA_TASK_ID).ok_or("it has no waba_task_id")?;
    Ok(WabaTask {
        id: WabaTaskId::new(id),
        workflow: workflow_of(row).unwrap_or_else(|| asked.clone()),
        node: row.text(NODE_ID).map(NodeId::new),
        node_name: row.text(NODE_NAME),
        template_name: row.text(WABA_TEMPLATE_NAME),
        template_id: row.text(WABA_TEMPLATE_ID),
        status: status(row, TASK_STATUS, context, RecordKind::WabaTask),
        total: row.int(TOTAL),
        sent: row.int(SENT),
        delivered: row.int(DELIVERED),
        read: row.int(READ),
        replied: row.int(REPLIED),
        failed: row.int(FAILED),
        as_of: context.received_at,
    })
}

pub fn waba_message(
    row: &Record<'_>,
    context: &Context<'_>,
    asked: &WabaTaskId,
) -> Row<WabaMessage> {
    let id = row.text(MESSAGE_ID).ok_or("it has no msg_id")?;
    let zone = context.zone;
    Ok(WabaMessage {
        id: MessageId::new(id),
        task: row.text(WABA_TASK_ID).map_or_else(|| asked.clone(), WabaTaskId::new),
        workflow: workflow_of(row),
        entry: row.text(ENTRY_ID).map(EntryId::new),
        callee: row.text(CALLEE).map(Callee::new),
        case_id: row.text(CASE_ID),
        status: row.text(STATUS),
        failure_code: row.text(FAILURE_CODE),
        failure_reason: row.text(FAILURE_REASON),
        sent_at: instant(row, SENT_TIME, zone),
        delivered_at: instant(row, DELIVERED_TIME, zone),
        read_at: instant(row, READ_TIME, zone),
        as_of: context.received_at,
    })
}

pub(super) fn status(
    row: &Record<'_>,
    names: Names,
    context: &Context<'_>,
    kind: RecordKind,
) -> Option<Status> {
    row.text(names).map(|written| context.profile.status(kind, written))
}

pub fn workflow_of(row: &Record<'_>) -> Option<WorkflowId> {
    row.text(WORKFLOW_ID).map(WorkflowId::new)
}

pub fn instant(row: &Record<'_>, names: Names, zone: Zone) -> Option<Timestamp> {
    row.time(names, zone).map(|time| time.at)
}
