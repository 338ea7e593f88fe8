//! Where the world's time comes from. The wall clock is read at the program's edge and handed in.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Unix milliseconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Runs from the present of `wall` on, `speed` times as fast.
pub fn at_speed(wall: Clock, speed: f64) -> Clock {
    let start = wall();
    Arc::new(move || {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a run of centuries would lose a millisecond"
        )]
        let passed = (wall() - start) as f64 * speed;
        #[expect(clippy::cast_possible_truncation, reason = "saturates, which is far enough")]
        let passed = passed as i64;
        start.saturating_add(passed)
    })
}

/// A clock that a test sets by hand.
#[derive(Clone, Debug)]
pub struct HandClock(Arc<AtomicI64>);

impl HandClock {
    pub fn at(ms: i64) -> Self {
        Self(Arc::new(AtomicI64::new(ms)))
    }

    pub fn set(&self, ms: i64) {
        self.0.store(ms, Ordering::SeqCst);
    }

    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    pub fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    pub fn clock(&self) -> Clock {
        let hand = self.clone();
        Arc::new(move || hand.now())
    }
}
