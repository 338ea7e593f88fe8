//! One workflow as it stands at an instant: its plan up to then, less what actions cut off.

use std::collections::HashMap;

use super::{
    branch::Branch,
    hooks::LONGEST_CALL_MS,
    plan::{Call, Message, Node, Queued, Session, State, Waba, Workflow, messages},
    script::Script,
    text::{self, Facts, Kind},
};

/// What was asked of one workflow and had an effect.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Acts {
    /// From when, and when the stop is complete.
    pub stop: Option<(i64, i64)>,
    /// Since when each list entry gets nothing more.
    pub cancels: HashMap<usize, i64>,
    /// Since when each list entry is not handed to the predictive dialer any more.
    pub contacts: HashMap<usize, i64>,
    /// When each session was ended.
    pub ended: HashMap<u128, i64>,
}

#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub script: &'a Script,
    pub root: Branch,
    pub workflow: &'a Workflow,
    pub acts: &'a Acts,
    pub now: i64,
    /// From when on nothing new begins; kept, because every row asks for it.
    pub cutoff: i64,
}

/// Of a node or task: those who came to it, those who are through, those whom it reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub total: usize,
    pub finished: usize,
    pub connected: usize,
}

/// A WABA task's counts; each stage includes those beyond it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Funnel {
    pub total: usize,
    pub sent: usize,
    pub delivered: usize,
    pub read: usize,
    pub replied: usize,
    pub failed: usize,
}

impl<'a> View<'a> {
    pub(crate) fn state(&self) -> State {
        self.workflow.life.state(self.now, self.acts.stop)
    }

    pub(crate) fn exists(&self) -> bool {
        self.workflow.life.created <= self.now
    }

    pub(crate) fn over_at(&self) -> Option<i64> {
        self.workflow.life.over_at(self.now, self.acts.stop)
    }

    pub(crate) fn started_at(&self) -> Option<i64> {
        let at = self.workflow.life.started;
        (at <= self.now && at < self.cutoff).then_some(at)
    }

    /// Whether what is planned for `entry` at `at` begins, and has begun by now.
    pub(crate) fn begun(&self, entry: usize, at: i64) -> bool {
        at <= self.now && self.begins(entry, at)
    }

    fn begins(&self, entry: usize, at: i64) -> bool {
        let cancelled = self.acts.cancels.get(&entry).copied().unwrap_or(i64::MAX);
        at < self.cutoff.min(cancelled)
    }

    pub(crate) fn calls(&self) -> impl Iterator<Item = &'a Call> + use<'a> {
        let view = *self;
        self.workflow.calls.iter().filter(move |c| view.begun(c.entry, c.start))
    }

    /// Those that began at `since` or later.
    pub(crate) fn calls_since(&self, since: i64) -> impl Iterator<Item = &'a Call> + use<'a> {
        let view = *self;
        let calls = &self.workflow.calls;
        let first = calls.partition_point(|c| c.start < since);
        calls.iter().skip(first).filter(move |c| view.begun(c.entry, c.start))
    }

    /// Messages that went out, failed ones included.
    pub(crate) fn waba(&self) -> impl Iterator<Item = &'a Waba> + use<'a> {
        let view = *self;
        self.workflow.waba.iter().filter(move |m| view.begun(m.entry, m.sent))
    }

    pub(crate) fn sessions(&self) -> impl Iterator<Item = &'a Session> + use<'a> {
        let view = *self;
        self.workflow.sessions.iter().filter(move |s| view.begun(s.entry, s.start))
    }

    /// When it is over: as planned, or when somebody ended it before.
    pub(crate) fn session_end(&self, session: &Session) -> i64 {
        self.acts.ended.get(&session.id).map_or(session.end, |at| session.end.min(*at))
    }

