//! The predictive dialer's tasks (names OBSERVED): some workflows hand their willing callees to human
//! agents, each through a task of its own.

use serde_json::Value;

use super::{Record, hex, with_offset};
use crate::sim::{plan::State, view::View};

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
