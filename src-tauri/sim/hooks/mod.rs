//! What the vendor would POST to the customer's URL.

mod calls;
mod chats;
mod lists;
mod tasks;

use serde_json::{Value, json};

use super::{
    contract::Row,
    sign,
    view::View,
    wire::{self, hex},
    world::World,
};

/// The notifications that are sent, by the contract's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HookKey {
    WorkflowStatus,
    CallCompleted,
    ListCompleted,
    WabaStatus,
    ChatEnded,
    CustomNode,
    Pds,
    Task,
    Call,
    Plan,
    BotMessage,
    ChatTemplateResult,
    ChatTemplateReply,
    ChatTransferRequest,
    ChatStatus,
    ChatAgentStatus,
    ChatUserMessage,
    ChatAgentUserMessage,
    ChatSessionEnd,
    ChatReport,
    Inbound,
}

impl HookKey {
    pub const ALL: [Self; 21] = [
        Self::WorkflowStatus,
        Self::CallCompleted,
        Self::ListCompleted,
        Self::WabaStatus,
        Self::ChatEnded,
        Self::CustomNode,
        Self::Pds,
        Self::Task,
        Self::Call,
        Self::Plan,
        Self::BotMessage,
        Self::ChatTemplateResult,
        Self::ChatTemplateReply,
        Self::ChatTransferRequest,
        Self::ChatStatus,
        Self::ChatAgentStatus,
        Self::ChatUserMessage,
        Self::ChatAgentUserMessage,
        Self::ChatSessionEnd,
        Self::ChatReport,
        Self::Inbound,
    ];

    /// Whether its trigger and envelope are DOCUMENTED or OBSERVED.
    fn is_known(self) -> bool {
        use HookKey::{
            BotMessage, CallCompleted, ChatEnded, CustomNode, Pds, WabaStatus, WorkflowStatus,
        };
        let known =
            [WorkflowStatus, CallCompleted, WabaStatus, ChatEnded, CustomNode, Pds, BotMessage];
        known.contains(&self)
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::WorkflowStatus => "hook.workflow_status",
            Self::CallCompleted => "hook.call_completed",
            Self::ListCompleted => "hook.list_completed",
            Self::WabaStatus => "hook.waba_status",
            Self::ChatEnded => "hook.chat_ended",
            Self::CustomNode => "hook.custom_node",
            Self::Pds => "hook.pds",
            Self::Task => "hook.task",
            Self::Call => "hook.call",
            Self::Plan => "hook.plan",
            Self::BotMessage => "hook.bot_message",
            Self::ChatTemplateResult => "hook.chat_template_result",
            Self::ChatTemplateReply => "hook.chat_template_reply",
            Self::ChatTransferRequest => "hook.chat_transfer_request",
            Self::ChatStatus => "hook.chat_status",
            Self::ChatAgentStatus => "hook.chat_agent_status",
            Self::ChatUserMessage => "hook.chat_user_message",
            Self::ChatAgentUserMessage => "hook.chat_agent_user_message",
            Self::ChatSessionEnd => "hook.chat_session_end",
            Self::ChatReport => "hook.chat_report",
            Self::Inbound => "hook.inbound",
        }
    }
}

/// One POST to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Hook {
    /// Unique for the event among those of its key.
    pub id: String,
    pub key: HookKey,
    pub at: i64,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// Something that happened, in the canonical contract's words.
struct Event {
    key: HookKey,
    id: u128,
    at: i64,
    body: Value,
}

/// From after an instant up to another, it included.
#[derive(Clone, Copy)]
struct Window {
    after: i64,
    until: i64,
}

impl Window {
    fn has(self, at: i64) -> bool {
        self.after < at && at <= self.until
    }
}

/// So long after its end nothing of a workflow is still going on.
const LONG_OVER_MS: i64 = 15 * 60 * 1000;

/// Ringing and talk of any call are over within this.
pub(crate) const LONGEST_CALL_MS: i64 = 3 * 60 * 1000;

