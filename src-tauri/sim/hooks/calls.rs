//! Calls, and what the predictive dialer and the custom node say of them.

use super::{Event, HookKey, LONGEST_CALL_MS, Window};
use crate::sim::{plan::Call, text::Kind, view::View, wire};

/// Connected calls at once, the others of a number when it will not be dialled again.
pub(super) fn completed(view: &View<'_>, window: Window, events: &mut Vec<Event>) {
    let key = HookKey::CallCompleted;
    for call in view.calls_since(window.after - LONGEST_CALL_MS) {
        if call.ending.is_some() && window.has(call.end) {
            events.push(Event { key, id: call.id, at: call.end, body: wire::call(view, call) });
        }
    }
    for (at, node) in view.workflow.nodes.iter().enumerate().filter(|(_, n)| n.kind == Kind::Voice)
    {
        for queued in &node.queue {
            let settled = view.settled(at, queued, window.after);
            let Some(settled) = settled.filter(|t| window.has(*t)) else { continue };
            let calls = view.calls().filter(|c| c.node == at && c.entry == queued.entry);
            for call in calls.filter(|c| c.ending.is_none()) {
                let body = wire::call(view, call);
                events.push(Event { key, id: call.id, at: settled, body });
            }
        }
    }
}

/// What else is told of a call that was answered.
pub(super) fn answered(view: &View<'_>, window: Window, events: &mut Vec<Event>) {
    for call in view.calls_since(window.after - LONGEST_CALL_MS - 2_000) {
        if call.ending.is_none() {
            continue;
        }
        if window.has(call.end) && call.entry % 4 == 1 {
            let task = view.node(call.node).map_or(0, |node| node.task);
            let body = wire::call_event(view, call, task);
            events.push(Event { key: HookKey::Call, id: call.id, at: call.end, body });
        }
        if window.has(call.end) && wire::is_pushed(view, call) {
            let body = wire::custom_node(view, call);
            events.push(Event { key: HookKey::CustomNode, id: call.id, at: call.end, body });
        }
        if wire::is_dialed(view, call) {
            dialled(view, call, window, events);
        }
    }
}

fn dialled(view: &View<'_>, call: &Call, window: Window, events: &mut Vec<Event>) {
    let contact = [
        ("CALLING", call.start),
        ("RINGING", call.start + 1_000),
        ("ANSWERED", call.rung),
        ("HANGUP", call.end),
        ("TALKRESULT", call.end + 1_000),
    ];
    let mut push = |part: &str, nth: u64, at: i64, body| {
        let id = call.branch.child(part, nth).id();
        events.push(Event { key: HookKey::Pds, id, at, body });
    };
    for ((state, at), nth) in contact.into_iter().zip(0..) {
        if window.has(at) {
            push("contact", nth, at, wire::dialer_contact_status(view, call, state, at));
        }
    }
    for ((state, at), nth) in [("TALKING", call.rung), ("IDLE", call.end)].into_iter().zip(0..) {
        if window.has(at) {
            push("agent", nth, at, wire::dialer_agent_status(view, call, state, at));
        }
    }
}
