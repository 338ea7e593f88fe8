//! Events of workflows, tasks, calls and the predictive dialer.

use serde_json::value::RawValue;

use super::{
    CALL, CALL_COMPLETED, CUSTOM_NODE, Hook, HookEvent, OF_A_CUSTOM_NODE, PDS, PLAN, TASK,
    WABA_STATUS, chat::INBOUND, unknown,
};
use crate::{
    domain::{
        ids::{Callee, NodeId, WabaTaskId, WorkflowId},
        time::Timestamp,
        waba::WabaMessage,
        workflow::Seen,
    },
    vendor::{
        cloud::{self, wire},
        fields::RecordKind,
        lookups::Push,
        record::{Names, Record, name},
    },
};

const STATE: Names = &[name("state"), name("contact_state")];
/// Said by a call that came from outside (ASSUMED).
const DIRECTION: Names = &[name("direction"), name("call_direction"), name("call_type")];

impl Hook<'_> {
    pub(super) fn workflow_status(&self) -> HookEvent {
        let row = self.laid(RecordKind::Workflow);
        let context = self.context(self.as_of(&row));
        let workflow = match cloud::convert::workflow(&row, &context) {
            Ok(workflow) => workflow,
            Err(why) => return unknown(&format!("a workflow's status, but {why}")),
        };
        let actions = row.list(wire::ACTIONS).into_iter();
        let nodes = actions.filter_map(|action| {
            let mut row = Record::parse(action.get()).ok()?;
            row.lay(self.profile.map(RecordKind::Node));
            let value = cloud::convert::node(&row, &context, &workflow.id).ok()?;
            Some(Seen { value, raw: action.get().to_owned() })
        });
        HookEvent::WorkflowStatus {
            nodes: nodes.collect(),
            workflow: Seen { value: workflow, raw: self.text.to_owned() },
        }
    }

    /// A call of a workflow, or of a calling task where no workflow is named.
    pub(super) fn call_completed(&self) -> HookEvent {
        let row = self.laid(RecordKind::Call);
        let inbound = row.text(DIRECTION);
        if inbound.is_some_and(|word| word.trim().to_ascii_lowercase().starts_with("inbound")) {
            return self.kept(INBOUND, "inbound calls are not followed");
        }
        let of_workflow =
            row.value(wire::WORKFLOW_ID).is_some() || row.value(wire::NODE_ID).is_some();
        let key = if of_workflow { CALL_COMPLETED } else { CALL };
        match cloud::convert::call(&row, &self.context(self.as_of(&row))) {
            Ok(call) => HookEvent::CallCompleted {
                key,
                workflow: self.named_workflow(&row),
                call: Seen { value: call, raw: self.text.to_owned() },
            },
            Err(why) => self.kept(key, &format!("a call, but {why}")),
        }
    }

    pub(super) fn waba_status(&self) -> HookEvent {
        let row = self.laid(RecordKind::WabaMessage);
        // A template message belongs to its batch: without one it is nobody's.
        let Some(task) = row.text(wire::WABA_TASK_ID).map(WabaTaskId::new) else {
            return self.kept(WABA_STATUS, "a template message, but it names no waba_task_id");
        };
        match cloud::convert::waba_message(&row, &self.context(self.as_of(&row)), &task) {
            Ok(mut message) => {
                message.as_of = self.latest_time_of(&row, &message);
                HookEvent::WabaStatus {
                    message: Seen { value: message, raw: self.text.to_owned() },
                    workflow: self.named_workflow(&row),
                    node: self.named_node(&row),
                    waba_task: self.named_waba_task(&row),
                }
            }
            Err(why) => self.kept(WABA_STATUS, &format!("a template message, but {why}")),
        }
    }

    /// The event's own time, else the latest thing that it says happened.
    fn latest_time_of(&self, row: &Record<'_>, message: &WabaMessage) -> Timestamp {
        let told = [message.sent_at, message.delivered_at, message.read_at];
        self.time_of(row).or_else(|| told.into_iter().flatten().max()).unwrap_or(self.received_at)
    }

    /// A workflow's outbound task, or a calling task where no workflow is named.
    pub(super) fn task(&self) -> HookEvent {
        let row = self.laid(RecordKind::Task);
        let Some(workflow) = row.text(wire::WORKFLOW_ID).map(WorkflowId::new) else {
            return self.calling_task();
        };
        match cloud::convert::outbound_task(&row, &self.context(self.as_of(&row)), &workflow) {
            Ok(task) => HookEvent::Task {
                task: Seen { value: task, raw: self.text.to_owned() },
                workflow: self.named_workflow(&row),
            },
            Err(why) => self.kept(TASK, &format!("a task, but {why}")),
        }
    }

    fn calling_task(&self) -> HookEvent {
        let row = self.laid(RecordKind::CallingTask);
        match cloud::tasks::calling_task(&row, &self.context(self.as_of(&row))) {
            Ok(value) => HookEvent::CallingTask(Seen { value, raw: self.text.to_owned() }),
            Err(why) => self.kept(TASK, &format!("a calling task, but {why}")),
        }
    }

    pub(super) fn plan(&self) -> HookEvent {
        let row = self.laid(RecordKind::Plan);
        match cloud::tasks::plan(&row, &self.context(self.as_of(&row)), None) {
            Ok(value) => HookEvent::Plan(Seen { value, raw: self.text.to_owned() }),
            Err(why) => self.kept(PLAN, &format!("a plan, but {why}")),
        }
    }

    /// Its names and numbers are the customer's own, and whether `node_id` is a node of the listing is
    /// not known: only the workflow is.
    pub(super) fn custom_node(&self) -> HookEvent {
        self.kept(CUSTOM_NODE, "what a custom API node pushed is the customer's own data")
    }

    /// An envelope `{type, body}`, which the predictive dialer uses (OBSERVED).
    pub(super) fn typed(&self, kind: &str, body: &RawValue) -> HookEvent {
        match kind.trim() {
            "TaskStatus" => self.kept(PDS, "tasks of the predictive dialer are not followed"),
            "AgentStatus" => self.kept(PDS, "agents of the predictive dialer are not followed"),
            "ContactStatus" => self.contact(body),
            other => unknown(&format!("an event of the type {:?}", clipped(other))),
        }
    }

    /// A contact's call is merged when it is over: before that it says nothing that stays.
    fn contact(&self, body: &RawValue) -> HookEvent {
        let Ok(mut row) = Record::parse(body.get()) else {
            return self.kept(PDS, "a contact, but its body is no object");
        };
        row.lay(self.profile.map(RecordKind::Call));
        let state = row.text(STATE).map(|word| word.trim().to_ascii_uppercase());
        let over = matches!(state.as_deref(), Some("HANGUP" | "TALKRESULT"));
        if !over && !row.has(wire::TALK_RESULT) {
            return self.kept(PDS, "a call that is not over");
        }
        match cloud::convert::call(&row, &self.context(self.as_of(&row))) {
            Ok(call) => HookEvent::CallCompleted {
                key: PDS,
                workflow: None,
                call: Seen { value: call, raw: body.get().to_owned() },
            },
            Err(why) => self.kept(PDS, &format!("a contact's call, but {why}")),
        }
    }
}

/// Whose data a custom node's push was about (fields DOCUMENTED); `None` where the body does not say.
pub fn push_of(body: &[u8]) -> Option<Push> {
    let text = std::str::from_utf8(body).ok()?;
    let row = Record::parse(text.trim_start_matches('\u{feff}').trim()).ok()?;
    let person = Record::parse(row.value(wire::CALLEE)?.get()).ok()?;
    Some(Push {
        workflow: row.text(wire::WORKFLOW_ID).map(WorkflowId::new)?,
        node: row.text(OF_A_CUSTOM_NODE).map(NodeId::new)?,
        callee: person.text(wire::CALLEE).map(Callee::new)?,
        case_id: person.text(wire::CASE_ID),
    })
}

/// A word from outside, short enough for a sentence.
pub(super) fn clipped(word: &str) -> String {
    const MOST: usize = 60;
    word.chars().take(MOST).collect()
}
