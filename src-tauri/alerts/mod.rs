//! Warnings: judges every few seconds what holds, keeps it, and lets a person put one off.
//!
//! What a rule says is `insight`'s; here is when it is asked, with which figures, and what is written.
//! This room owns the handle that writes warnings, and writes nothing else.

mod figures;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex as Plain, PoisonError},
    time::Duration,
};

use tokio::sync::{Mutex, Notify, watch};

use self::figures::Figures;
use crate::{
    domain::{
        alert::{AlertSettings, Rule},
        ids::AccountId,
        time::{Timestamp, Zone},
    },
    insight::alerts,
    store::{AlertWriter, Reader, Result, StoredAlert},
    sync::health::Ledger,
    vendor::Clock,
};

/// Judged so often; what needs windows of calls, once a minute.
const EVERY: Duration = Duration::from_secs(5);

/// How the last judgement went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub judged_at: Option<Timestamp>,
    /// Those that hold and are not put off, and those that are.
    pub holding: u32,
    pub snoozed: u32,
    /// Rules whose fields the vendor does not send.
    pub unreported: BTreeSet<(Rule, AccountId)>,
    /// Why the last judgement failed.
    pub trouble: Option<String>,
    /// Why the desktop cannot be told; `None` also while nobody tells it.
    pub silent: Option<Silent>,
    /// The desktop is told of nothing until then; a time that has passed mutes nothing.
    pub muted_until: Option<Timestamp>,
}

/// Why there are no notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silent {
    /// The desktop has no bus on which it could be told anything.
    NoBus,
    /// Nothing on the desktop shows notifications.
    NobodyShows,
    Failed(String),
}

/// What the judgement is made from.
pub struct Parts {
    /// With the zone of the people called, or the account's where nobody said theirs.
    pub accounts: Vec<(AccountId, Zone)>,
    pub reader: Reader,
    pub ledger: Ledger,
    pub clock: Clock,
    pub writer: AlertWriter,
    /// The zone of this machine's own clock at a time.
    pub local: Local,
}

pub type Local = Arc<dyn Fn(Timestamp) -> Zone + Send + Sync>;

/// For whoever shows warnings: it keeps neither the store open nor the judging alive.
#[derive(Clone)]
pub struct Told {
    /// When this run began: what held before it is carried over.
    began: Timestamp,
    state: Arc<Plain<State>>,
}

impl Told {
    pub fn state(&self) -> State {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// When this run began.
    pub fn began(&self) -> Timestamp {
        self.began
    }
}

/// The handle that puts warnings off and sets the rules.
#[derive(Clone)]
pub struct Alerts {
    inner: Arc<Inner>,
}

struct Inner {
    accounts: Vec<(AccountId, Zone)>,
    reader: Reader,
    ledger: Ledger,
    clock: Clock,
    local: Local,
    writer: Mutex<AlertWriter>,
    told: Told,
    wake: Notify,
}

impl Alerts {
    pub fn new(parts: Parts) -> Self {
        let Parts { accounts, reader, ledger, clock, writer, local } = parts;
        let told = Told { began: clock(), state: Arc::default() };
        let (writer, wake) = (Mutex::new(writer), Notify::new());
        let inner = Inner { accounts, reader, ledger, clock, local, writer, told, wake };
        Self { inner: Arc::new(inner) }
    }

    pub fn told(&self) -> Told {
        self.inner.told.clone()
    }

    pub async fn settings(&self) -> Result<AlertSettings> {
        self.inner.reader.alert_settings().await
    }

    /// Judged anew at once.
    pub async fn keep_settings(&self, settings: &AlertSettings) -> Result<()> {
        self.inner.writer.lock().await.keep_settings(settings).await?;
        self.inner.wake.notify_one();
        Ok(())
    }

    /// Puts warnings off until a time, or ends that.
    pub async fn snooze(&self, ids: &[i64], until: Option<Timestamp>) -> Result<()> {
        self.inner.writer.lock().await.snooze(ids, until).await?;
        self.count((self.inner.clock)()).await
    }

