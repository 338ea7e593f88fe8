//! Template messages to those whom a workflow sends one.

use super::{Queued, Waba};
use crate::sim::branch::Branch;

/// WhatsApp's public error codes for messages that did not go out.
const FAILURES: &[(u32, &str)] = &[
    (131_026, "Message undeliverable"),
    (131_049, "Not delivered to maintain healthy ecosystem engagement"),
    (130_472, "User's number is part of an experiment"),
    (131_047, "Re-engagement message"),
];

/// One message for each in `queue`; marks when each is done there.
pub(super) fn send(branch: Branch, node: usize, queue: &mut [Queued]) -> Vec<Waba> {
    queue.iter_mut().map(|queued| message(branch, node, queued)).collect()
}

fn message(branch: Branch, node: usize, queued: &mut Queued) -> Waba {
    let branch = branch.child("waba", u64::try_from(queued.entry).unwrap_or(0));
    let mut draws = branch.draws();
    let sent = queued.ready + draws.between(3, 25) * 1000;
    let failure = if draws.chance(0.07) { draws.pick(FAILURES).copied() } else { None };
    let delivered =
        (failure.is_none() && draws.chance(0.95)).then(|| sent + draws.between(1, 40) * 1000);
    let read = match delivered {
        Some(at) if draws.chance(0.72) => Some(at + draws.between(5, 400) * 1000),
        _ => None,
    };
    let replied = match read {
        Some(at) if draws.chance(0.12) => Some(at + draws.between(10, 120) * 1000),
        _ => None,
    };
    queued.last_start = sent;
    queued.done = delivered.unwrap_or(sent + 60_000);
    let (id, entry, ready) = (branch.id(), queued.entry, queued.ready);
    Waba { id, entry, node, queued: ready, sent, delivered, read, replied, failure }
}
