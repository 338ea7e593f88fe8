//! What the predictive dialer answers: tasks, their calls, a recording's link (names and codes OBSERVED).

use serde_json::{Value, json};

use super::{
    ask::{Asked, Question},
    faults::Fault,
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
        let view = self.dialer_task_named(question.text("taskId"))?;
        let calls: Vec<_> = view.calls().filter(|call| wire::is_dialed(&view, call)).collect();
        page(&calls, question, repeats, |call| wire::dialer_call(&view, call))
    }

    fn dialer_task_named(&self, id: Option<&str>) -> Result<View<'_>, Failure> {
        let id = id.and_then(read_hex);
        let mut views = self.views().filter(|v| wire::is_dialer(v.workflow.index));
        let view = views.find(|v| Some(wire::dialer_id(v)) == id);
        view.ok_or_else(|| Failure::inside(10_506, "task not found"))
    }

    /// Contacts that are still to be called are not called any more; the answer names them.
    pub(crate) fn cancel_contacts(
        &mut self,
        question: &Question,
        asked: &mut Asked,
    ) -> Result<Value, Failure> {
        let named = question.text("contactList").unwrap_or_default();
        let list: Vec<Value> = serde_json::from_str(named).unwrap_or_default();
        let numbers: Vec<u64> = list.iter().filter_map(digits).collect();
        if numbers.is_empty() {
            return Err(Failure::inside(10_510, "incorrect number"));
        }
        let view = self.dialer_task_named(question.text("TaskID"))?;
        if view.state().is_over() {
            return Err(Failure::inside(10_513, "the task is finished"));
        }
        let waits = |entry: &usize| {
            let mut calls = view.workflow.calls.iter().filter(|c| c.entry == *entry);
            calls.any(|call| call.start > self.now && wire::is_dialed(&view, call))
        };
        let entries = view.workflow.entries.iter().enumerate();
        let named = entries.filter(|(_, e)| numbers.contains(&e.number)).map(|(at, _)| at);
        let cancelled: Vec<usize> = named.filter(waits).collect();
        let told: Vec<String> = cancelled.iter().map(|entry| view.callee(*entry)).collect();
        let index = view.workflow.index;
        if !self.strikes(Fault::NoEffect, asked)
            && let Some(acts) = self.acts.get_mut(index)
        {
            asked.effect = !cancelled.is_empty();
            acts.contacts.extend(cancelled.into_iter().map(|entry| (entry, self.now)));
        }
        Ok(json!({ "contactList": told }))
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

/// Of a number as text, with or without `+`, or as an integer.
fn digits(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.trim().trim_start_matches('+').parse().ok(),
        other => other.as_u64(),
    }
}
