//! What to ask the vendor next. Pure: what is known and what came back go in, one request at a time
//! comes out. The driver performs it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    backoff,
    listing::{Answer, Complete, Lag, ListingState, Need, Oddity},
    pace::{Pace, Tier, Waits},
};
use crate::{
    domain::{
        ids::{PlanId, SessionId, TaskId, WabaTaskId, WorkflowId},
        line::Line,
        time::Timestamp,
    },
    vendor::Key,
};

/// A paged listing of the vendor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listing {
    Workflows,
    Nodes(WorkflowId),
    Tasks(WorkflowId),
    WabaTasks(WorkflowId),
    Calls(WorkflowId, TaskId),
    WabaMessages(WorkflowId, WabaTaskId),
    Sessions,
    CallingTasks,
    /// The calls of a calling task, which may be one round of a plan.
    TaskCalls(TaskId),
    Plans,
    Rounds(PlanId),
    /// The calls of a task of the predictive dialer; asked only while the effect of an action on it is
    /// waited for.
    DialerCalls(TaskId),
}

impl Listing {
    pub fn key(&self) -> Key {
        match self {
            Self::Workflows => Key::WorkflowList,
            Self::Nodes(_) => Key::WorkflowSubtasks,
            Self::Tasks(_) => Key::WorkflowOutboundTasks,
            Self::WabaTasks(_) => Key::WorkflowWabaTasks,
            Self::Calls(..) => Key::WorkflowOutboundDetails,
            Self::WabaMessages(..) => Key::WorkflowWabaDetails,
            Self::Sessions => Key::ChatSessions,
            Self::CallingTasks => Key::TaskList,
            Self::TaskCalls(_) => Key::TaskDetails,
            Self::Plans => Key::PlanList,
            Self::Rounds(_) => Key::PlanRounds,
            Self::DialerCalls(_) => Key::PdsDetails,
        }
    }

    /// The vendor's id of what the listing belongs to, or nothing for the account's own listings.
    pub fn scope(&self) -> &str {
        match self {
            Self::Workflows | Self::Sessions | Self::CallingTasks | Self::Plans => "",
            Self::TaskCalls(task) | Self::DialerCalls(task) => task.as_str(),
            Self::Rounds(plan) => plan.as_str(),
            Self::Nodes(w) | Self::Tasks(w) | Self::WabaTasks(w) => w.as_str(),
            Self::Calls(_, task) => task.as_str(),
            Self::WabaMessages(_, task) => task.as_str(),
        }
    }

    pub fn workflow(&self) -> Option<&WorkflowId> {
        match self {
            Self::Workflows | Self::Sessions | Self::CallingTasks | Self::Plans => None,
            Self::TaskCalls(_) | Self::Rounds(_) | Self::DialerCalls(_) => None,
            Self::Nodes(w) | Self::Tasks(w) | Self::WabaTasks(w) => Some(w),
            Self::Calls(w, _) | Self::WabaMessages(w, _) => Some(w),
        }
    }

    /// Whether it is of calling tasks and plans, which not every account has.
    fn is_of_tasks(&self) -> bool {
        matches!(self, Self::CallingTasks | Self::TaskCalls(_) | Self::Plans | Self::Rounds(_))
    }

    /// Whether it is one of the account's own lists.
    fn is_root(&self) -> bool {
        matches!(self, Self::Workflows | Self::Sessions | Self::CallingTasks | Self::Plans)
    }
}

/// One thing to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    Page {
        listing: Listing,
        page: u32,
        known: Option<u64>,
    },
    /// All messages of a session, newest first until the beginning.
    Transcript(SessionId),
}

/// What somebody looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interest {
    pub watch: bool,
    pub workflows: HashSet<WorkflowId>,
    pub sessions: HashSet<SessionId>,
    /// The list of calling tasks and plans.
    pub dialling: bool,
    pub tasks: HashSet<TaskId>,
    pub plans: HashSet<PlanId>,
    /// Tasks of the predictive dialer.
    pub dialer_tasks: HashSet<TaskId>,
}

impl Interest {
    fn is_in(&self, listing: &Listing) -> bool {
        match listing {
            Listing::TaskCalls(task) => self.tasks.contains(task),
            Listing::Rounds(plan) => self.plans.contains(plan),
            Listing::DialerCalls(task) => self.dialer_tasks.contains(task),
            _ => listing.workflow().is_some_and(|w| self.workflows.contains(w)),
        }
    }
}

