//! List entries, template messages and tasks.

use super::{Event, HookKey, Window};
use crate::sim::{plan::Node, text::Kind, view::View, wire, world::World};

impl World {
    /// Entries that are through, and those who call back some time later.
    pub(super) fn list_entries(&self, view: &View<'_>, window: Window, events: &mut Vec<Event>) {
        const CALLS_BACK_MS: i64 = 30_000;
        for (at, entry) in view.workflow.entries.iter().enumerate() {
            let through = view.begun(at, entry.last_start);
            let (id, done) = (entry.uuid, entry.done);
            if through && window.has(done) {
                let body = wire::list_completed(view, at, done);
                events.push(Event { key: HookKey::ListCompleted, id, at: done, body });
            }
            let back = done + CALLS_BACK_MS;
            if through && at % 10 == 4 && window.has(back) {
                let body = wire::inbound(view, at, back);
                events.push(Event { key: HookKey::Inbound, id, at: back, body });
            }
        }
    }

    pub(super) fn template_messages(
        &self,
        view: &View<'_>,
        window: Window,
        events: &mut Vec<Event>,
    ) {
        for message in view.waba() {
            let stages = [Some(message.sent), message.delivered, message.read, message.replied];
            for (at, stage) in stages.into_iter().zip(0_u128..) {
                let Some(at) = at.filter(|at| window.has(*at)) else { continue };
                let Some(then) = self.view_at(view.workflow.index, at) else { continue };
                let id = message.id.wrapping_add(stage);
                let body = wire::waba_message(&then, message);
                events.push(Event { key: HookKey::WabaStatus, id, at, body });
                let result = if message.failure.is_some() { "failed" } else { "sent" };
                let (key, event, status) = match stage {
                    0 => (HookKey::ChatTemplateResult, "template.result", result),
                    3 => (HookKey::ChatTemplateReply, "template.reply", "replied"),
                    _ => continue,
                };
                let body = wire::template_event(&then, message, event, status, at);
                events.push(Event { key, id, at, body });
            }
        }
    }

    /// Outbound tasks that begin and end.
    pub(super) fn tasks(&self, view: &View<'_>, window: Window, events: &mut Vec<Event>) {
        let nodes = view.workflow.nodes.iter().enumerate();
        for (place, node) in nodes.filter(|(_, n)| n.kind == Kind::Voice) {
            let turns = [view.node_started(node), over(view, node)];
            for (at, turn) in turns.into_iter().zip(0_u128..) {
                let Some(at) = at.filter(|at| window.has(*at)) else { continue };
                let Some(then) = self.view_at(view.workflow.index, at) else { continue };
                let body = wire::task_event(&then, place, node);
                let id = node.task.wrapping_add(turn);
                events.push(Event { key: HookKey::Task, id, at, body });
            }
        }
    }
}

/// When a node's last passage was over, or its workflow before that.
fn over(view: &View<'_>, node: &Node) -> Option<i64> {
    let planned = node.queue.iter().map(|q| q.done).max()?;
    if planned <= view.cutoff {
        return Some(planned).filter(|at| *at <= view.now);
    }
    view.over_at()
}
