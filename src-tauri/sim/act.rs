//! What a supervisor can ask for.

use serde_json::{Value, json};

use super::{
    ask::{Asked, Question},
    faults::Fault,
    plan::State,
    reply::Failure,
    wire::read_hex,
    world::{Place, World},
};

impl World {
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

    /// Calls that run go on to their end; nothing new begins; after some seconds it is stopped.
    pub(crate) fn stop(
        &mut self,
        question: &Question,
        asked: &mut Asked,
    ) -> Result<Value, Failure> {
        let index = self.workflow_named(question)?;
        match self.view(index).map(|v| v.state()) {
            Some(State::Stopping) => {
                return Err(Failure::inside(500, "the workflow task is being stopped already"));
            }
            Some(state) if state.is_over() => {
                let message = format!("the workflow task has ended: {}", state.word());
                return Err(Failure::inside(500, message));
            }
            _ => {}
        }
        if !self.strikes(Fault::NoEffect, asked)
            && let (Some(acts), Some(workflow)) =
                (self.acts.get_mut(index), self.workflows.get(index))
        {
            let takes = workflow.branch.child("stop", 0).draws().between(4, 9) * 1000;
            acts.stop = Some((self.now, self.now + takes));
            asked.effect = true;
        }
        Ok(json!({}))
    }

    /// What is still to come for one number is dropped; a call that runs goes on to its end.
    pub(crate) fn cancel(
        &mut self,
        question: &Question,
        asked: &mut Asked,
    ) -> Result<Value, Failure> {
        let index = self.workflow_named(question)?;
        let entry = self
            .entry_named(index, question)
            .ok_or_else(|| Failure::inside(404, "the list has no such number"))?;
        let view = self.view(index).ok_or_else(|| Failure::inside(404, "no such workflow"))?;
        if view.state().is_over()
            || view.acts.cancels.contains_key(&entry)
            || view.is_through(entry)
        {
            return Err(Failure::inside(500, "nothing is left to cancel for this number"));
        }
        if !self.strikes(Fault::NoEffect, asked)
            && let Some(acts) = self.acts.get_mut(index)
        {
            acts.cancels.insert(entry, self.now);
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