    /// Tells the desktop of nothing until then; `None`: again at once.
    pub async fn mute(&self, until: Option<Timestamp>) -> Result<()> {
        let mut writer = self.inner.writer.lock().await;
        let mut settings = self.settings().await?;
        settings.announcing.muted_until = until;
        writer.keep_settings(&settings).await?;
        self.edit(|state| state.muted_until = until);
        Ok(())
    }

    /// The warnings of which the desktop is to be told now, the worse first. From here on they count as
    /// told, so that a failure cannot tell of one again and again.
    pub async fn announce(&self) -> Result<Vec<StoredAlert>> {
        let inner = &self.inner;
        // What stands in the store since the run before may be over.
        if self.told().state().judged_at.is_none() {
            return Ok(Vec::new());
        }
        let now = (inner.clock)();
        let how = inner.reader.alert_settings().await?.announcing;
        let due = alerts::due(inner.reader.alerts_holding().await?, &how, now, (inner.local)(now));
        let ids: Vec<i64> = due.iter().map(|stored| stored.n).collect();
        if !ids.is_empty() {
            inner.writer.lock().await.announced(&ids, Some(now)).await?;
        }
        Ok(due)
    }

    /// The desktop could not be told of these: they are announced later.
    pub async fn not_announced(&self, ids: &[i64]) -> Result<()> {
        self.inner.writer.lock().await.announced(ids, None).await
    }

    /// Whether the desktop can be told.
    pub fn silent(&self, why: Option<Silent>) {
        self.edit(|state| state.silent = why);
    }

    /// Judges until `stop`.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut judge = Judge::new(self.clone());
        loop {
            if let Err(error) = judge.turn().await {
                tracing::error!(%error, "what is warned of could not be judged");
                self.edit(|state| state.trouble = Some(error.to_string()));
            }
            tokio::select! {
                ended = stop.wait_for(|stop| *stop) => { drop(ended); return }
                () = self.inner.wake.notified() => {}
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }

    fn edit(&self, edit: impl FnOnce(&mut State)) {
        edit(&mut self.inner.told.state.lock().unwrap_or_else(PoisonError::into_inner));
    }

    async fn count(&self, now: Timestamp) -> Result<()> {
        let kept = self.inner.reader.alerts_holding().await?;
        let off = kept.iter().filter(|stored| stored.snoozed_until.is_some_and(|at| at > now));
        let snoozed = u32::try_from(off.count()).unwrap_or(u32::MAX);
        let all = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        self.edit(|state| (state.holding, state.snoozed) = (all.saturating_sub(snoozed), snoozed));
        Ok(())
    }
}

/// What judges; [`Alerts::run`] gives it its turns. For a caller that owns the time, one turn a call.
pub struct Judge {
    alerts: Alerts,
    figures: Figures,
}

impl Judge {
    pub fn new(alerts: Alerts) -> Self {
        Self { alerts, figures: Figures::default() }
    }

    pub async fn turn(&mut self) -> Result<()> {
        let inner = Arc::clone(&self.alerts.inner);
        let now = (inner.clock)();
        let settings = inner.reader.alert_settings().await?;
        let facts = self.figures.read(&inner, &settings, now).await?;
        let kept = inner.reader.alerts_holding().await?;
        let held = kept.iter().map(|stored| stored.alert.key.clone()).collect();
        let judged = alerts::judge(&facts, &settings, &held, now);
        let unreported = judged.unreported.clone();
        let changes = alerts::changes(&kept, judged, now);
        if !changes.is_empty() {
            inner.writer.lock().await.keep(&changes, now).await?;
        }
        self.alerts.count(now).await?;
        // Under the lock of whoever mutes: what was read at the turn's beginning may have changed since.
        let writer = inner.writer.lock().await;
        let muted_until = self.alerts.settings().await?.announcing.muted_until;
        self.alerts.edit(|state| state.muted_until = muted_until);
        drop(writer);
        self.alerts.edit(|state| {
            state.judged_at = Some(now);
            state.unreported = unreported;
            state.trouble = None;
        });
        Ok(())
    }
}