/// A listing with the fingerprint of the counts that stand for it elsewhere: when they change, the
/// listing has changed.
#[derive(Debug)]
struct Tracked {
    state: ListingState,
    print: u64,
    /// What the row elsewhere said of the thing that it belongs to.
    over: bool,
    /// The fingerprint of the last mark in the store, as far as this run knows.
    marked: Option<u64>,
}

#[derive(Debug, Default)]
struct TranscriptState {
    fingerprint: u64,
    /// The fingerprint that the last whole reading was for.
    read: Option<u64>,
    over: bool,
    /// Every message has its last tick.
    settled: bool,
    /// Readings since the session ended that found ticks still open.
    unsettled: u32,
    asking: bool,
    failures: u32,
    due: Timestamp,
}

impl TranscriptState {
    /// How long until the messages are read again although their session has not changed: an open
    /// session goes on, and ticks of an ended one come late or never.
    fn tick_wait(&self, hot: i64) -> Option<i64> {
        if self.settled || self.unsettled > MOST_TICK_READINGS {
            return None;
        }
        Some(hot << self.unsettled.saturating_sub(1))
    }
}

/// Why an ask brought nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nobody can be reached, or the sign-in fails: nothing else is worth asking until then.
    Account { retry_after_ms: Option<i64> },
    /// Only this one.
    Listing,
    /// Never ask this again in this run.
    NotAsked,
}

#[derive(Debug)]
pub struct Plan {
    pace: Pace,
    /// The account has calling tasks and plans.
    dials: bool,
    listings: BTreeMap<Listing, Tracked>,
    /// Whether each known workflow is over.
    workflows: HashMap<WorkflowId, bool>,
    transcripts: BTreeMap<SessionId, TranscriptState>,
    chats_closed: bool,
    interest: Interest,
    /// What actions were aimed at whose effect waits to be seen.
    awaited: Interest,
    /// Read whole by an earlier run: (key, scope) → fingerprint and time.
    restored: HashMap<(Key, String), (i64, Timestamp)>,
    account_failures: u32,
    paused_until: Option<Timestamp>,
    picks: usize,
}

/// What an ask is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// What somebody looks at, and the list that tells what changed.
    OnScreen,
    /// What is missing of what somebody looks at.
    OnScreenBacklog,
    /// Where running workflows change.
    Running,
    /// Messages, and what was over when it was read but not settled.
    Late,
    /// What was never read.
    Backlog,
    Sweep,
}

/// Turns go round: each is for one class, and where that has nothing due, for the first class that has.
/// So a budget that is too small for everything leaves no class without its share.
const TURNS: [Class; 16] = [
    Class::OnScreen,
    Class::Running,
    Class::OnScreen,
    Class::Backlog,
    Class::OnScreen,
    Class::Running,
    Class::OnScreen,
    Class::Late,
    Class::OnScreen,
    Class::Running,
    Class::OnScreenBacklog,
    Class::Backlog,
    Class::OnScreen,
    Class::Running,
    Class::Running,
    Class::Sweep,
];

/// Waits that double from a minute: the last reading for late ticks comes after about a day.
const MOST_TICK_READINGS: u32 = 11;

/// A session that a webhook brought need not be one that the API can show.
const MOST_TRANSCRIPT_TRIES: u32 = 8;

impl Plan {
    /// Calling tasks and plans are asked for only where one of the account's `lines` has them.
    pub fn new(pace: Pace, lines: &[Line]) -> Self {
        let fresh = || Tracked { state: ListingState::new(), print: 0, over: false, marked: None };
        let dials = Line::have_tasks(lines);
        let own = [Listing::CallingTasks, Listing::Plans].into_iter().filter(|_| dials);
        let listings = [Listing::Workflows, Listing::Sessions].into_iter().chain(own);
        Self {
            pace,
            dials,
            listings: listings.map(|listing| (listing, fresh())).collect(),
            workflows: HashMap::new(),
            transcripts: BTreeMap::new(),
            chats_closed: false,
            interest: Interest::default(),
            awaited: Interest::default(),
            restored: HashMap::new(),
            account_failures: 0,
            paused_until: None,
            picks: 0,
        }
    }

