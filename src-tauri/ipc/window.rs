//! One window's subscriptions and the frames that answer them.
//!
//! Nothing is queued: a window that is slow to take its frames gets a bigger next one. What was sent
//! is remembered per subscription (at most 500 rows), so a frame holds only what differs.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{Notify, watch},
    time::Instant,
};

use super::{
    desk::Shared,
    dto::{RowDto, ShareDto},
    frames::{Delta, Frame, ListName, MAX_ROWS, Query, Snapshot, UiError},
    health,
    queries::{self, Answered, split},
};
use crate::{
    domain::ids::{AccountId, PlanId, RoundId, SessionId, TaskId, WorkflowId},
    store::{Kind, Seq},
    sync::plan::Interest,
};

/// A window never gets frames closer together than this.
const FRAME_GAP: Duration = Duration::from_millis(100);
/// Health is for reading, not for animating.
const HEALTH_GAP: Duration = Duration::from_secs(1);
/// What differs by the time alone is answered anew so often.
const AGE_GAP: Duration = Duration::from_secs(5);
/// Received events are seen coming in: health says so sooner.
const EVENTS_GAP: Duration = Duration::from_millis(250);
/// More changes than this since the last frame: every subscription counts as touched.
const FEED: u32 = 2_000;

struct Sub {
    query: Query,
    /// The next frame is a snapshot.
    fresh: bool,
    seq: Seq,
    sent: Vec<(String, RowDto)>,
    total: i64,
    facets: Vec<ShareDto>,
    /// The last answer was a failure; asked again when something of the list changes.
    failed: bool,
}

impl Sub {
    fn new(query: Query) -> Self {
        let (sent, facets) = (Vec::new(), Vec::new());
        Self { query, fresh: true, seq: 0, sent, total: 0, facets, failed: false }
    }

    fn is_due(&self, touched: &Touched) -> bool {
        (self.fresh && !self.failed) || touched.by(&self.query)
    }
}

#[derive(Default)]
struct Subs {
    by_id: HashMap<u32, Sub>,
}

struct Window {
    id: u64,
    shared: Arc<Shared>,
    subs: Mutex<Subs>,
    asked: Notify,
}

impl Window {
    fn subs(&self) -> MutexGuard<'_, Subs> {
        self.subs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All lists are to be told as if nothing had been told of them.
    fn anew(&self) {
        for sub in self.subs().by_id.values_mut() {
            (sub.fresh, sub.failed) = (true, false);
        }
        self.asked.notify_one();
    }

    fn tell_interest(&self) {
        let mut all: HashMap<AccountId, Interest> = HashMap::new();
        for sub in self.subs().by_id.values() {
            add_interest(&self.shared, &sub.query, &mut all);
        }
        self.shared.look_at(self.id, Some(all));
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.shared.look_at(self.id, None);
    }
}

fn add_interest(shared: &Shared, query: &Query, all: &mut HashMap<AccountId, Interest>) {
    if query.list == ListName::Workflows {
        for account in &shared.accounts {
            all.entry(account.id.clone()).or_default().watch = true;
        }
    }
    if query.list == ListName::Dialling {
        for account in &shared.accounts {
            all.entry(account.id.clone()).or_default().dialling = true;
        }
    }
    let Some(Ok((account, id))) = query.scope.as_deref().map(split) else { return };
    let interest = all.entry(account).or_default();
    match query.list {
        ListName::Session | ListName::Messages | ListName::Spoken => {
            interest.sessions.insert(SessionId::new(id));
        }
        ListName::CallingTask | ListName::TaskCalls => {
            interest.tasks.insert(TaskId::new(id));
        }
        ListName::Plan | ListName::Rounds => {
            interest.plans.insert(PlanId::new(id));
        }
        ListName::Round => {
            interest.plans.insert(RoundId::new(id).plan());
        }
        ListName::Call | ListName::WabaMessage | ListName::Person => {}
        _ => {
            interest.workflows.insert(WorkflowId::new(id));
        }
    }
}

/// What a window asks with.
#[derive(Clone)]
pub struct WindowHandle(Arc<Window>);

impl WindowHandle {
    /// Subscribes, or changes what subscription `sub` wants. The answer is a snapshot.
    pub fn watch(&self, sub: u32, query: Query) -> Result<(), UiError> {
        if let Some(scope) = &query.scope {
            split(scope)?;
        }
        self.0.subs().by_id.insert(sub, Sub::new(query));
        self.0.tell_interest();
        self.0.asked.notify_one();
        Ok(())
    }

