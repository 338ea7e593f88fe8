//! What the vendor would POST to the customer's URL.

use super::{
    text::Kind,
    view::View,
    wire::{self, hex},
    world::World,
};

/// The notifications that are sent, by the contract's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HookKey {
    WorkflowStatus,
    CallCompleted,
    ChatEnded,
}

impl HookKey {
    pub fn key(self) -> &'static str {
        match self {
            Self::WorkflowStatus => "hook.workflow_status",
            Self::CallCompleted => "hook.call_completed",
            Self::ChatEnded => "hook.chat_ended",
        }
    }
}

/// One POST to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Hook {
    /// Unique for the event.
    pub id: String,
    pub key: HookKey,
    pub at: i64,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl World {
    /// Lets time run until `now` and hands out what has happened since the last time, oldest first,
    /// each event once.
    pub fn due_webhooks(&mut self, now: i64) -> Vec<Hook> {
        self.advance(now);
        let (after, until) = (self.told_until, self.now);
        let mut hooks = Vec::new();
        for index in 0..self.workflows.len() {
            let Some(view) = self.view(index) else { continue };
            if view.over_at().is_some_and(|at| at + LONG_OVER_MS < after) {
                continue;
            }
            let due = |at: i64| after < at && at <= until;
            self.status_changes(index, due, &mut hooks);
            completed_calls(&view, after, &mut hooks);
            self.ended_sessions(index, &view, due, &mut hooks);
        }
        self.told_until = until;
        hooks.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        hooks
    }

    fn status_changes(&self, index: usize, due: impl Fn(i64) -> bool, hooks: &mut Vec<Hook>) {
        let Some(view) = self.view(index) else { return };
        let asked = view.acts.stop.map_or([i64::MAX; 2], |(at, complete)| [at, complete]);
        let mut turns: Vec<i64> = view.workflow.life.turning_points().chain(asked).collect();
        turns.sort_unstable();
        turns.dedup();
        for at in turns.into_iter().filter(|at| due(*at)) {
            let before = self.view_at(index, at - 1).map(|v| v.state());
            let Some(after) = self.view_at(index, at) else { continue };
            if before != Some(after.state()) {
                let id = after.workflow.id ^ u128::from(at.unsigned_abs());
                hooks.push(hook(HookKey::WorkflowStatus, id, at, &wire::status_change(&after)));
            }
        }
    }

    fn ended_sessions(
        &self,
        index: usize,
        view: &View<'_>,
        due: impl Fn(i64) -> bool,
        hooks: &mut Vec<Hook>,
    ) {
        for session in view.sessions().filter(|s| due(s.end)) {
            let Some(then) = self.view_at(index, session.end) else { continue };
            let body = wire::ended_session(&then, session);
            let mut hook = hook(HookKey::ChatEnded, session.id, session.end, &body);
            let sign = session.branch.child("sign", 0);
            if sign.draws().chance(0.85) {
                // Has the form of a signature; the vendor's algorithm is not known.
                let signature = format!("{}{}", hex(sign.id()), hex(sign.child("more", 0).id()));
                hook.headers.push(("X-AIRudder-Sign".to_owned(), signature));
            }
            hooks.push(hook);
        }
    }
}

/// So long after its end nothing of a workflow is still going on.
const LONG_OVER_MS: i64 = 15 * 60 * 1000;

/// Ringing and talk of any call are over within this.
pub(crate) const LONGEST_CALL_MS: i64 = 3 * 60 * 1000;

/// Connected calls at once, the others of a number when it will not be dialled again.
fn completed_calls(view: &View<'_>, after: i64, hooks: &mut Vec<Hook>) {
    let due = |at: i64| after < at && at <= view.now;
    for call in view.calls_since(after - LONGEST_CALL_MS) {
        if call.ending.is_none() || !due(call.end) {
            continue;
        }
        hooks.push(hook(HookKey::CallCompleted, call.id, call.end, &wire::call(view, call)));
    }
    for (at, node) in view.workflow.nodes.iter().enumerate().filter(|(_, n)| n.kind == Kind::Voice)
    {
        for queued in &node.queue {
            let Some(settled) = view.settled(at, queued, after).filter(|t| due(*t)) else {
                continue;
            };
            let calls = view.calls().filter(|c| c.node == at && c.entry == queued.entry);
            for call in calls.filter(|c| c.ending.is_none()) {
                hooks.push(hook(HookKey::CallCompleted, call.id, settled, &wire::call(view, call)));
            }
        }
    }
}

fn hook(key: HookKey, id: u128, at: i64, body: &serde_json::Value) -> Hook {
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    Hook { id: hex(id), key, at, headers, body: body.to_string().into_bytes() }
}
