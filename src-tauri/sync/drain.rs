//! Takes what the inbox holds into the store. A hook may add or update, never remove.

use super::fetch::{Learned, learn_session, learn_workflow};
use crate::{
    domain::ids::AccountId,
    store::{Batch, InboxDone, InboxItem},
    vendor::{
        Profile,
        decode_hook::{HookEvent, decode},
    },
};

/// One inbox item as a batch of its own: a body that cannot be stored never holds back another.
pub struct Drained {
    pub account: AccountId,
    pub batch: Batch,
    pub learned: Vec<Learned>,
    /// The event carries no time of its own, so a reading should confirm it.
    pub confirm: bool,
}

pub fn drained(item: &InboxItem, profile: &Profile) -> Drained {
    let mut batch = Batch::default();
    let mut learned = Vec::new();
    let mut confirm = false;
    let decoded = decode(&item.body, item.signature.as_deref(), profile, item.at);
    let (kind, error) = match decoded {
        Ok(event) => {
            let kind = kind(&event);
            let error = match event {
                HookEvent::ChatEnded { session, transcript, workflow, node, waba_task } => {
                    learned.push(learn_session(&session.value));
                    batch.workflows.extend(workflow);
                    batch.nodes.extend(node);
                    batch.waba_tasks.extend(waba_task);
                    batch.sessions.push(session);
                    batch.transcripts.extend(transcript);
                    None
                }
                HookEvent::WorkflowStatus { workflow, nodes } => {
                    learned.push(learn_workflow(&workflow.value));
                    confirm = true;
                    batch.workflows.push(workflow);
                    batch.nodes = nodes;
                    None
                }
                HookEvent::CallCompleted { workflow, call } => {
                    batch.workflows.extend(workflow);
                    batch.calls.push(call);
                    None
                }
                HookEvent::Unknown { why } => Some(why),
            };
            (kind.to_owned(), error)
        }
        Err(error) => ("unreadable".to_owned(), Some(error.to_string())),
    };
    batch.drained.push(InboxDone { id: item.id, kind, error });
    Drained { account: item.account.clone(), batch, learned, confirm }
}

/// The catalogue's name of an event.
fn kind(event: &HookEvent) -> &'static str {
    match event {
        HookEvent::ChatEnded { .. } => "hook.chat_ended",
        HookEvent::WorkflowStatus { .. } => "hook.workflow_status",
        HookEvent::CallCompleted { .. } => "hook.call_completed",
        HookEvent::Unknown { .. } => "unknown",
    }
}