    pub fn unwatch(&self, sub: u32) {
        self.0.subs().by_id.remove(&sub);
        self.0.tell_interest();
    }

    /// The window missed a frame of `sub`: the next one is a snapshot.
    pub fn resync(&self, sub: u32) {
        if let Some(sub) = self.0.subs().by_id.get_mut(&sub) {
            (sub.fresh, sub.failed) = (true, false);
        }
        self.0.asked.notify_one();
    }
}

pub fn open(shared: Arc<Shared>) -> (WindowHandle, FrameStream) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    let seq = shared.reader.seq();
    let ledger = shared.ledger.changed();
    let sharing = shared.sharing.changed();
    let kept = shared.cache.changes();
    let window = Arc::new(Window { id, shared, subs: Mutex::default(), asked: Notify::new() });
    let stream = FrameStream {
        window: Arc::clone(&window),
        seq,
        ledger,
        sharing,
        kept,
        kept_told: 0,
        cursor: 0,
        sent_at: None,
        health_at: None,
        aged_at: Instant::now(),
        events: 0,
        events_told: 0,
    };
    (WindowHandle(window), stream)
}

/// The frames of one window. Dropping it ends the window's interest with its handle.
pub struct FrameStream {
    window: Arc<Window>,
    seq: watch::Receiver<Seq>,
    ledger: watch::Receiver<u64>,
    /// The screen began to be shared, or ended to be.
    sharing: watch::Receiver<bool>,
    /// A recording was kept, or went.
    kept: watch::Receiver<u64>,
    kept_told: u64,
    cursor: Seq,
    sent_at: Option<Instant>,
    health_at: Option<Instant>,
    aged_at: Instant,
    /// The newest change of a received event, and the one that health told of.
    events: Seq,
    events_told: Seq,
}

impl FrameStream {
    /// The next frames: waits until something differs, and at least 100 ms after the last ones.
    /// `None` when the store is closed.
    pub async fn next(&mut self) -> Option<Vec<Frame>> {
        loop {
            if let Some(at) = self.sent_at {
                tokio::time::sleep_until(at + FRAME_GAP).await;
            }
            let frames = self.collect().await;
            // What was read before is masked in the other way: nobody gets it.
            if self.sharing.has_changed().unwrap_or_default() {
                self.sharing.mark_unchanged();
                self.window.anew();
                continue;
            }
            if !frames.is_empty() {
                self.sent_at = Some(Instant::now());
                return Some(frames);
            }
            let health_gap = self.health_gap();
            tokio::select! {
                changed = self.seq.changed() => changed.ok()?,
                () = self.window.asked.notified() => {}
                changed = self.ledger.changed() => changed.ok()?,
                changed = self.kept.changed() => changed.ok()?,
                changed = self.sharing.changed() => {
                    changed.ok()?;
                    self.window.anew();
                }
                () = tokio::time::sleep(health_gap) => {}
            }
        }
    }

    async fn collect(&mut self) -> Vec<Frame> {
        let mut frames = Vec::new();
        let to = *self.seq.borrow_and_update();
        let touched = self.touched(to).await;
        let changes = *self.kept.borrow_and_update();
        let kept = changes != self.kept_told;
        self.kept_told = changes;
        let aged = self.aged_at.elapsed() >= AGE_GAP;
        if aged {
            self.aged_at = Instant::now();
        }
        let due: Vec<(u32, Query, bool)> = {
            let subs = self.window.subs();
            let ages = |sub: &Sub| aged && queries::ages(&sub.query);
            let tells = |sub: &Sub| kept && queries::tells_kept(sub.query.list);
            let due = subs
                .by_id
                .iter()
                .filter(|(_, sub)| sub.is_due(&touched) || ages(sub) || tells(sub));
            due.map(|(id, sub)| (*id, sub.query.clone(), sub.fresh)).collect()
        };
        for (id, query, fresh) in due {
            let answered = queries::answer(&self.window.shared, &query).await;
            frames.extend(self.frame(id, &query, fresh, to, answered));
        }
        self.cursor = to;
        if touched.has(Kind::Event) {
            self.events = to;
        }
        if self.health_at.is_none_or(|at| at.elapsed() >= self.health_gap()) {
            self.health_at = Some(Instant::now());
            self.events_told = self.events;
            self.ledger.borrow_and_update();
            frames.push(Frame::Health(Box::new(self.health().await)));
        }
        frames
    }