    /// What earlier runs read whole.
    pub fn restore(&mut self, marks: impl IntoIterator<Item = (Key, String, i64, Timestamp)>) {
        self.restored.extend(marks.into_iter().map(|(key, scope, f, at)| ((key, scope), (f, at))));
    }

    pub fn set_interest(&mut self, interest: Interest) {
        self.interest = interest;
    }

    /// Something was done to these; what would show its effect is read as if on screen.
    pub fn set_awaited(&mut self, awaited: Interest, now: Timestamp) {
        if awaited == self.awaited {
            return;
        }
        let roots = [
            (Listing::Workflows, awaited.workflows != self.awaited.workflows),
            (Listing::CallingTasks, awaited.tasks != self.awaited.tasks),
            (Listing::Plans, awaited.plans != self.awaited.plans),
            (Listing::Sessions, awaited.sessions != self.awaited.sessions),
        ];
        for (root, _) in roots.iter().filter(|(_, differs)| *differs) {
            if let Some(list) = self.listings.get_mut(root) {
                list.state.mark_dirty(now);
            }
        }
        for task in &awaited.dialer_tasks {
            self.learn(Listing::DialerCalls(task.clone()), false, 0, now);
        }
        self.awaited = awaited;
        let awaited = &self.awaited.dialer_tasks;
        self.listings.retain(|listing, _| match listing {
            Listing::DialerCalls(task) => awaited.contains(task),
            _ => true,
        });
    }

    /// A workflow as it is known now. `print` covers its status and counts.
    pub fn learn_workflow(&mut self, id: &WorkflowId, over: bool, print: u64, now: Timestamp) {
        self.workflows.insert(id.clone(), over);
        for listing in
            [Listing::Tasks(id.clone()), Listing::Nodes(id.clone()), Listing::WabaTasks(id.clone())]
        {
            self.learn(listing, over, print, now);
        }
    }

    /// A listing that exists because of a row elsewhere, whose status and counts are in `print`.
    pub fn learn(&mut self, listing: Listing, over: bool, print: u64, now: Timestamp) {
        if listing.is_of_tasks() && !self.dials {
            return;
        }
        if let Some(tracked) = self.listings.get_mut(&listing) {
            tracked.over = over;
            if tracked.print != print {
                tracked.print = print;
                tracked.state.mark_dirty(now);
            }
            return;
        }
        let mark = self.restored.get(&(listing.key(), listing.scope().to_owned()));
        let state = match mark {
            Some((stored, at)) if over && *stored == print as i64 => ListingState::restored(*at),
            _ => ListingState::new(),
        };
        self.listings.insert(listing, Tracked { state, print, over, marked: None });
    }

    /// The fingerprint to mark a whole reading of a listing with: when it differs from the last mark,
    /// and each time where the effect of an action is waited for, since that needs to know how fresh
    /// the reading is.
    pub fn to_mark(&mut self, listing: &Listing) -> Option<u64> {
        if listing.is_root() {
            return None;
        }
        let awaited = self.awaited.is_in(listing);
        let tracked = self.listings.get_mut(listing)?;
        if tracked.marked == Some(tracked.print) && !awaited {
            return None;
        }
        tracked.marked = Some(tracked.print);
        tracked.marked
    }

    /// Something was done or announced: the list of workflows is read soon.
    pub fn wake(&mut self, now: Timestamp) {
        if let Some(list) = self.listings.get_mut(&Listing::Workflows) {
            list.state.mark_dirty(now);
        }
    }

    /// A session as it is stored now; its messages are read when it is new or has changed.
    pub fn learn_session(&mut self, id: &SessionId, over: bool, print: u64) {
        let mark = self.restored.get(&(Key::ChatMessages, id.as_str().to_owned()));
        let read = mark.map(|(stored, _)| *stored as u64);
        let state = self
            .transcripts
            .entry(id.clone())
            .or_insert_with(|| TranscriptState { read, ..TranscriptState::default() });
        if state.fingerprint != print {
            state.unsettled = 0;
        }
        (state.fingerprint, state.over) = (print, over);
    }

    pub fn session_fingerprint(&self, id: &SessionId) -> Option<u64> {
        self.transcripts.get(id).map(|s| s.fingerprint)
    }

