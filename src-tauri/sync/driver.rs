//! The one loop that reads the vendor and writes the store.

use std::{collections::HashMap, sync::Arc, time::Duration};

use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
};

use super::{
    awaited,
    drain::{self, Drained},
    fetch::{self, Fetched, Learned, Messages},
    health::{Ledger, Link, Oddity},
    listing::Complete,
    pace::Pace,
    plan::{Ask, Failure, Interest, Listing, Plan},
    replay,
    shapes::Shapes,
    upkeep::Upkeep,
};
use crate::{
    domain::{
        ids::{AccountId, SessionId, WorkflowId},
        line::Line,
        time::Timestamp,
        workflow::Source,
    },
    store::{Batch, EventState, InboxItem, Kind, Reader, SourceMark, StoreError, Writer},
    vendor::{Clock, Key, Profile, ReadError, ReadErrorKind, Reads},
};

/// An account that is read.
pub struct AccountReads {
    pub account: AccountId,
    pub reads: Reads,
    /// Business lines that the account uses: they decide what is asked for at all.
    pub lines: Vec<Line>,
}

/// What wakes the driver. None of it carries data.
#[derive(Clone)]
pub struct Signals {
    /// Something was done, or an event was received.
    pub wake: Arc<Notify>,
    /// What is on screen.
    pub interest: watch::Receiver<HashMap<AccountId, Interest>>,
    /// Turns true when the app ends.
    pub stop: watch::Receiver<bool>,
}

struct AccountSync {
    id: AccountId,
    reads: Reads,
    plan: Plan,
    shapes: Shapes,
    in_flight: usize,
    /// When its lag was told last.
    lag_at: Option<Timestamp>,
}

pub struct Driver {
    accounts: Vec<AccountSync>,
    writer: Writer,
    reader: Reader,
    clock: Clock,
    ledger: Ledger,
    jobs: JoinSet<Done>,
    /// When inbox and journal were looked at last; `None` when they are to be looked at now.
    looked_at: Option<Timestamp>,
    /// What is stored reads as the profiles say.
    replayed: bool,
    upkeep: Upkeep,
}

/// Enough to hide the vendor's latency; the budget is what bounds the rate.
const MOST_IN_FLIGHT: usize = 4;
/// Inbox and journal are looked at when somebody says so, and this often in case nobody did.
const LOOK_MS: i64 = 1_000;
/// Inbox items taken at a time, and how many of them share a transaction.
const DRAIN: u32 = 200;
const TOGETHER: usize = 50;

struct Done {
    account: usize,
    ask: Ask,
    result: Result<Brought, ReadError>,
}

enum Brought {
    Page(Box<Fetched>),
    Messages(Messages, u64),
}

impl Driver {
    pub async fn new(
        accounts: Vec<AccountReads>,
        writer: Writer,
        reader: Reader,
        clock: Clock,
        ledger: Ledger,
        pace: Pace,
    ) -> Result<Self, StoreError> {
        let mut syncs = Vec::new();
        for AccountReads { account, reads, lines } in accounts {
            let mut plan = Plan::new(pace, &lines);
            let marks = reader.known_sources(&account).await?;
            plan.restore(marks.into_iter().filter_map(|mark| {
                let key = Key::parse(&mark.key)?;
                mark.complete.then_some((key, mark.scope, mark.fingerprint, mark.answered_at))
            }));
            let shapes = Shapes::kept(&reader, &account).await?;
            syncs.push(AccountSync {
                id: account,
                reads,
                plan,
                shapes,
                in_flight: 0,
                lag_at: None,
            });
        }
        let jobs = JoinSet::new();
        Ok(Self {
            accounts: syncs,
            writer,
            reader,
            clock,
            ledger,
            jobs,
            looked_at: None,
            replayed: false,
            upkeep: Upkeep::default(),
        })
    }

