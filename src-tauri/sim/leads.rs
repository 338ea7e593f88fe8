//! Leads Generation: the records of the workflow group, asked for on paths of their own (INFERRED) and of
//! its own workflows only. That the list of all workflows has these too is ASSUMED.

use serde_json::Value;

use super::{
    ask::Question,
    list::{Repeats, page},
    reply::Failure,
    text::{Business, TEMPLATES, Template},
    view::View,
    wire::{self, read_hex},
    world::{Place, World},
};

/// The world's only workflows that are after new business: they stand for Leads Generation.
fn is_leads(template: &Template) -> bool {
    template.business == Business::Telemarketing
}

/// What an endpoint's question names, where that is one thing.
fn named(key: &str) -> Option<(&'static str, &'static str)> {
    Some(match key {
        "leads.tasks" => ("workflow_id", "workflow.outbound_tasks"),
        "leads.task_details" => ("task_id", "workflow.outbound_details"),
        "leads.call_by_id" => ("callid", "workflow.call_by_id"),
        "leads.verify_push" => ("workflow_id", "workflow.verify_push"),
        _ => return None,
    })
}

impl World {
    pub(crate) fn leads_listed(
        &self,
        key: &str,
        question: &Question,
        repeats: Repeats,
    ) -> Result<Value, Failure> {
        match key {
            "leads.templates" => {
                let own: Vec<_> = TEMPLATES.iter().rev().filter(|t| is_leads(t)).collect();
                page(&own, question, repeats, |t| wire::template(t, self.script.known_only))
            }
            "leads.list" => {
                let own = |view: &View<'_>| is_leads(view.workflow.template);
                self.workflows_listed(question, repeats, own)
            }
            _ => {
                let (param, twin) = named(key).ok_or_else(|| Failure::http(404, "not found"))?;
                if self.names_leads(question.text(param)) {
                    self.listed(twin, question, repeats)
                } else {
                    Err(Failure::inside(404, "it is not of Leads Generation"))
                }
            }
        }
    }

    pub(crate) fn names_leads(&self, id: Option<&str>) -> bool {
        let place = id.and_then(read_hex).and_then(|id| self.places.get(&id));
        let index = match place {
            Some(
                Place::Workflow(index)
                | Place::Task(index, _)
                | Place::Call(index, _)
                | Place::Session(index),
            ) => *index,
            Some(Place::Dialled(_) | Place::Round(..) | Place::Dial(..)) | None => return false,
        };
        self.workflows.get(index).is_some_and(|workflow| is_leads(workflow.template))
    }
}