    /// Who ended it. That an end by the API counts as the agent's is ASSUMED.
    pub(crate) fn end_reason(&self, session: &Session) -> &'static str {
        match self.session_end(session) < session.end {
            true => "agent",
            false => session.talk.end_reason,
        }
    }

    /// All that will be said in it, oldest first: after its end nothing is.
    pub(crate) fn whole(&self, session: &Session) -> Vec<Message> {
        let mut all = messages(session);
        all.retain(|m| {
            m.at < self.session_end(session) || self.session_end(session) == session.end
        });
        all
    }

    /// Oldest first.
    pub(crate) fn messages(&self, session: &Session) -> Vec<Message> {
        let mut all = self.whole(session);
        all.retain(|m| m.at <= self.now);
        all
    }

    /// List entries that nothing more is planned for.
    pub(crate) fn finished(&self) -> usize {
        let through = |(index, entry): &(usize, &super::plan::Entry)| {
            if self.acts.cancels.get(index).is_some_and(|at| *at <= self.now) {
                return !self.calls().any(|c| c.entry == *index && c.end > self.now);
            }
            entry.done <= self.now && self.begun(*index, entry.last_start)
        };
        if self.started_at().is_none() && self.acts.cancels.is_empty() {
            return 0;
        }
        self.workflow.entries.iter().enumerate().filter(through).count()
    }

    /// When it was clear that node `at` dials `queued` no more; `None` before.
    ///
    /// Where an action cut it off so long ago that this is settled since before `after`, `None` too.
    pub(crate) fn settled(&self, at: usize, queued: &Queued, after: i64) -> Option<i64> {
        if self.begins(queued.entry, queued.last_start) {
            return Some(queued.done).filter(|done| *done <= self.now);
        }
        let cancelled = self.acts.cancels.get(&queued.entry).copied().unwrap_or(i64::MAX);
        let cut = self.cutoff.min(cancelled);
        if cut.saturating_add(LONGEST_CALL_MS) < after {
            return None;
        }
        let own = self.calls().filter(|c| c.node == at && c.entry == queued.entry);
        Some(own.map(|c| c.end).fold(cut, i64::max)).filter(|at| *at <= self.now)
    }

    /// Nothing more is planned for `entry`.
    pub(crate) fn is_through(&self, entry: usize) -> bool {
        self.workflow.entries.get(entry).is_none_or(|e| e.last_start <= self.now)
    }

    fn arrived(&self, node: &'a Node) -> impl Iterator<Item = &'a Queued> + use<'a> {
        let view = *self;
        node.queue.iter().filter(move |q| view.begun(q.entry, q.ready))
    }

    pub(crate) fn counts(&self, at: usize, node: &'a Node) -> Counts {
        let through = |q: &&Queued| q.done <= self.now && self.begun(q.entry, q.last_start);
        let connected = match node.kind {
            Kind::Voice => self
                .calls()
                .filter(|c| c.node == at && c.ending.is_some() && c.rung <= self.now)
                .count(),
            Kind::Waba | Kind::Chatbot => 0,
        };
        Counts {
            total: self.arrived(node).count(),
            finished: self.arrived(node).filter(through).count(),
            connected,
        }
    }

    pub(crate) fn funnel(&self, at: usize, node: &'a Node) -> Funnel {
        let mut funnel = Funnel { total: self.arrived(node).count(), ..Funnel::default() };
        for message in self.waba().filter(|m| m.node == at) {
            let by_now = |t: Option<i64>| usize::from(t.is_some_and(|t| t <= self.now));
            match message.failure {
                Some(_) => funnel.failed += 1,
                None => funnel.sent += 1,
            }
            funnel.delivered += by_now(message.delivered);
            funnel.read += by_now(message.read);
            funnel.replied += by_now(message.replied);
        }
        funnel
    }

    pub(crate) fn node_started(&self, node: &'a Node) -> Option<i64> {
        self.arrived(node).map(|q| q.ready).min()
    }

    /// A node runs while its workflow does and somebody may still come to it.
    pub(crate) fn node_state(&self, node: &'a Node) -> State {
        match self.state() {
            State::Running if self.node_started(node).is_none() => State::NotStarted,
            State::Running if self.node_over(node).is_some() => State::Finished,
            state => state,
        }
    }

    pub(crate) fn node_over(&self, node: &'a Node) -> Option<i64> {
        let planned = node.queue.iter().map(|q| q.done).max().filter(|at| *at <= self.now);
        match self.over_at() {
            Some(over) => Some(planned.map_or(over, |at| at.min(over))),
            None => planned.filter(|_| self.cutoff == i64::MAX),
        }
    }

    pub(crate) fn facts(&self, entry: usize) -> Facts {
        let template = self.workflow.template;
        let person = self.workflow.entries.get(entry).map_or(0, |e| e.person);
        let branch = self.workflow.branch.child("facts", u64::try_from(entry).unwrap_or(0));
        let mut draws = branch.draws();
        let day = self.workflow.life.started + draws.between(1, 4) * 86_400_000;
        Facts {
            name: text::name(self.root, template.language, person),
            amount: text::amount(template, &mut draws),
            date: text::date(template.language, day),
            order: format!(
                "{}{:06}",
                draws.word(&["TR", "PH", "LK", "YP"]),
                draws.between(1, 999_999)
            ),
            brand: template.brand,
            case: self.case_id(entry),
            language: template.language.code(),
        }
    }

    /// The customer's own id; telemarketing lists carry none.
    pub(crate) fn case_id(&self, entry: usize) -> String {
        let template = self.workflow.template;
        let person = self.workflow.entries.get(entry).map_or(0, |e| e.person);
        match template.business {
            text::Business::Telemarketing => String::new(),
            _ => format!("C{}", text::case_number(template, person)),
        }
    }

    pub(crate) fn callee(&self, entry: usize) -> String {
        self.workflow.entries.get(entry).map_or_else(String::new, |e| format!("+{}", e.number))
    }

    pub(crate) fn node(&self, at: usize) -> Option<&'a Node> {
        self.workflow.nodes.get(at)
    }
}
