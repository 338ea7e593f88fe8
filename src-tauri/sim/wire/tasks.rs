//! Calling tasks, plans and what belongs to them. The tasks API writes its names in Pascal case; but
//! for `TaskID` (OBSERVED, in requests) every name of a record is ASSUMED.

use serde_json::Value;

use super::{Record, call, hex, recording, spaced, with_offset};
use crate::sim::{
    branch::Branch,
    plan::{Call, State},
    script::Script,
    tasks::{Dialled, STRATEGIES},
    text::Template,
    view::View,
};

fn time(at: Option<i64>) -> String {
    at.map_or_else(String::new, spaced)
}

pub(crate) fn calling_task(dialled: &Dialled, view: &View<'_>) -> Value {
    let node = dialled.work.nodes.first();
    let counts = node.map(|node| view.counts(0, node)).unwrap_or_default();
    let record = Record::new(view.script.known_only)
        .known("TaskID", hex(dialled.task_id()))
        .guess("TaskName", view.workflow.name.clone())
        .guess("Status", view.state().task_word())
        .guess("Total", view.workflow.entries.len())
        .guess("Finished", view.finished())
        .guess("Connected", counts.connected)
        .guess("CreateTime", spaced(view.workflow.life.created))
        .guess("StartTime", time(view.started_at()))
        .guess("EndTime", time(view.over_at()));
    line(record, dialled).done()
}

/// One line as text, two as a list, none not at all.
fn line(record: Record, dialled: &Dialled) -> Record {
    match dialled.lines.as_slice() {
        [] => record,
        [one] => record.guess("BusinessLine", *one),
        several => record.guess("BusinessLine", several),
    }
}

pub(crate) fn plan(dialled: &Dialled, view: &View<'_>) -> Value {
    let way = STRATEGIES.get(view.workflow.index % STRATEGIES.len()).copied().unwrap_or("");
    let record = Record::new(view.script.known_only)
        .guess("PlanID", hex(dialled.work.id))
        .guess("PlanName", view.workflow.name.clone())
        .guess("PlanStatus", view.state().task_word())
        .guess("StrategyName", way)
        .guess("Total", view.workflow.entries.len())
        .guess("Finished", view.finished())
        .guess("CreateTime", spaced(view.workflow.life.created))
        .guess("StartTime", time(view.started_at()))
        .guess("EndTime", time(view.over_at()));
    line(record, dialled).done()
}

/// What a round of a plan has done so far.
pub(crate) struct RoundNow {
    pub dialled: usize,
    pub reached: usize,
    pub state: State,
    pub start: i64,
    pub end: Option<i64>,
}

/// `None` before its first call.
pub(crate) fn round_now(view: &View<'_>, round: u8) -> Option<RoundNow> {
    let of = |round: u8| view.calls().filter(move |c| c.round == round);
    let start = of(round).map(|c| c.start).min()?;
    let reached = of(round).filter(|c| c.ending.is_some() && c.rung <= view.now).count();
    let next = (round < 3).then(|| of(round + 1).map(|c| c.start).min()).flatten();
    let last = of(round).map(|c| c.end).max().filter(|end| *end <= view.now);
    let end = last.filter(|_| next.is_some() || view.over_at().is_some());
    let state = if next.is_some() && end.is_some() { State::Finished } else { view.state() };
    Some(RoundNow { dialled: of(round).count(), reached, state, start, end })
}

pub(crate) fn round(dialled: &Dialled, view: &View<'_>, round: u8) -> Option<Value> {
    let now = round_now(view, round)?;
    let record = Record::new(view.script.known_only)
        .guess("PlanID", hex(dialled.work.id))
        .guess("Round", round)
        .guess("TaskID", hex(dialled.round_id(round)))
        .guess("Status", now.state.task_word())
        .guess("Dialed", now.dialled)
        .guess("Connected", now.reached)
        .guess("StartTime", spaced(now.start))
        .guess("EndTime", time(now.end));
    Some(record.done())
}

/// A row of a task's details: a call without what only a workflow's has.
pub(crate) fn task_call(dialled: &Dialled, view: &View<'_>, of: &Call) -> Value {
    let mut row = call(view, of);
    if let Some(fields) = row.as_object_mut() {
        for name in ["workflow_id", "workflow_name", "nodetask_id", "nodetask_name"] {
            fields.remove(name);
        }
        if fields.contains_key("taskId") {
            fields.insert("taskId".to_owned(), hex(dialled.task_of(of)).into());
        }
    }
    row
}

pub(crate) fn sound_of_plan(dialled: &Dialled, view: &View<'_>, call: &Call) -> Value {
    Record::new(view.script.known_only)
        .guess("callid", hex(call.id))
        .guess("callee", view.callee(call.entry))
        .guess("taskId", hex(dialled.task_of(call)))
        .guess("nthCall", call.round)
        .guess("calltime", with_offset(call.start))
        .guess("reclink", recording(view, call))
        .done()
}

pub(crate) fn robot(template: &Template, script: &Script) -> Value {
    Record::new(script.known_only)
        .guess("RobotID", (template.id + 500).to_string())
        .guess("RobotName", format!("{} / voice", template.name))
        .done()
}

pub(crate) fn strategy(root: Branch, at: u64, name: &str) -> Value {
    let id = hex(root.child("strategy", at).id());
    Record::new(false).known("StrategyID", id).known("StrategyName", name).done()
}
