//! Reading: a few read-only connections, windows of lists, single rows.

mod alerts;
mod calls;
mod course;
mod events;
mod export;
mod filter;
mod find;
mod journal;
mod listed;
pub(super) mod lists;
pub(super) mod person;
mod raws;
mod sessions;
mod shapes;
pub(super) mod spoken;
mod state;
mod tasks;
mod workflows;

pub(super) use self::sessions::message_of;
pub use self::spoken::{Indexed, Spoken, SpokenAsk, StoredSpoken};
pub use course::{NodeTally, RoundTally, TrendPoint};

use sqlx::SqlitePool;
use tokio::sync::watch;

use super::rows::Seq;

/// Reads what is stored. Clones share the connections.
#[derive(Clone)]
pub struct Reader {
    pub(super) pool: SqlitePool,
    pub(super) seq: watch::Receiver<Seq>,
}

impl Reader {
    pub(super) fn new(pool: SqlitePool, seq: watch::Receiver<Seq>) -> Self {
        Self { pool, seq }
    }
}
