//! Chatbot sessions and their messages.

use super::{Queued, Session, voice::seconds};
use crate::sim::{
    branch::Branch,
    text::{Conversation, Say, Sender, Template, conversations},
};

/// One session for each in `queue`; marks when each is done there. `ordinal` counts sessions over all
/// workflows of a template, so that every conversation has its turn.
pub(super) fn talk(
    branch: Branch,
    node: usize,
    template: &'static Template,
    ordinal: usize,
    queue: &mut [Queued],
) -> Vec<Session> {
    let talks: Vec<&'static Conversation> = conversations(template).collect();
    let mut sessions = Vec::new();
    for (queued, at) in queue.iter_mut().zip(ordinal..) {
        let Some(talk) = talks.get(at % talks.len().max(1)) else { continue };
        let branch = branch.child("session", u64::try_from(queued.entry).unwrap_or(0));
        let lines = i64::try_from(talk.lines.len()).unwrap_or(1);
        let start = queued.ready;
        let end = start + seconds(lines * branch.draws().between(9_000, 34_000)) + 15_000;
        queued.last_start = start;
        queued.done = end;
        let (id, entry) = (branch.id(), queued.entry);
        sessions.push(Session { id, branch, entry, node, start, end, talk });
    }
    sessions
}

pub(crate) struct Message {
    pub id: u128,
    pub branch: Branch,
    pub sender: Sender,
    pub say: Say,
    /// The message that it quotes, by its place.
    pub quotes: Option<usize>,
    /// When it is there.
    pub at: i64,
    /// What its `timestamp` says, Unix milliseconds: in a few sessions not when it was there, as in
    /// the vendor's own sample, whose first message is dated after the second.
    pub dated: i64,
    pub delivered: i64,
    pub read: i64,
}

/// All messages of `session`, oldest first, those to come included.
pub(crate) fn messages(session: &Session) -> Vec<Message> {
    let odd = session.branch.child("odd", 0).draws().chance(0.08);
    let count = i64::try_from(session.talk.lines.len()).unwrap_or(1).max(1);
    let step = (session.end - session.start - 12_000).max(0) / count;
    session
        .talk
        .lines
        .iter()
        .zip(0..)
        .map(|(line, index)| {
            let branch = session.branch.child("message", index);
            let mut draws = branch.draws();
            let place = i64::try_from(index).unwrap_or(0);
            let at = seconds(session.start + step * place + draws.between(0, step * 8 / 10));
            let dated = if odd && index == 0 { session.end + 240_000 } else { at };
            let delivered = at + draws.between(1, 5) * 1000;
            let read = delivered + draws.between(2, 40) * 1000;
            let (id, sender, say, quotes) = (branch.id(), line.by, line.say, line.quotes);
            Message { id, branch, sender, say, quotes, at, dated, delivered, read }
        })
        .collect()
}
