//! How much is read and how often is asked.

use std::{
    collections::VecDeque,
    num::NonZeroU32,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use super::{error::ReadErrorKind, probe};
use crate::domain::time::Timestamp;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// Bytes of a body at which reading stops.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub json: usize,
    pub recording: usize,
}

const MEGABYTE: usize = 1024 * 1024;

impl Default for Limits {
    fn default() -> Self {
        Self { json: 32 * MEGABYTE, recording: 256 * MEGABYTE }
    }
}

/// The pause where a 429 names none (ASSUMED).
const UNNAMED_PAUSE_MS: i64 = 2_000;
const LONGEST_PAUSE_MS: i64 = 3_600_000;
const MINUTE_MS: i64 = 60_000;
const HIGHEST_BUDGET: f64 = 100_000.0;

/// The one request budget of an account.
pub struct Budget {
    per_s: f64,
    limiter: DefaultDirectRateLimiter,
    /// Of the reads that no person waits for, one waits for the limiter and the others for it.
    queue: tokio::sync::Mutex<()>,
    paused_until: Mutex<Option<Timestamp>>,
    last_minute: Mutex<VecDeque<Timestamp>>,
    total: AtomicU64,
}

impl Budget {
    /// `None` for a rate that is no rate.
    pub fn new(per_s: f64) -> Option<Self> {
        if !per_s.is_finite() || per_s <= 0.0 || per_s > HIGHEST_BUDGET {
            return None;
        }
        let period = Duration::try_from_secs_f64(1.0 / per_s).ok()?;
        // No burst: the first requests of a start are evenly spaced too.
        let quota = Quota::with_period(period)?.allow_burst(NonZeroU32::MIN);
        Some(Self {
            per_s,
            limiter: RateLimiter::direct(quota),
            queue: tokio::sync::Mutex::default(),
            paused_until: Mutex::default(),
            last_minute: Mutex::default(),
            total: AtomicU64::new(0),
        })
    }

    /// Waits for a read's turn within the budget. During a pause it does not wait but says how long
    /// the pause is: when to come back is the caller's plan.
    pub async fn read_turn(&self, now: impl Fn() -> Timestamp) -> Result<(), ReadErrorKind> {
        self.not_paused(now())?;
        // Somebody looks at a probe: it waits behind one read of the plan, not behind all.
        let queue = if probe::is_on() { None } else { Some(self.queue.lock().await) };
        self.limiter.until_ready().await;
        drop(queue);
        // Another read may have been told to pause while this one waited.
        self.not_paused(now())
    }

    /// Counts a request that does not wait: a write, or a sign-in.
    pub fn take_turn(&self) {
        // When nothing is left, the next read waits a little longer; the write does not.
        let _ = self.limiter.check();
    }

    /// All reads pause. A later end stands over an earlier one.
    pub fn pause(&self, ms: Option<i64>, now: Timestamp) {
        let ms = ms.unwrap_or(UNNAMED_PAUSE_MS).clamp(0, LONGEST_PAUSE_MS);
        let until = now.plus_ms(ms);
        let mut paused = self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        *paused = Some(paused.map_or(until, |p| p.max(until)));
    }

    fn not_paused(&self, now: Timestamp) -> Result<(), ReadErrorKind> {
        let paused = self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        match paused.map(|until| until.since(now)) {
            Some(left) if left > 0 => {
                Err(ReadErrorKind::RateLimited { retry_after_ms: Some(left) })
            }
            _ => Ok(()),
        }
    }

    pub fn sent(&self, now: Timestamp) {
        self.total.fetch_add(1, Ordering::Relaxed);
        let mut times = self.last_minute.lock().unwrap_or_else(PoisonError::into_inner);
        times.push_back(now);
        while times.front().is_some_and(|t| now.since(*t) >= MINUTE_MS) {
            times.pop_front();
        }
    }

    pub fn last_minute(&self, now: Timestamp) -> u32 {
        let times = self.last_minute.lock().unwrap_or_else(PoisonError::into_inner);
        let count = times.iter().filter(|t| now.since(**t) < MINUTE_MS).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    pub fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    pub fn per_s(&self) -> f64 {
        self.per_s
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, atomic::AtomicUsize};

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_probe_does_not_wait_behind_all_reads_of_the_plan() {
        let budget = Arc::new(Budget::new(50.0).unwrap());
        let done = Arc::new(AtomicUsize::new(0));
        let turn = |budget: Arc<Budget>| async move { budget.read_turn(|| Timestamp(0)).await };
        let plan: Vec<_> = (0..20)
            .map(|_| {
                let (turn, done) = (turn(Arc::clone(&budget)), Arc::clone(&done));
                tokio::spawn(async move {
                    turn.await.unwrap();
                    done.fetch_add(1, Ordering::Relaxed);
                })
            })
            .collect();
        while done.load(Ordering::Relaxed) == 0 {
            tokio::task::yield_now().await;
        }
        for _ in 0..3 {
            let (result, _) = probe::probed(false, turn(Arc::clone(&budget))).await;
            result.unwrap();
        }
        assert!(done.load(Ordering::Relaxed) < 20, "three probes waited for twenty reads");
        for read in plan {
            read.await.unwrap();
        }
    }
}
