//! The reads of the Leads Generation group: the workflow's own records, asked for on the paths of its
//! own pages, each of which is known or guessed for itself.

use super::{
    Key, ReadError, Reads,
    listing::{Page, PageAsk},
    lookups::Push,
};
use crate::domain::{
    call::Call,
    ids::{CallId, TaskId, WorkflowId},
    workflow::{OutboundTask, Seen, Template, Workflow},
};

/// Asks for workflows of Leads Generation and what belongs to them.
#[derive(Clone, Copy)]
pub struct Leads<'r>(&'r Reads);

impl Reads {
    pub fn leads(&self) -> Leads<'_> {
        Leads(self)
    }
}

impl Leads<'_> {
    pub async fn templates(self, ask: PageAsk) -> Result<Page<Template>, ReadError> {
        self.0.templates_at(Key::LeadsTemplates, ask).await
    }

    pub async fn workflows(self, ask: PageAsk) -> Result<Page<Workflow>, ReadError> {
        self.0.workflows_at(Key::LeadsList, ask).await
    }

    pub async fn tasks(
        self,
        w: &WorkflowId,
        ask: PageAsk,
    ) -> Result<Page<OutboundTask>, ReadError> {
        self.0.tasks_at(Key::LeadsTasks, w, ask).await
    }

    pub async fn calls(
        self,
        w: &WorkflowId,
        t: &TaskId,
        ask: PageAsk,
    ) -> Result<Page<Call>, ReadError> {
        self.0.calls_at(Key::LeadsTaskDetails, w, t, ask).await
    }

    pub async fn call(self, id: &CallId) -> Result<Option<Seen<Call>>, ReadError> {
        self.0.call_at(Key::LeadsCallById, id).await
    }

    pub async fn verify_push(self, push: &Push) -> Result<Option<String>, ReadError> {
        self.0.push_at(Key::LeadsVerifyPush, push).await
    }
}