    /// Reads until `stop`.
    pub async fn run(mut self, mut signals: Signals) {
        loop {
            let interest = signals.interest.borrow_and_update().clone();
            self.look_at(&interest);
            self.turn().await;
            let pause = self.pause();
            tokio::select! {
                Some(done) = self.jobs.join_next() => self.take(done).await,
                () = signals.wake.notified() => self.woken(),
                changed = signals.interest.changed() => if changed.is_err() { return },
                () = stopped(&mut signals.stop) => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Does everything that is due at the clock's present time and returns when something is due
    /// next. For a caller that owns the time.
    pub async fn step(&mut self) -> Option<Timestamp> {
        loop {
            self.turn().await;
            match self.jobs.join_next().await {
                Some(done) => self.take(done).await,
                None => return self.next_due(),
            }
        }
    }

    pub fn look_at(&mut self, interest: &HashMap<AccountId, Interest>) {
        for sync in &mut self.accounts {
            sync.plan.set_interest(interest.get(&sync.id).cloned().unwrap_or_default());
        }
    }

    pub fn woken(&mut self) {
        let now = (self.clock)();
        self.looked_at = None;
        self.accounts.iter_mut().for_each(|sync| sync.plan.wake(now));
    }

    /// Reads until everything that is listed has been read once.
    pub async fn catch_up(&mut self) {
        loop {
            self.turn().await;
            if self.is_caught_up() && self.jobs.is_empty() {
                return;
            }
            let pause = self.pause();
            tokio::select! {
                Some(done) = self.jobs.join_next() => self.take(done).await,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    pub fn is_caught_up(&self) -> bool {
        self.accounts.iter().all(|sync| sync.plan.is_caught_up())
    }

    /// Drains the inbox and starts what is due.
    async fn turn(&mut self) {
        let now = (self.clock)();
        if !std::mem::replace(&mut self.replayed, true) {
            self.replay(now).await;
        }
        if self.looked_at.is_none_or(|at| now.since(at) >= LOOK_MS) {
            self.looked_at = Some(now);
            self.drain().await;
            self.upkeep.turn(&mut self.writer, &self.ledger, now).await;
            for i in 0..self.accounts.len() {
                self.await_effects(i).await;
            }
        }
        for i in 0..self.accounts.len() {
            self.launch(i);
        }
    }

    /// Before anything is asked: what earlier runs stored is read through the profiles of this one.
    async fn replay(&mut self, now: Timestamp) {
        for sync in &self.accounts {
            let profile = sync.reads.profile();
            let done = replay::replay(&self.reader, &mut self.writer, &sync.id, profile, now).await;
            if let Err(error) = done {
                tracing::error!(%error, "what is stored could not be read anew");
            }
        }
    }

    fn launch(&mut self, i: usize) {
        let sync = &mut self.accounts[i];
        let now = (self.clock)();
        while sync.in_flight < MOST_IN_FLIGHT {
            let Some(ask) = sync.plan.next(now) else { break };
            sync.in_flight += 1;
            let reads = sync.reads.clone();
            let print = match &ask {
                Ask::Transcript(id) => sync.plan.session_fingerprint(id).unwrap_or_default(),
                Ask::Page { .. } => 0,
            };
            self.jobs.spawn(async move {
                let result = perform(&reads, &ask, print).await;
                Done { account: i, ask, result }
            });
        }
        // It looks at every page, so not at every turn.
        let lag_due = sync.lag_at.is_none_or(|at| now.since(at) >= LOOK_MS);
        let lag = lag_due.then(|| sync.plan.lag());
        sync.lag_at = if lag_due { Some(now) } else { sync.lag_at };
        let (requests, total) = (sync.reads.requests_last_minute(now), sync.reads.requests_total());
        let (budget, caught_up) = (sync.reads.budget_per_s(), sync.plan.is_caught_up());
        let changes = sync.shapes.changes();
        self.ledger.write(&sync.id, |entry| {
            entry.requests_last_minute = requests;
            entry.requests_total = total;
            entry.budget_per_s = budget;
            entry.caught_up = caught_up;
            entry.lag = lag.unwrap_or_else(|| std::mem::take(&mut entry.lag));
            if entry.shape_changes != changes {
                entry.shape_changes = changes.to_vec();
            }
        });
    }

    fn next_due(&self) -> Option<Timestamp> {
        self.accounts.iter().filter_map(|sync| sync.plan.next_due()).min()
    }

    fn pause(&self) -> Duration {
        const LONGEST: i64 = 60_000;
        let now = (self.clock)();
        let full = self.accounts.iter().all(|sync| sync.in_flight >= MOST_IN_FLIGHT);
        let due = self.next_due().filter(|_| !full).map_or(LONGEST, |due| due.since(now));
        Duration::from_millis(due.clamp(1, LONGEST).unsigned_abs())
    }

    async fn take(&mut self, done: Result<Done, tokio::task::JoinError>) {
        let done = match done {
            Ok(done) => done,
            Err(error) => {
                // The lost ask is still marked as being asked; the next run reads it.
                tracing::error!(%error, "a reading ended without a result");
                return;
            }
        };
        let Done { account: i, ask, result } = done;
        self.accounts[i].in_flight -= 1;
        let (key, _) = ask.source();
        match result {
            Ok(brought) => {
                let now = (self.clock)();
                let sync = &self.accounts[i];
                let evidence = sync.reads.may(key);
                self.ledger.write(&sync.id, |entry| {
                    if let Ok(evidence) = evidence {
                        entry.answered(&ask, evidence, now);
                    }
                });
                if let Err(error) = self.keep(i, &ask, brought, now).await {
                    self.store_failed(i, &ask, &error, now);
                }
            }
            Err(error) => self.failed(i, &ask, error),
        }
    }

    async fn keep(
        &mut self,
        i: usize,
        ask: &Ask,
        brought: Brought,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        match (ask, brought) {
            (Ask::Page { listing, .. }, Brought::Page(fetched)) => {
                self.keep_page(i, (ask, listing), *fetched, now).await
            }
            (Ask::Transcript(id), Brought::Messages(messages, print)) => {
                self.keep_messages(i, (ask, id), messages, print, now).await
            }
            _ => Ok(()),
        }
    }

    /// Messages of a list that goes in a circle are added to what is stored, and replace nothing of it.
    async fn keep_messages(
        &mut self,
        i: usize,
        (ask, id): (&Ask, &SessionId),
        messages: Messages,
        print: u64,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut batch = Batch::default();
        let (ticked, oddity) = match messages {
            Messages::Whole(transcript) => {
                let ticked = fetch::is_ticked(&transcript);
                batch.marks.push(SourceMark {
                    key: Key::ChatMessages.as_str().to_owned(),
                    scope: id.as_str().to_owned(),
                    answered_at: now,
                    fingerprint: print as i64,
                    total: Some(transcript.messages.len() as i64),
                    complete: true,
                });
                batch.transcripts.push(transcript);
                (ticked, None)
            }
            Messages::Circle(said) => {
                batch.said.push(said);
                (false, Some(Oddity::CursorLoops))
            }
        };
        self.accounts[i].shapes.look_at(Key::ChatMessages.as_str(), &mut batch, now);
        let account = self.accounts[i].id.clone();
        self.writer.apply(&account, Source::Api, now, batch).await?;
        self.accounts[i].plan.transcript_answered(id, print, ticked, now);
        self.ledger.write(&account, |entry| entry.saw(ask, oddity));
        Ok(())
    }

    async fn keep_page(
        &mut self,
        i: usize,
        (ask, listing): (&Ask, &Listing),
        fetched: Fetched,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Fetched { mut answer, mut batch, learned } = fetched;
        let account = self.accounts[i].id.clone();
        if !answer.same {
            self.accounts[i].shapes.look_at(listing.key().as_str(), &mut batch, now);
            answer.written = self.writer.apply(&account, Source::Api, now, batch).await?.written;
        }
        let plan = &mut self.accounts[i].plan;
        learn(plan, learned, now);
        let complete = plan.answered(listing, answer, now);
        let (oddity, sync) = (plan.oddity(listing), &self.accounts[i]);
        self.ledger.write(&sync.id, |entry| entry.saw(ask, oddity));
        if let Some(complete) = complete {
            self.completed(i, listing, &complete, now).await?;
        }
        Ok(())
    }

    /// A listing was read whole: what it lacks twice in a row goes, and a later start need not read
    /// it again.
    async fn completed(
        &mut self,
        i: usize,
        listing: &Listing,
        complete: &Complete,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let account = self.accounts[i].id.clone();
        let mut batch = Batch::default();
        if let Some(kind) = removable(listing) {
            let stored = self.reader.listed_ids(&account, kind, listing.workflow()).await?;
            let gone = self.accounts[i].plan.gone(listing, complete, &stored);
            if kind == Kind::Workflow {
                gone.iter().for_each(|id| {
                    self.accounts[i].plan.forget_workflow(&WorkflowId::new(id.clone()));
                });
            }
            batch.removals = gone.into_iter().map(|id| (kind, id)).collect();
        }
        if let Some(fingerprint) = self.accounts[i].plan.to_mark(listing) {
            batch.marks.push(SourceMark {
                key: listing.key().as_str().to_owned(),
                scope: listing.scope().to_owned(),
                answered_at: now,
                fingerprint: fingerprint as i64,
                total: Some(complete.ids.len() as i64),
                complete: true,
            });
        }
        if !batch.removals.is_empty() || !batch.marks.is_empty() {
            self.writer.apply(&account, Source::Api, now, batch).await?;
        }
        Ok(())
    }

    fn failed(&mut self, i: usize, ask: &Ask, error: ReadError) {
        let now = (self.clock)();
        let sync = &mut self.accounts[i];
        let next_try = sync.plan.failed(ask, weight(&error.kind), now);
        let (key, _) = ask.source();
        tracing::debug!(account = %sync.id, key = key.as_str(), %error, "a reading failed");
        self.ledger.write(&sync.id, |entry| entry.failed(ask, error, next_try, now));
    }

    fn store_failed(&mut self, i: usize, ask: &Ask, error: &StoreError, now: Timestamp) {
        tracing::error!(%error, "what was read could not be stored");
        let sync = &mut self.accounts[i];
        sync.plan.failed(ask, Failure::Listing, now);
        self.ledger.write(&sync.id, |entry| {
            *entry.failures.entry(error.to_string()).or_default() += 1;
            entry.link = Link::Failing;
        });
    }

    /// What has an action that was not seen yet is read as if on screen.
    async fn await_effects(&mut self, i: usize) {
        let now = (self.clock)();
        let awaited = awaited::subjects(&self.reader, &self.accounts[i].id, now).await;
        match awaited {
            Ok(awaited) => self.accounts[i].plan.set_awaited(awaited, now),
            Err(error) => tracing::error!(%error, "the journal could not be read"),
        }
    }

    async fn drain(&mut self) {
        loop {
            let items = match self.reader.inbox_pending(DRAIN).await {
                Ok(items) => items,
                Err(error) => {
                    tracing::error!(%error, "the inbox could not be read");
                    return;
                }
            };
            let full = items.len() == DRAIN as usize;
            for together in items.chunks(TOGETHER) {
                if !self.drain_together(together).await {
                    return;
                }
            }
            if !full {
                return;
            }
        }
    }

    /// Items share a transaction, and with it the wait for the disk, as long as none of them fails.
    async fn drain_together(&mut self, items: &[InboxItem]) -> bool {
        let drained: Vec<_> = items.iter().map(|item| self.decoded(item)).collect();
        let batches = items.iter().zip(&drained);
        let batches = batches.map(|(i, d)| (d.account.clone(), i.source, d.batch.clone()));
        if self.writer.apply_all((self.clock)(), batches.collect()).await.is_ok() {
            drained.into_iter().for_each(|drained| self.follow(drained));
            return true;
        }
        for (item, drained) in items.iter().zip(drained) {
            if !self.drain_alone(item, drained).await {
                return false;
            }
        }
        true
    }

    /// One that cannot be stored is marked as such, so that it does not stand in the way of the others;
    /// when even that fails, the store itself is the trouble.
    async fn drain_alone(&mut self, item: &InboxItem, drained: Drained) -> bool {
        let mut failed = Batch { drained: drained.batch.drained.clone(), ..Batch::default() };
        let (account, batch) = (drained.account.clone(), drained.batch.clone());
        let Err(error) = self.writer.apply(&account, item.source, item.at, batch).await else {
            self.follow(drained);
            return true;
        };
        tracing::error!(%error, item = item.id, "an event could not be stored");
        for done in &mut failed.drained {
            done.state = EventState::Unreadable;
            done.note = Some(error.to_string());
        }
        self.writer.apply(&account, item.source, item.at, failed).await.is_ok()
    }

    fn decoded(&mut self, item: &InboxItem) -> Drained {
        match self.accounts.iter_mut().find(|sync| sync.id == item.account) {
            Some(sync) => {
                let mut drained = drain::drained(item, sync.reads.profile());
                drained.learn_shape(item, &mut sync.shapes);
                drained
            }
            None => drain::drained(item, &Profile::built_in()),
        }
    }

    fn follow(&mut self, drained: Drained) {
        let now = (self.clock)();
        let known = self.accounts.iter_mut().find(|sync| sync.id == drained.account);
        if let Some(sync) = known {
            learn(&mut sync.plan, drained.learned, now);
            if drained.confirm {
                sync.plan.wake(now);
            }
        }
    }
}

/// Ends when the app does, or when nobody is left who could say so.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    drop(stop.wait_for(|stop| *stop).await);
}

async fn perform(reads: &Reads, ask: &Ask, print: u64) -> Result<Brought, ReadError> {
    match ask {
        Ask::Page { listing, page, known } => {
            let fetched = fetch::page(reads, listing, *page, *known).await?;
            Ok(Brought::Page(Box::new(fetched)))
        }
        Ask::Transcript(id) => Ok(Brought::Messages(fetch::messages(reads, id).await?, print)),
    }
}

fn learn(plan: &mut Plan, learned: Vec<Learned>, now: Timestamp) {
    for fact in learned {
        match fact {
            Learned::Workflow { id, over, print } => plan.learn_workflow(&id, over, print, now),
            Learned::Child { listing, over, print } => plan.learn(listing, over, print, now),
            Learned::Session { id, over, print } => plan.learn_session(&id, over, print),
        }
    }
}

/// Calls, sessions and messages are history: they are never removed because a list ends earlier.
fn removable(listing: &Listing) -> Option<Kind> {
    match listing {
        Listing::Workflows => Some(Kind::Workflow),
        Listing::Nodes(_) => Some(Kind::Node),
        Listing::Tasks(_) => Some(Kind::Task),
        Listing::WabaTasks(_) => Some(Kind::WabaTask),
        Listing::CallingTasks => Some(Kind::CallingTask),
        Listing::Plans => Some(Kind::Plan),
        Listing::Calls(..)
        | Listing::WabaMessages(..)
        | Listing::Sessions
        | Listing::TaskCalls(_)
        | Listing::Rounds(_)
        | Listing::DialerCalls(_) => None,
    }
}

fn weight(kind: &ReadErrorKind) -> Failure {
    match kind {
        ReadErrorKind::NotAsked(_) => Failure::NotAsked,
        ReadErrorKind::SignIn { .. } => Failure::Account { retry_after_ms: None },
        ReadErrorKind::RateLimited { retry_after_ms } => {
            Failure::Account { retry_after_ms: *retry_after_ms }
        }
        ReadErrorKind::Transport(error) if error.nothing_was_sent() => {
            Failure::Account { retry_after_ms: None }
        }
        _ => Failure::Listing,
    }
}