    pub fn forget_workflow(&mut self, id: &WorkflowId) {
        self.workflows.remove(id);
        self.listings.retain(|listing, _| listing.workflow() != Some(id));
    }

    /// The next request that is due, marked as being asked.
    pub fn next(&mut self, now: Timestamp) -> Option<Ask> {
        if self.paused_until.is_some_and(|until| until > now) {
            return None;
        }
        let turn = TURNS[self.picks % TURNS.len()];
        self.picks = self.picks.wrapping_add(1);
        let (.., ask) =
            self.due(now).min_by_key(|(class, due, _)| (*class != turn, *class, *due))?;
        match &ask {
            Ask::Page { listing, page, .. } => {
                if let Some(tracked) = self.listings.get_mut(listing) {
                    tracked.state.asked(*page, now);
                }
            }
            Ask::Transcript(id) => {
                if let Some(state) = self.transcripts.get_mut(id) {
                    state.asking = true;
                }
            }
        }
        Some(ask)
    }

    fn due(&self, now: Timestamp) -> impl Iterator<Item = (Class, Timestamp, Ask)> {
        let pages = self.listings.iter().flat_map(move |(listing, tracked)| {
            let (state, tier) = (&tracked.state, self.tier(listing, tracked.over));
            let dues = state.dues(self.waits(listing, tier)).filter(move |due| due.at <= now);
            dues.map(move |due| {
                let known = state.hash_of(due.page);
                let ask = Ask::Page { listing: listing.clone(), page: due.page, known };
                (class(listing, tier, due.need), due.at, ask)
            })
        });
        let chats = self.transcripts.iter().filter_map(move |(id, state)| {
            let due = self.transcript_due(id, state)?;
            let looked_at = self.interest.sessions.contains(id);
            let class = if looked_at { Class::OnScreen } else { Class::Late };
            (due <= now).then(|| (class, due, Ask::Transcript(id.clone())))
        });
        pages.chain(chats)
    }

    /// When something will be due, for the driver to sleep until.
    pub fn next_due(&self) -> Option<Timestamp> {
        let pages = self.listings.iter().flat_map(|(listing, tracked)| {
            let waits = self.waits(listing, self.tier(listing, tracked.over));
            tracked.state.dues(waits).map(|due| due.at)
        });
        let chats = self.transcripts.iter().filter_map(|(id, s)| self.transcript_due(id, s));
        let due = pages.chain(chats).min()?;
        Some(self.paused_until.map_or(due, |until| until.max(due)))
    }

    fn transcript_due(&self, id: &SessionId, state: &TranscriptState) -> Option<Timestamp> {
        if self.chats_closed || state.asking {
            return None;
        }
        if state.read != Some(state.fingerprint) {
            return Some(state.due);
        }
        let looked_at = self.interest.sessions.contains(id) || self.awaited.sessions.contains(id);
        let wait = match looked_at {
            true => self.pace.of(Tier::OnScreen).hot,
            false => state.tick_wait(self.pace.of(Tier::Running).hot)?,
        };
        Some(state.due.plus_ms(wait))
    }

    fn tier(&self, listing: &Listing, over: bool) -> Tier {
        if self.interest.is_in(listing) || self.awaited.is_in(listing) {
            return Tier::OnScreen;
        }
        let Some(workflow) = listing.workflow() else {
            return if over { Tier::Over } else { Tier::Running };
        };
        match self.workflows.get(workflow) {
            Some(true) => Tier::Over,
            _ => Tier::Running,
        }
    }

    fn waits(&self, listing: &Listing, tier: Tier) -> Waits {
        match listing {
            Listing::Workflows | Listing::Sessions => {
                let open = self.interest.watch || !self.interest.workflows.is_empty();
                self.pace.of_list(open || self.awaited != Interest::default())
            }
            // They have no list of what needs attention: off the screen they are read as what runs.
            Listing::CallingTasks | Listing::Plans
                if self.interest.dialling || self.awaited.dialling =>
            {
                self.pace.of_list(true)
            }
            Listing::Nodes(_) | Listing::Tasks(_) | Listing::WabaTasks(_) | Listing::Rounds(_) => {
                self.pace.of_parts(tier)
            }
            _ => self.pace.of(tier),
        }
    }

