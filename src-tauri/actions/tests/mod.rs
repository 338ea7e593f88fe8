//! Records for the tests of this room.

mod bench;
mod door;
mod subjects;

use crate::actions::Found;
use crate::domain::{
    action::{Action, How, Outcome, Verb},
    ids::{AccountId, ActionId, WabaTaskId, WorkflowId},
    status::Status,
    time::Timestamp,
    waba::WabaTask,
    workflow::Workflow,
};

/// What the store would hold of `campaign {id}`.
pub fn found(id: &str, status: Option<&str>) -> Found {
    Found {
        name: Some(format!("campaign {id}")),
        status: status.map(Status::read),
        as_of: Some(Timestamp(0)),
        ..Found::default()
    }
}

pub fn workflow(id: &str, status: Option<&str>) -> Workflow {
    Workflow {
        id: WorkflowId::new(id),
        name: Some(format!("campaign {id}")),
        template: None,
        template_name: None,
        status: status.map(Status::read),
        created_at: None,
        started_at: None,
        ended_at: None,
        total: None,
        finished: None,
        as_of: Timestamp(0),
    }
}

pub fn waba_task(total: Option<i64>, sent: Option<i64>, failed: Option<i64>) -> WabaTask {
    WabaTask {
        id: WabaTaskId::new("b1"),
        workflow: WorkflowId::new("w1"),
        node: None,
        node_name: None,
        template_name: None,
        template_id: None,
        status: None,
        total,
        sent,
        delivered: None,
        read: None,
        replied: None,
        failed,
        as_of: Timestamp(0),
    }
}

pub fn action(id: &str, verb: Verb) -> Action {
    Action {
        id: ActionId::new(id),
        account: AccountId::new("demo"),
        verb,
        how: How::Send,
        subject: verb.subject("w1"),
        workflow: Some(WorkflowId::new("w1")),
        name: None,
        callee: None,
        case_id: None,
        reason: "a wrong list".to_owned(),
        by: "mei".to_owned(),
        requested_at: Timestamp(0),
        outcome: Outcome::Requested,
        outcome_at: None,
        detail: None,
        status_before: None,
        seen_at: None,
        status_seen: None,
        calls_since: None,
    }
}
