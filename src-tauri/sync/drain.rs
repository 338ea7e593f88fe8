//! Takes what the inbox holds into the store. A hook may add or update, never remove.

use super::{
    fetch::{Learned, learn_calling_task, learn_plan, learn_session, learn_workflow},
    shapes::Shapes,
};
use crate::{
    domain::{chat::Signature, ids::AccountId},
    store::{Batch, EventState, InboxDone, InboxItem},
    vendor::{
        Profile,
        decode_hook::{CHAT_ENDED, HookEvent, decode},
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
    let decoded = decode(&item.body, item.verdict, profile, item.at);
    let kind = decoded.as_ref().map_or("unreadable", HookEvent::key);
    let mut drained = Drained {
        account: item.account.clone(),
        batch: Batch::default(),
        learned: Vec::new(),
        confirm: false,
    };
    let (state, note) = match (quarantined(item, kind), decoded) {
        (Some(why), _) => (EventState::Quarantined, Some(why.to_owned())),
        (None, Ok(event)) => drained.merge(event),
        (None, Err(error)) => (EventState::Unreadable, Some(error.to_string())),
    };
    let done = InboxDone { id: item.id, kind: kind.to_owned(), state, note };
    drained.batch.drained.push(done);
    drained
}

/// A body whose signature was to be enforced and does not hold. The header is documented for one kind
/// only: where any other kind lacks it, the secret address is what vouches for the body.
fn quarantined(item: &InboxItem, kind: &str) -> Option<&'static str> {
    match item.verdict {
        Signature::Mismatched if item.enforced => Some("the signature does not match"),
        Signature::Unsigned if item.enforced && kind == CHAT_ENDED => {
            Some("the signature is missing")
        }
        _ => None,
    }
}

impl Drained {
    /// A body that is anybody's, or none, teaches nothing of the vendor's.
    pub fn learn_shape(&mut self, item: &InboxItem, shapes: &mut Shapes) {
        let done = self.batch.drained.first();
        let told = done.filter(|d| matches!(d.state, EventState::Merged | EventState::Kept));
        let body = std::str::from_utf8(&item.body).ok();
        if let Some((done, body)) = told.zip(body) {
            let mark = shapes.look(&done.kind, [body], item.at);
            self.batch.shapes.extend(mark);
        }
    }

    fn merge(&mut self, event: HookEvent) -> (EventState, Option<String>) {
        let batch = &mut self.batch;
        match event {
            HookEvent::ChatEnded { session, transcript, workflow, node, waba_task } => {
                self.learned.push(learn_session(&session.value));
                batch.workflows.extend(workflow);
                batch.nodes.extend(node);
                batch.waba_tasks.extend(waba_task);
                batch.sessions.push(session);
                batch.transcripts.extend(transcript);
            }
            HookEvent::Chat { session, said, ticks, .. } => {
                batch.sessions.push(session);
                batch.said.extend(said);
                batch.ticks = ticks;
            }
            HookEvent::WorkflowStatus { workflow, nodes } => {
                self.learned.push(learn_workflow(&workflow.value));
                self.confirm = true;
                batch.workflows.push(workflow);
                batch.nodes = nodes;
            }
            HookEvent::CallCompleted { workflow, call, .. } => {
                batch.workflows.extend(workflow);
                batch.calls.push(call);
            }
            HookEvent::WabaStatus { message, workflow, node, waba_task } => {
                batch.workflows.extend(workflow);
                batch.nodes.extend(node);
                batch.waba_tasks.extend(waba_task);
                batch.waba_messages.push(message);
            }
            HookEvent::Task { task, workflow } => {
                batch.workflows.extend(workflow);
                batch.tasks.push(task);
            }
            HookEvent::CallingTask(task) => {
                self.learned.push(learn_calling_task(&task.value));
                batch.calling_tasks.push(task);
            }
            HookEvent::Plan(plan) => {
                self.learned.push(learn_plan(&plan.value));
                batch.plans.push(plan);
            }
            HookEvent::Kept { workflow, session, why, .. } => {
                batch.workflows.extend(workflow);
                batch.sessions.extend(session);
                return (EventState::Kept, Some(why));
            }
            HookEvent::Unknown { why } => return (EventState::Kept, Some(why)),
        }
        (EventState::Merged, None)
    }
}