    fn health_gap(&self) -> Duration {
        if self.events == self.events_told { HEALTH_GAP } else { EVENTS_GAP }
    }

    /// What changed since the last frames.
    async fn touched(&self, to: Seq) -> Touched {
        if to == self.cursor {
            return Touched::Kinds(HashSet::new());
        }
        match self.window.shared.reader.feed(self.cursor, FEED).await {
            Ok(changes) if changes.len() < FEED as usize => {
                Touched::Kinds(changes.into_iter().map(|change| change.kind).collect())
            }
            Ok(_) => Touched::All,
            Err(error) => {
                tracing::error!(%error, "the changes could not be read");
                Touched::All
            }
        }
    }

    fn frame(
        &self,
        id: u32,
        query: &Query,
        fresh: bool,
        to: Seq,
        answered: Result<Answered, UiError>,
    ) -> Option<Frame> {
        let mut subs = self.window.subs();
        // The window may have asked for something else while the store was read.
        let sub = subs.by_id.get_mut(&id).filter(|sub| sub.query == *query)?;
        let answered = match answered {
            Ok(answered) => answered,
            Err(error) => {
                let first = !sub.failed;
                (sub.fresh, sub.failed) = (true, true);
                return first.then_some(Frame::Failed { sub: id, error });
            }
        };
        let Answered { total, rows, facets } = answered;
        let rows: Vec<(String, RowDto)> =
            rows.into_iter().map(|row| (row.id().to_owned(), row)).collect();
        let frame = if fresh || sub.fresh {
            (sub.fresh, sub.failed) = (false, false);
            let facets = facets.clone();
            let rows = rows.iter().map(|(_, row)| row.clone()).collect();
            let anchor = query.anchor;
            Some(Frame::Snapshot(Snapshot { sub: id, seq: to, total, anchor, rows, facets }))
        } else {
            delta(sub, id, to, total, &rows, &facets).map(Frame::Delta)
        };
        if frame.is_some() {
            sub.seq = to;
            sub.total = total;
            sub.sent = rows;
            sub.facets = facets;
        }
        frame
    }

    async fn health(&self) -> super::frames::Health {
        let scopes: HashSet<(AccountId, String)> = {
            let subs = self.window.subs();
            let scopes = subs.by_id.values().filter_map(|sub| sub.query.scope.as_deref());
            scopes.filter_map(|scope| split(scope).ok()).collect()
        };
        health::health(&self.window.shared, &scopes, self.events).await
    }
}

enum Touched {
    All,
    Kinds(HashSet<Kind>),
}

impl Touched {
    fn has(&self, wanted: Kind) -> bool {
        match self {
            Self::All => true,
            Self::Kinds(kinds) => kinds.contains(&wanted),
        }
    }

    fn by(&self, query: &Query) -> bool {
        match self {
            Self::All => true,
            Self::Kinds(kinds) => kinds.iter().any(|kind| queries::touched_by(query.list, *kind)),
        }
    }
}

/// What differs from what the window has; `None` when nothing does.
fn delta(
    sub: &Sub,
    id: u32,
    to: Seq,
    total: i64,
    rows: &[(String, RowDto)],
    facets: &[ShareDto],
) -> Option<Delta> {
    let had: HashMap<&str, &RowDto> = sub.sent.iter().map(|(id, row)| (id.as_str(), row)).collect();
    let upserts: Vec<RowDto> = (rows.iter())
        .filter(|(id, row)| had.get(id.as_str()).is_none_or(|sent| *sent != row))
        .map(|(_, row)| row.clone())
        .collect();
    let same_order =
        sub.sent.len() == rows.len() && sub.sent.iter().zip(rows).all(|(a, b)| a.0 == b.0);
    if upserts.is_empty() && same_order && total == sub.total && *facets == sub.facets {
        return None;
    }
    let order = (!same_order).then(|| rows.iter().map(|(id, _)| id.clone()).collect());
    debug_assert!(rows.len() <= MAX_ROWS as usize);
    Some(Delta { sub: id, from: sub.seq, to, total, order, upserts, facets: facets.to_vec() })
}