    pub fn answered(
        &mut self,
        listing: &Listing,
        answer: Answer,
        now: Timestamp,
    ) -> Option<Complete> {
        self.account_failures = 0;
        self.paused_until = None;
        self.listings.get_mut(listing)?.state.answered(answer, now)
    }

    /// What the last reading of all pages of a listing saw.
    pub fn oddity(&self, listing: &Listing) -> Option<Oddity> {
        self.listings.get(listing)?.state.oddity()
    }

    pub fn gone(
        &mut self,
        listing: &Listing,
        complete: &Complete,
        stored: &[String],
    ) -> Vec<String> {
        self.listings.get_mut(listing).map(|t| t.state.gone(complete, stored)).unwrap_or_default()
    }

    /// `ticked`: every message has its last tick.
    pub fn transcript_answered(
        &mut self,
        id: &SessionId,
        fingerprint: u64,
        ticked: bool,
        now: Timestamp,
    ) {
        self.account_failures = 0;
        self.paused_until = None;
        if let Some(state) = self.transcripts.get_mut(id) {
            state.asking = false;
            state.failures = 0;
            state.due = now;
            state.read = Some(fingerprint);
            state.settled = ticked && state.over;
            state.unsettled += u32::from(state.over);
        }
    }

    /// Takes a failure in; returns when it is tried again, if ever.
    pub fn failed(&mut self, ask: &Ask, failure: Failure, now: Timestamp) -> Option<Timestamp> {
        if let Failure::Account { retry_after_ms } = failure {
            self.account_failures += 1;
            let wait = backoff::delay_ms(self.account_failures);
            self.paused_until = Some(now.plus_ms(retry_after_ms.unwrap_or(wait)));
        }
        let closed = failure == Failure::NotAsked;
        match ask {
            Ask::Page { listing, page, .. } => {
                let state = &mut self.listings.get_mut(listing)?.state;
                let retry = now.plus_ms(backoff::delay_ms(state.failures() + 1));
                state.failed(*page, retry);
                if closed {
                    state.close();
                    return None;
                }
                Some(self.paused_until.map_or(retry, |until| until.max(retry)))
            }
            Ask::Transcript(id) => {
                self.chats_closed |= closed;
                let state = self.transcripts.get_mut(id)?;
                state.asking = false;
                state.failures += 1;
                state.due = now.plus_ms(backoff::delay_ms(state.failures));
                if state.failures >= MOST_TRANSCRIPT_TRIES {
                    // Asked again only when the session changes: the vendor may not have it.
                    state.failures = 0;
                    state.read = Some(state.fingerprint);
                }
                (!closed).then_some(state.due)
            }
        }
    }

    /// How far the reading of each kind is behind, of what runs or is on screen.
    pub fn lag(&self) -> BTreeMap<Key, Lag> {
        let mut lags: BTreeMap<Key, Lag> = BTreeMap::new();
        for (listing, tracked) in &self.listings {
            let mut lag = tracked.state.lag();
            if self.tier(listing, tracked.over) == Tier::Over {
                lag.oldest = None;
            }
            let whole = lags.entry(listing.key()).or_default();
            *whole = whole.with(lag);
        }
        lags.retain(|_, lag| *lag != Lag::default());
        lags
    }

    /// Everything that the API lists has been read once.
    pub fn is_caught_up(&self) -> bool {
        self.listings.values().all(|tracked| tracked.state.is_caught_up())
            && (self.chats_closed
                || self.transcripts.values().all(|s| s.read == Some(s.fingerprint)))
    }
}

fn class(listing: &Listing, tier: Tier, need: Need) -> Class {
    match (listing, tier, need) {
        (Listing::Workflows, _, Need::Follow) | (_, Tier::OnScreen, Need::Follow) => {
            Class::OnScreen
        }
        (Listing::Workflows, _, Need::Backlog) | (_, Tier::OnScreen, Need::Backlog) => {
            Class::OnScreenBacklog
        }
        // What went from the list of workflows is found by its sweep alone.
        (Listing::Workflows, _, Need::Sweep) | (Listing::Sessions, _, Need::Follow) => {
            Class::Running
        }
        (_, Tier::Running, Need::Follow) => Class::Running,
        (_, Tier::Over, Need::Follow) => Class::Late,
        (_, _, Need::Backlog) => Class::Backlog,
        (_, _, Need::Sweep) => Class::Sweep,
    }
}

#[cfg(test)]
mod tests;