impl World {
    /// Lets time run until `now` and hands out what has happened since the last time, oldest first,
    /// each event once.
    pub fn due_webhooks(&mut self, now: i64) -> Vec<Hook> {
        self.advance(now);
        let window = Window { after: self.told_until, until: self.now };
        let mut events = Vec::new();
        for index in 0..self.workflows.len() {
            let Some(view) = self.view(index) else { continue };
            if view.over_at().is_some_and(|at| at + LONG_OVER_MS < window.after) {
                continue;
            }
            self.status_changes(&view, window, &mut events);
            calls::completed(&view, window, &mut events);
            calls::answered(&view, window, &mut events);
            self.list_entries(&view, window, &mut events);
            self.template_messages(&view, window, &mut events);
            self.tasks(&view, window, &mut events);
            self.sessions(&view, window, &mut events);
        }
        self.dialled_events(window, &mut events);
        self.told_until = window.until;
        events.sort_by_key(|event| (event.at, event.id, event.key));
        let known_only = self.script.known_only;
        let sent = events.into_iter().filter(|event| !known_only || event.key.is_known());
        sent.map(|event| self.sealed(event)).collect()
    }

    fn status_changes(&self, view: &View<'_>, window: Window, events: &mut Vec<Event>) {
        let index = view.workflow.index;
        let asked = view.acts.stop.map_or([i64::MAX; 2], |(at, complete)| [at, complete]);
        let mut turns: Vec<i64> = view.workflow.life.turning_points().chain(asked).collect();
        turns.sort_unstable();
        turns.dedup();
        for at in turns.into_iter().filter(|at| window.has(*at)) {
            let before = self.view_at(index, at - 1).map(|v| v.state());
            let Some(after) = self.view_at(index, at) else { continue };
            if before == Some(after.state()) {
                continue;
            }
            let id = after.workflow.id ^ u128::from(at.unsigned_abs());
            let body = wire::status_change(&after);
            events.push(Event { key: HookKey::WorkflowStatus, id, at, body });
            if wire::is_dialer(index) {
                let body = wire::dialer_task_status(&after, at);
                events.push(Event { key: HookKey::Pds, id, at, body });
            }
        }
    }

    /// The event as it is sent: in the words of the contract in force, encrypted and signed where the
    /// script says so.
    fn sealed(&self, event: Event) -> Hook {
        let Event { key, id, at, body } = event;
        let mut body = self.worded(key, body).to_string().into_bytes();
        if let Some(cipher) = &self.script.hook_aes {
            // Without a key of a usable length the body goes out as it is.
            if let Some(text) = sign::encrypted(cipher, id, &body) {
                body = json!({ "encrypt": text }).to_string().into_bytes();
            }
        }
        let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        let signature = match &self.script.hook_sign {
            Some((word, secret)) => sign::signature(word, &self.script.key, secret, &body),
            None if key == HookKey::ChatEnded => self.lookalike(id),
            None => None,
        };
        headers.extend(signature.map(|text| ("X-AIRudder-Sign".to_owned(), text)));
        Hook { id: hex(id), key, at, headers, body }
    }

    /// Has the form of a signature, and is now and then missing; the vendor's algorithm is not known.
    fn lookalike(&self, id: u128) -> Option<String> {
        let low = u64::try_from(id & u128::from(u64::MAX)).unwrap_or(0);
        let sign = self.root.child("sign", low);
        let text = || format!("{}{}", hex(sign.id()), hex(sign.child("more", 0).id()));
        sign.draws().chance(0.85).then(text)
    }

    fn worded(&self, key: HookKey, mut body: Value) -> Value {
        let contract = &self.contract;
        match key {
            HookKey::CallCompleted => return contract.record(Row::Call, body),
            HookKey::WabaStatus => return contract.record(Row::WabaMessage, body),
            HookKey::WorkflowStatus => {
                contract.number(Row::Workflow, &mut body["status"]);
                let actions = body["actions"].as_array_mut();
                for action in actions.into_iter().flatten() {
                    if let Some(status) = action.get_mut("task_status") {
                        contract.number(Row::Node, status);
                    }
                }
            }
            // An outbound task is written in snake case, a calling task in Pascal case.
            HookKey::Task => match body.get_mut("Status") {
                Some(status) => contract.number(Row::CallingTask, status),
                None => contract.number(Row::Task, &mut body["status"]),
            },
            HookKey::Plan => contract.number(Row::Plan, &mut body["PlanStatus"]),
            _ => {}
        }
        body
    }
}
