//! What the store needs now and then, whatever the vendor says.

use std::collections::HashMap;

use super::health::Ledger;
use crate::{
    domain::{ids::AccountId, time::Timestamp},
    store::Writer,
};

/// Old rows are looked for this often.
const PRUNE_MS: i64 = 3_600_000;
/// Bodies of events that nobody has to look at again go after this many days, or beyond this many bytes on
/// the disk, the oldest first.
pub const BODIES_DAYS: u32 = 90;
pub const BODIES_BYTES: i64 = 512 << 20;
/// That an account answers is noted this often.
const NOTE_MS: i64 = 60_000;

#[derive(Default)]
pub(super) struct Upkeep {
    pruned_at: Option<Timestamp>,
    noted: HashMap<AccountId, Timestamp>,
}

impl Upkeep {
    pub async fn turn(&mut self, writer: &mut Writer, ledger: &Ledger, now: Timestamp) {
        self.note_answers(writer, ledger).await;
        if self.pruned_at.is_none_or(|at| now.since(at) >= PRUNE_MS) {
            self.pruned_at = Some(now);
            prune(writer, ledger, now).await;
        }
    }

    async fn note_answers(&mut self, writer: &mut Writer, ledger: &Ledger) {
        for account in ledger.accounts() {
            let Some(at) = ledger.read(&account, |entry| entry.answered_at).flatten() else {
                continue;
            };
            if self.noted.get(&account).is_some_and(|noted| at.since(*noted) < NOTE_MS) {
                continue;
            }
            match writer.answered(&account, at).await {
                Ok(()) => drop(self.noted.insert(account, at)),
                Err(error) => tracing::error!(%error, "a curve will have a gap here"),
            }
        }
    }
}

async fn prune(writer: &mut Writer, ledger: &Ledger, now: Timestamp) {
    let before = now.plus_ms(-i64::from(BODIES_DAYS) * 86_400_000);
    let bodies = writer.prune_events(before, BODIES_BYTES).await;
    match &bodies {
        Ok(0) => {}
        Ok(gone) => tracing::info!(gone, "old events were thrown away"),
        Err(error) => tracing::error!(%error, "old events could not be thrown away"),
    }
    let points = writer.prune_trends(now).await;
    if let Err(error) = &points {
        tracing::error!(%error, "old figures could not be thinned");
    }
    ledger.pruned(now, bodies, points);
}
