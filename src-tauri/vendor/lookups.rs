//! Look-ups: what is asked about one person or one id, when somebody wants to know.

use super::{
    Key, ReadError, Reads, cloud,
    exchange::Answered,
    fields::RecordKind,
    listing::{Context, Page, PageAsk},
    record::Record,
};
use crate::domain::{
    call::Call,
    ids::{Callee, NodeId, TaskId, WorkflowId},
    time::{Timestamp, Zone},
    workflow::Workflow,
};

/// Where calls of a person are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    Workflow(WorkflowId),
    Task(TaskId),
}

/// Who is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Person {
    Number(Callee),
    Case(String),
}

impl Person {
    fn arg(&self) -> (&'static str, serde_json::Value) {
        match self {
            Self::Number(callee) => ("callee", callee.full().into()),
            Self::Case(id) => ("case_id", id.as_str().into()),
        }
    }
}

/// Whose data a custom API node is asked to have pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    pub workflow: WorkflowId,
    /// As the push itself names it.
    pub node: NodeId,
    pub callee: Callee,
    pub case_id: Option<String>,
}

const ALL: PageAsk = PageAsk { page: 1, page_size: 100, known: None };

impl Reads {
    /// The workflows whose list holds the person, of those that lie in the window.
    pub async fn find(
        &self,
        person: &Person,
        window: (Timestamp, Timestamp),
    ) -> Result<Page<Workflow>, ReadError> {
        let spelt = |time| spelt(time, self.zone()).into();
        let mut args = vec![person.arg()];
        // A window of the profile's own form is added where the request is made.
        if self.client.profile.contract(Key::WorkflowFind).window.is_none() {
            args.extend([("start_time", spelt(window.0)), ("end_time", spelt(window.1))]);
        }
        let list = (Key::WorkflowFind, RecordKind::Workflow);
        self.page(list, &args, ALL, cloud::convert::workflow).await
    }

    /// The calls to a person in a workflow or a task.
    pub async fn calls_by_person(
        &self,
        person: &Person,
        within: &Within,
    ) -> Result<Page<Call>, ReadError> {
        let place = match within {
            Within::Workflow(w) => ("workflow_id", w.as_str().into()),
            Within::Task(t) => ("task_id", t.as_str().into()),
        };
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            let mut call = cloud::convert::call(row, context)?;
            match within {
                Within::Workflow(w) => _ = call.workflow.get_or_insert_with(|| w.clone()),
                Within::Task(t) => _ = call.task.get_or_insert_with(|| t.clone()),
            }
            Ok(call)
        };
        self.page(
            (Key::WorkflowCallsByPerson, RecordKind::Call),
            &[person.arg(), place],
            ALL,
            convert,
        )
        .await
    }

    /// The calls of a number in a workflow that have a recording.
    pub async fn recordings_of_number(
        &self,
        w: &WorkflowId,
        callee: &Callee,
    ) -> Result<Page<Call>, ReadError> {
        let args = [("workflow_id", w.as_str().into()), ("callee", callee.full().into())];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            let mut call = cloud::convert::call(row, context)?;
            call.workflow.get_or_insert_with(|| w.clone());
            Ok(call)
        };
        self.page((Key::WorkflowRecordingsOfNumber, RecordKind::Call), &args, ALL, convert).await
    }

    /// What the vendor knows of a custom API node's push, as JSON: which fields that has is not known.
    pub async fn verify_push(&self, push: &Push) -> Result<Option<String>, ReadError> {
        self.push_at(Key::WorkflowVerifyPush, push).await
    }

    pub(super) async fn push_at(&self, key: Key, push: &Push) -> Result<Option<String>, ReadError> {
        let mut args = vec![
            ("workflow_id", push.workflow.as_str().into()),
            ("node_id", push.node.as_str().into()),
            ("callee", push.callee.full().into()),
        ];
        args.extend(push.case_id.as_deref().map(|id| ("case_id", id.into())));
        let place = self.client.profile.contract(key).list;
        let take = |answered: &Answered<'_>| {
            let data = answered.envelope.at(place).map(|data| data.get().to_owned());
            Ok(data.filter(|json| !matches!(json.as_str(), "null" | "{}" | "[]")))
        };
        self.client.read(key, &args, take).await.map_err(|kind| kind.of(key))
    }
}

/// `YYYY-MM-DD HH:mm:ss+08:00`, as a workflow's end is written in requests (OBSERVED).
fn spelt(time: Timestamp, zone: Zone) -> String {
    let local = time.to_utc().map(|utc| utc.with_timezone(&zone.0));
    local.map_or_else(|| time.rfc3339(), |t| t.format("%Y-%m-%d %H:%M:%S%:z").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_spelt_with_its_offset() {
        let text = spelt(Timestamp(1_795_140_000_000), Zone::default());
        assert_eq!(text, "2026-11-20 10:00:00+08:00");
    }
}
