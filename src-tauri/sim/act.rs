//! What a supervisor can ask for.

use serde_json::{Value, json};

use super::{
    ask::{Asked, Question},
    faults::Fault,
    plan::State,
    reply::Failure,
    view::{Acts, View},
    wire::read_hex,
    world::{Place, World},
};

/// A list that is dialled: a workflow, or what stands outside of any.
#[derive(Clone, Copy)]
enum Work {
    Flow(usize),
    Dialled(usize),
}

impl World {
    pub(crate) fn act(
        &mut self,
        key: &str,
        question: &Question,
        asked: &mut Asked,
    ) -> Result<Value, Failure> {
        match key {
            "workflow.stop" => self.stop(Work::Flow(self.workflow_named(question)?), asked),
            "workflow.cancel_list" => {
                let index = self.workflow_named(question)?;
                let entry = self.entry_named(index, question);
                self.cancel(Work::Flow(index), entry, asked)
            }
            "leads.cancel_call" => {
                if !self.names_leads(question.text("workflow_id")) {
                    return Err(Failure::inside(404, "it is not of Leads Generation"));
                }
                self.act("workflow.cancel_list", question, asked)
            }
            "task.cancel" | "plan.cancel" => {
                let work = self.dialled_named(key == "plan.cancel", question)?;
                match question.text("Action") {
                    Some("Stop") => self.stop(work, asked),
                    _ => Err(Failure::inside(500, "the action is not known")),
                }
            }
            "task.cancel_call" | "plan.cancel_call" => {
                let work = self.dialled_named(key == "plan.cancel_call", question)?;
                let number = question.phone("CalleeNumber");
                let entry = self.view_of(work).and_then(|view| {
                    view.workflow.entries.iter().position(|e| Some(e.number) == number)
                });
                self.cancel(work, entry, asked)
            }
            "chat.end" => self.end_session(question, asked),
            "pds.cancel" => self.cancel_contacts(question, asked),
            _ => Err(Failure::http(404, "not found")),
        }
    }

    pub(crate) fn workflow_named(&self, question: &Question) -> Result<usize, Failure> {
        let id = question
            .text("workflow_id")
            .ok_or_else(|| Failure::inside(500, "workflow_id is missing"))?;
        let place = read_hex(id).and_then(|id| self.places.get(&id));
        match place {
            Some(Place::Workflow(index)) if self.view(*index).is_some() => Ok(*index),
            _ => Err(Failure::inside(404, "the workflow does not exist")),
        }
    }

    /// A round of a plan is no task of its own here: only the plan can be cancelled.
    fn dialled_named(&self, plan: bool, question: &Question) -> Result<Work, Failure> {
        let (name, none) = match plan {
            true => ("PlanID", "the plan does not exist"),
            false => ("TaskID", "the task does not exist"),
        };
        let id = question.text(name).and_then(read_hex);
        match id.and_then(|id| self.places.get(&id)) {
            Some(Place::Dialled(at))
                if self.dialled.get(*at).is_some_and(|d| d.is_plan == plan)
                    && self.dialled_view(*at).is_some() =>
            {
                Ok(Work::Dialled(*at))
            }
            Some(Place::Round(..)) if !plan => {
                Err(Failure::inside(500, "the task belongs to a plan"))
            }
            _ => Err(Failure::inside(404, none)),
        }
    }

    fn view_of(&self, work: Work) -> Option<View<'_>> {
        match work {
            Work::Flow(index) => self.view(index),
            Work::Dialled(index) => self.dialled_view(index),
        }
    }

    fn acts_of(&mut self, work: Work) -> Option<&mut Acts> {
        match work {
            Work::Flow(index) => self.acts.get_mut(index),
            Work::Dialled(index) => self.dialled.get_mut(index).map(|d| &mut d.acts),
        }
    }

    /// Calls that run go on to their end; nothing new begins; after some seconds it is stopped.
    fn stop(&mut self, work: Work, asked: &mut Asked) -> Result<Value, Failure> {
        let what = match work {
            Work::Flow(_) => "workflow task",
            Work::Dialled(_) => "task",
        };
        let view = self.view_of(work).ok_or_else(|| Failure::inside(404, "it does not exist"))?;
        match view.state() {
            State::Stopping => {
                return Err(Failure::inside(500, format!("the {what} is being stopped already")));
            }
            state if state.is_over() => {
                let message = format!("the {what} has ended: {}", state.word());
                return Err(Failure::inside(500, message));
            }
            _ => {}
        }
        let takes = view.workflow.branch.child("stop", 0).draws().between(4, 9) * 1000;
        let now = self.now;
        if !self.strikes(Fault::NoEffect, asked)
            && let Some(acts) = self.acts_of(work)
        {
            acts.stop = Some((now, now + takes));
            asked.effect = true;
        }
        Ok(json!({}))
    }

    /// What is still to come for one number is dropped; a call that runs goes on to its end.
    fn cancel(
        &mut self,
        work: Work,
        entry: Option<usize>,
        asked: &mut Asked,
    ) -> Result<Value, Failure> {
        let entry = entry.ok_or_else(|| Failure::inside(404, "the list has no such number"))?;
        let view = self.view_of(work).ok_or_else(|| Failure::inside(404, "it does not exist"))?;
        if view.state().is_over()
            || view.acts.cancels.contains_key(&entry)
            || view.is_through(entry)
        {
            return Err(Failure::inside(500, "nothing is left to cancel for this number"));
        }
        let now = self.now;
        if !self.strikes(Fault::NoEffect, asked)
            && let Some(acts) = self.acts_of(work)
        {
            acts.cancels.insert(entry, now);
            asked.effect = true;
        }
        Ok(json!({}))
    }

    /// The conversation is over at once.
    fn end_session(&mut self, question: &Question, asked: &mut Asked) -> Result<Value, Failure> {
        let none = || Failure::inside(404, "the session does not exist");
        let id = question.text("call_id").and_then(read_hex).ok_or_else(none)?;
        let Some(Place::Session(index)) = self.places.get(&id) else { return Err(none()) };
        let index = *index;
        let view = self.view(index).ok_or_else(none)?;
        let session = view.sessions().find(|s| s.id == id).ok_or_else(none)?;
        if view.session_end(session) <= self.now {
            return Err(Failure::inside(500, "the session has ended"));
        }
        if !self.strikes(Fault::NoEffect, asked)
            && let Some(acts) = self.acts.get_mut(index)
        {
            acts.ended.insert(id, self.now);
            asked.effect = true;
        }
        Ok(json!({}))
    }

    /// The list entry that `callee`, or else `case_id`, names in workflow `index`.
    pub(crate) fn entry_named(&self, index: usize, question: &Question) -> Option<usize> {
        let view = self.view(index)?;
        let mut entries = view.workflow.entries.iter();
        if let Some(number) = question.phone("callee") {
            return entries.position(|e| e.number == number);
        }
        let case = question.text("case_id")?;
        (0..view.workflow.entries.len()).find(|at| view.case_id(*at) == case)
    }
}
