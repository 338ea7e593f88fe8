//! What the predictive dialer answers: tasks, their calls, a recording's link (names and codes OBSERVED).

use serde_json::{Value, json};

use super::{
    ask::Question,
    list::{Repeats, page, within},
    reply::Failure,
    view::View,
    wire::{self, read_hex},
    world::{Place, World},
};

impl World {
    /// Newest first.
    pub(crate) fn dialer_tasks_listed(
        &self,
        question: &Question,
        repeats: Repeats,
    ) -> Result<Value, Failure> {
        let (from, to) = (question.time("minstarttime"), question.time("maxstarttime"));
        let state = question.text("state");
        let mut tasks: Vec<View<'_>> = self
            .views()
            .filter(|v| wire::is_dialer(v.workflow.index))
            .filter(|v| within(v.workflow.life.started, from, to))
            .filter(|v| state.is_none_or(|word| wire::dialer_state(v) == word))
            .collect();
        tasks.sort_by_key(|v| std::cmp::Reverse((v.workflow.life.started, v.workflow.index)));
        page(&tasks, question, repeats, wire::dialer_task)
    }

    /// By the time of the call.
    pub(crate) fn dialer_calls_listed(
        &self,
        question: &Question,
        repeats: Repeats,
    ) -> Result<Value, Failure> {
        let id = question.text("taskId").and_then(read_hex);
        let mut views = self.views().filter(|v| wire::is_dialer(v.workflow.index));
        let view = views.find(|v| Some(wire::dialer_id(v)) == id);
        let view = view.ok_or_else(|| Failure::inside(10_506, "task not found"))?;
        let calls: Vec<_> = view.calls().filter(|call| wire::is_dialed(&view, call)).collect();
        page(&calls, question, repeats, |call| wire::dialer_call(&view, call))
    }

    pub(crate) fn dialer_recording(&self, question: &Question) -> Result<Value, Failure> {
        let named = question.text("callid");
        let id = named.ok_or_else(|| Failure::inside(10_608, "CallID is null"))?;
        let invalid = || Failure::inside(10_609, "CallID is invalid");
        let place = read_hex(id).and_then(|id| self.places.get(&id));
        let Some(Place::Call(index, at)) = place else { return Err(invalid()) };
        let view = self.view(*index).ok_or_else(invalid)?;
        let call = view.workflow.calls.get(*at).filter(|call| wire::is_dialed(&view, call));
        let call = call.filter(|call| view.begun(call.entry, call.start)).ok_or_else(invalid)?;
        if call.end > view.now {
            return Err(Failure::inside(10_611, "the call is not finished"));
        }
        match wire::recording(&view, call) {
            link if link.is_empty() => Err(Failure::inside(10_516, "no recordings")),
            link => Ok(json!({ "link": link })),
        }
    }
}
