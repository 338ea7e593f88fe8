//! The whole life of one workflow, decided when it is created: every call, message and session with
//! its times. What a client sees at an instant is this plan up to that instant, less what actions cut
//! off, so it does not matter in how many steps time ran.

mod chat;
mod dialogue;
mod grow;
mod life;
mod voice;
mod waba;

pub(crate) use chat::{Message, messages};
pub(crate) use dialogue::{Turn, turns};
pub(crate) use grow::{created_at, grow, grow_dialling};
pub(crate) use life::{Life, State};

use super::{
    branch::Branch,
    text::{Conversation, Ending, Kind, Template},
};

/// All instants are Unix milliseconds and whole seconds, because some of the vendor's times carry no
/// fraction.
pub(crate) struct Workflow {
    /// Its place in the order of creation.
    pub index: usize,
    pub id: u128,
    pub name: String,
    pub template: &'static Template,
    pub branch: Branch,
    pub life: Life,
    pub nodes: Vec<Node>,
    pub entries: Vec<Entry>,
    /// By start.
    pub calls: Vec<Call>,
    /// By the time they are queued.
    pub waba: Vec<Waba>,
    /// By start.
    pub sessions: Vec<Session>,
}

/// A list entry: one person in one workflow.
pub(crate) struct Entry {
    pub uuid: u128,
    /// Among those who speak the template's language.
    pub person: u32,
    /// Digits of the number, without `+`.
    pub number: u64,
    /// When the last thing planned for it begins, and when it is over.
    pub last_start: i64,
    pub done: i64,
}

pub(crate) struct Node {
    pub id: u128,
    pub kind: Kind,
    pub name: &'static str,
    /// The outbound task or WABA task that does its work; a chatbot has none.
    pub task: u128,
    pub queue: Vec<Queued>,
}

/// One entry's passage through a node.
#[derive(Clone, Copy)]
pub(crate) struct Queued {
    pub entry: usize,
    pub ready: i64,
    pub last_start: i64,
    pub done: i64,
}

pub(crate) struct Call {
    pub id: u128,
    pub branch: Branch,
    pub entry: usize,
    pub node: usize,
    /// Redial round, from 1.
    pub round: u8,
    pub start: i64,
    /// When ringing ended: by an answer, or without one.
    pub rung: i64,
    pub end: i64,
    /// The predictive dialer's code, used for workflows too (ASSUMED).
    pub hangup: u8,
    /// How the conversation went; `None` when nobody answered.
    pub ending: Option<&'static Ending>,
}

impl Call {
    pub(crate) fn talk_ms(&self) -> i64 {
        if self.ending.is_some() { self.end - self.rung } else { 0 }
    }

    /// Hung up in the first ten seconds: no letter, no recording.
    pub(crate) fn is_short(&self) -> bool {
        self.talk_ms() < 10_000
    }
}

pub(crate) struct Waba {
    pub id: u128,
    pub entry: usize,
    pub node: usize,
    pub queued: i64,
    pub sent: i64,
    /// Not for a message that failed.
    pub delivered: Option<i64>,
    pub read: Option<i64>,
    pub replied: Option<i64>,
    /// WhatsApp's own error, told when the message was sent.
    pub failure: Option<(u32, &'static str)>,
}

pub(crate) struct Session {
    pub id: u128,
    pub branch: Branch,
    pub entry: usize,
    pub node: usize,
    pub start: i64,
    pub end: i64,
    pub talk: &'static Conversation,
}

impl Workflow {
    /// Moves the whole plan.
    fn shift(&mut self, by: i64) {
        self.hold(i64::MIN, by);
    }

    /// Moves what begins at `from` or later, as a pause does. What has begun is not held up.
    fn hold(&mut self, from: i64, by: i64) {
        let held = |begins: i64| if begins >= from { by } else { 0 };
        for entry in &mut self.entries {
            entry.done += held(entry.last_start);
            entry.last_start += held(entry.last_start);
        }
        for queued in self.nodes.iter_mut().flat_map(|n| &mut n.queue) {
            queued.done += held(queued.last_start);
            queued.last_start += held(queued.last_start);
            queued.ready += held(queued.ready);
        }
        for call in &mut self.calls {
            let by = held(call.start);
            call.start += by;
            call.rung += by;
            call.end += by;
        }
        for message in &mut self.waba {
            let by = held(message.sent);
            message.queued += held(message.queued);
            message.sent += by;
            message.delivered = message.delivered.map(|t| t + by);
            message.read = message.read.map(|t| t + by);
            message.replied = message.replied.map(|t| t + held(t).max(by));
        }
        for session in &mut self.sessions {
            let by = held(session.start);
            session.start += by;
            session.end += by;
        }
    }

    /// When the last thing planned is over.
    fn last_end(&self) -> i64 {
        let queued = self.nodes.iter().flat_map(|n| &n.queue).map(|q| q.done);
        let read = self.waba.iter().filter_map(|m| m.replied.or(m.read));
        queued.chain(read).max().unwrap_or(0)
    }
}
