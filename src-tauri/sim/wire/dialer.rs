//! The predictive dialer's tasks and calls (names OBSERVED): some workflows hand their willing callees to human
//! agents, each through a task of its own.

use serde_json::Value;

use super::{Record, hex, with_offset};
use crate::sim::{
    plan::{Call, State},
    view::View,
};

/// Whether the workflow at that place has a dialer task.
pub(crate) fn is_dialer(index: usize) -> bool {
    index.is_multiple_of(5)
}

pub(crate) fn dialer_id(view: &View<'_>) -> u128 {
    view.workflow.branch.child("dialer", 0).id()
}

/// The dialer's word for the workflow's state.
pub(crate) fn dialer_state(view: &View<'_>) -> &'static str {
    match view.state() {
        State::UnderReview => "Creating",
        State::NotStarted => "Not Started",
        State::Running | State::Stopping => "Running",
        State::Paused => "Paused",
        State::Stopped | State::Failed => "Cancelled",
        State::Finished => "Finished",
    }
}

pub(crate) fn dialer_task(view: &View<'_>) -> Value {
    let started = view.started_at().map_or_else(String::new, with_offset);
    Record::new(view.script.known_only)
        .known("taskId", hex(dialer_id(view)))
        .known("name", format!("{} / agents", view.workflow.name))
        .known("groupName", view.workflow.template.brand)
        .known("state", dialer_state(view))
        .known("source", "workflow")
        .known("actualStartTime", started)
        .done()
}

/// Whether the dialer handed the call to an agent.
pub(crate) fn is_dialed(view: &View<'_>, call: &Call) -> bool {
    let cancelled = view.acts.contacts.get(&call.entry).is_some_and(|at| call.start >= *at);
    is_dialer(view.workflow.index) && call.ending.is_some() && call.entry % 5 == 2 && !cancelled
}

/// A row of a task's calls. Times have an offset, and what has not happened has an empty one.
pub(crate) fn dialer_call(view: &View<'_>, call: &Call) -> Value {
    let over = call.end <= view.now;
    let time = |at: i64| if at <= view.now { with_offset(at) } else { String::new() };
    let record = Record::new(view.script.known_only)
        .known("taskId", hex(dialer_id(view)))
        .known("taskName", format!("{} / agents", view.workflow.name))
        .known("callid", hex(call.id))
        .known("phoneNumber", view.callee(call.entry))
        .known("nthCall", i64::from(call.round))
        .known("calltime", time(call.start))
        .known("ringtime", time(call.start + 1_000))
        .known("answertime", time(call.rung))
        .known("talktime", time(call.rung))
        .known("endtime", time(call.end));
    if over {
        record
            .known("talkResult", "Connected")
            .known("callResultType", "talked")
            .known("hangupReason", i64::from(call.hangup))
            .known("reclink", super::recording(view, call))
            .done()
    } else {
        record.known("talkResult", "").done()
    }
}
