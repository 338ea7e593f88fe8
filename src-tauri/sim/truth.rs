//! What a client should know now if it has read everything. For tests that compare a store with it.

use serde::Serialize;

use super::{
    contract::{Contract, Row},
    plan::{Call, Node, Session, Waba},
    tasks::Dialled,
    text::{Kind, Sender},
    view::View,
    wire::{self, hex},
    world::World,
};

/// Everything that is listed now. Instants are Unix milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Truth {
    pub workflows: Vec<TrueWorkflow>,
    pub nodes: Vec<TrueNode>,
    pub tasks: Vec<TrueTask>,
    pub calls: Vec<TrueCall>,
    pub sessions: Vec<TrueSession>,
    pub messages: Vec<TrueMessage>,
    pub waba_tasks: Vec<TrueWabaTask>,
    pub waba_messages: Vec<TrueWabaMessage>,
    pub calling_tasks: Vec<TrueCallingTask>,
    pub plans: Vec<TruePlan>,
    pub rounds: Vec<TrueRound>,
    /// Those outside workflows: workflow and node are empty.
    pub task_calls: Vec<TrueCall>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrueWorkflow {
    pub id: String,
    pub name: String,
    pub template: String,
    pub status: &'static str,
    pub created_at: i64,
    pub started_at: Option<i64>,
    pub ended_at: Option<i64>,
    pub total: usize,
    pub finished: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrueNode {
    pub id: String,
    pub workflow: String,
    pub name: &'static str,
    pub node_type: &'static str,
    pub status: &'static str,
    pub total: usize,
    pub finished: usize,
}

/// An outbound task.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrueTask {
    pub id: String,
    pub workflow: String,
    pub node: String,
    pub status: &'static str,
    pub total: usize,
    pub finished: usize,
    pub connected: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrueCall {
    pub id: String,
    pub workflow: String,
    pub node: String,
    pub task: String,
    pub callee: String,
    pub case_id: String,
    pub round: i64,
    pub called_at: i64,
    pub answered_at: Option<i64>,
    /// `None` while it goes on, as are all below.
    pub ended_at: Option<i64>,
    pub connected: Option<bool>,
    pub hangup: Option<String>,
    pub talk_ms: Option<i64>,
    pub intention: Option<&'static str>,
    pub recording: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrueSession {
    pub id: String,
    pub workflow: String,
    pub node: String,
    pub callee: String,
    pub channel: &'static str,
    pub status: &'static str,
    pub started_at: i64,
    pub ended_at: Option<i64>,
    pub end_reason: Option<&'static str>,
    pub messages: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrueMessage {
    pub id: String,
    pub session: String,
    /// Its place, oldest first, from 0.
    pub position: usize,
    pub sender: &'static str,
    pub status: &'static str,
    /// What its timestamp says.
    pub sent_at: i64,
    /// `type` of its content.
    pub content_type: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrueWabaTask {
    pub id: String,
    pub workflow: String,
    pub node: String,
    pub status: &'static str,
    pub total: usize,
    pub sent: usize,
    pub delivered: usize,
    pub read: usize,
    pub replied: usize,
    pub failed: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrueWabaMessage {
    pub id: String,
    pub task: String,
    pub workflow: String,
    pub callee: String,
    pub status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrueCallingTask {
    pub id: String,
    pub name: String,
    pub lines: Vec<&'static str>,
    pub status: &'static str,
    pub total: usize,
    pub finished: usize,
    pub connected: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TruePlan {
    pub id: String,
    pub name: String,
    pub lines: Vec<&'static str>,
    pub status: &'static str,
    pub total: usize,
    pub finished: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrueRound {
    pub plan: String,
    pub number: u8,
    pub task: String,
    pub status: &'static str,
    pub dialled: usize,
    pub reached: usize,
}

impl World {
    pub fn truth(&self) -> Truth {
        let mut truth = Truth::default();
        for view in self.views() {
            truth.workflows.push(workflow(&view));
            for (at, node) in view.workflow.nodes.iter().enumerate() {
                truth.add_node(&view, at, node);
            }
            truth.calls.extend(view.calls().map(|c| call(&view, c)));
            truth.waba_messages.extend(view.waba().map(|m| waba_message(&view, m)));
            for session in view.sessions() {
                truth.add_session(&view, session);
            }
        }
        for (dialled, view) in [false, true].into_iter().flat_map(|p| self.dialled_views(p)) {
            truth.add_dialled(dialled, &view);
        }
        truth.written(&self.contract);
        truth
    }
}

impl Truth {
    /// Statuses as they are written under a contract that numbers them.
    fn written(&mut self, contract: &Contract) {
        let number = |row, status: &mut &'static str| *status = contract.written(row, status);
        self.workflows.iter_mut().for_each(|w| number(Row::Workflow, &mut w.status));
        self.nodes.iter_mut().for_each(|n| number(Row::Node, &mut n.status));
        self.tasks.iter_mut().for_each(|t| number(Row::Task, &mut t.status));
        self.waba_tasks.iter_mut().for_each(|t| number(Row::WabaTask, &mut t.status));
        self.calling_tasks.iter_mut().for_each(|t| number(Row::CallingTask, &mut t.status));
        self.plans.iter_mut().for_each(|p| number(Row::Plan, &mut p.status));
        self.rounds.iter_mut().for_each(|r| number(Row::Round, &mut r.status));
    }

    fn add_node(&mut self, view: &View<'_>, at: usize, node: &Node) {
        let (workflow, id, counts) = (hex(view.workflow.id), hex(node.id), view.counts(at, node));
        let status = view.node_state(node).task_word();
        let (total, finished, connected) = (counts.total, counts.finished, counts.connected);
        let task = hex(node.task);
        match node.kind {
            Kind::Voice => {
                let (workflow, node) = (workflow.clone(), id.clone());
                let task =
                    TrueTask { id: task, workflow, node, status, total, finished, connected };
                self.tasks.push(task);
            }
            Kind::Waba => self.waba_tasks.push(waba_task(view, at, node)),
            Kind::Chatbot => {}
        }
        let (name, node_type) = (node.name, node.kind.word());
        self.nodes.push(TrueNode { id, workflow, name, node_type, status, total, finished });
    }

    fn add_dialled(&mut self, dialled: &Dialled, view: &View<'_>) {
        let (id, name) = (hex(dialled.id()), view.workflow.name.clone());
        let (lines, status) = (dialled.lines.clone(), view.state().task_word());
        let (total, finished) = (view.workflow.entries.len(), view.finished());
        self.task_calls.extend(view.calls().map(|c| TrueCall {
            workflow: String::new(),
            node: String::new(),
            task: hex(dialled.task_of(c)),
            ..call(view, c)
        }));
        if !dialled.is_plan {
            let node = view.workflow.nodes.first();
            let connected = node.map_or(0, |node| view.counts(0, node).connected);
            let task = TrueCallingTask { id, name, lines, status, total, finished, connected };
            return self.calling_tasks.push(task);
        }
        for number in 1..=3 {
            let Some(now) = wire::round_now(view, number) else { continue };
            self.rounds.push(TrueRound {
                plan: id.clone(),
                number,
                task: hex(dialled.round_id(number)),
                status: now.state.task_word(),
                dialled: now.dialled,
                reached: now.reached,
            });
        }
        self.plans.push(TruePlan { id, name, lines, status, total, finished });
    }

    fn add_session(&mut self, view: &View<'_>, session: &Session) {
        let (id, messages) = (hex(session.id), view.messages(session));
        let end = view.session_end(session);
        let over = end <= view.now;
        self.sessions.push(TrueSession {
            id: id.clone(),
            workflow: hex(view.workflow.id),
            node: view.node(session.node).map_or_else(String::new, |n| hex(n.id)),
            callee: view.callee(session.entry),
            channel: session.talk.channel,
            status: if over { "closed" } else { "open" },
            started_at: session.start,
            ended_at: over.then_some(end),
            end_reason: over.then_some(view.end_reason(session)),
            messages: messages.len(),
        });
        for (position, message) in messages.iter().enumerate() {
            let row = wire::message(view, session, &messages, position);
            self.messages.push(TrueMessage {
                id: hex(message.id),
                session: id.clone(),
                position,
                sender: Sender::word(message.sender),
                status: wire::message_status(message, view.now, session),
                sent_at: message.dated,
                content_type: row["content"]["type"].as_str().unwrap_or_default().to_owned(),
            });
        }
    }
}

fn workflow(view: &View<'_>) -> TrueWorkflow {
    TrueWorkflow {
        id: hex(view.workflow.id),
        name: view.workflow.name.clone(),
        template: view.workflow.template.id.to_string(),
        status: view.state().word(),
        created_at: view.workflow.life.created,
        started_at: view.started_at(),
        ended_at: view.over_at(),
        total: view.workflow.entries.len(),
        finished: view.finished(),
    }
}

fn call(view: &View<'_>, call: &Call) -> TrueCall {
    let over = call.end <= view.now;
    let node = view.node(call.node);
    let connected = call.ending.is_some();
    let talked = call.ending.filter(|_| over);
    TrueCall {
        id: hex(call.id),
        workflow: hex(view.workflow.id),
        node: node.map_or_else(String::new, |n| hex(n.id)),
        task: node.map_or_else(String::new, |n| hex(n.task)),
        callee: view.callee(call.entry),
        case_id: view.case_id(call.entry),
        round: i64::from(call.round),
        called_at: call.start,
        answered_at: (connected && call.rung <= view.now).then_some(call.rung),
        ended_at: over.then_some(call.end),
        connected: over.then_some(connected),
        hangup: over.then(|| call.hangup.to_string()),
        talk_ms: over.then(|| call.talk_ms()),
        intention: talked.map(|e| if call.is_short() { "F" } else { e.letter }),
        recording: over.then(|| wire::recording(view, call)).filter(|link| !link.is_empty()),
    }
}

fn waba_task(view: &View<'_>, at: usize, node: &Node) -> TrueWabaTask {
    let funnel = view.funnel(at, node);
    TrueWabaTask {
        id: hex(node.task),
        workflow: hex(view.workflow.id),
        node: hex(node.id),
        status: view.node_state(node).task_word(),
        total: funnel.total,
        sent: funnel.sent,
        delivered: funnel.delivered,
        read: funnel.read,
        replied: funnel.replied,
        failed: funnel.failed,
    }
}

fn waba_message(view: &View<'_>, message: &Waba) -> TrueWabaMessage {
    TrueWabaMessage {
        id: hex(message.id),
        task: view.node(message.node).map_or_else(String::new, |n| hex(n.task)),
        workflow: hex(view.workflow.id),
        callee: view.callee(message.entry),
        status: wire::waba_status(message, view.now),
    }
}
