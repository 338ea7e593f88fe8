//! The writing door of the reading side: what answers and events brought, merged into what is stored.

mod calls;
mod conversation;
mod figures;
mod forget;
mod nodes;
mod owners;
mod places;
mod records;
mod removals;
mod rows;
mod shapes;
mod tally;
mod transcripts;
mod trends;

pub(super) use places::Place;

use crate::domain::{ids::AccountId, time::Timestamp, workflow::Source};

use super::{
    connection::{Shared, Work},
    error::{During, Result},
    events,
    rows::{Applied, Batch, Kind, Op, SourceMark, StoredAccount},
};

/// Writes what was read. There is one; it belongs to sync.
pub struct Writer {
    shared: Shared,
}

impl Writer {
    pub(super) fn new(shared: Shared) -> Self {
        Self { shared }
    }

    /// Names an account; writes and announces only what differs.
    pub async fn account(&mut self, account: &StoredAccount) -> Result<()> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let n = work.account(&account.id).await?;
            let changed = sqlx::query(
                "UPDATE accounts SET name = ?2, base_url = ?3 \
                 WHERE n = ?1 AND (name IS NOT ?2 OR base_url IS NOT ?3)",
            )
            .bind(n)
            .bind(account.name.as_str())
            .bind(account.base_url.as_str())
            .execute(&mut *work.tx)
            .await?
            .rows_affected();
            if changed > 0 {
                work.announce(Kind::Account, Op::Upsert, n, vec![account.id.to_string()]);
            }
            work.commit().await
        };
        write.await.map(|_| ()).during("write the account")
    }

    /// Merges a batch in one transaction: all of it or, on an error, nothing. `at` is when the answer
    /// was received or the event drained. Rows whose content does not differ are neither written nor
    /// announced.
    pub async fn apply(
        &mut self,
        account: &AccountId,
        source: Source,
        at: Timestamp,
        batch: Batch,
    ) -> Result<Applied> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let account = work.account(account).await?;
            let (written, removed) = fill(&mut work, account, source, batch).await?;
            trends::note(&mut work, at).await?;
            let seq = work.commit().await?;
            tracing::debug!(written, removed, seq, received_at = at.millis(), "batch stored");
            Ok(Applied { seq, written, removed })
        };
        write.await.during("store what was read")
    }

    /// Batches of events drained at this time, one after the other in one transaction: all of them or none.
    pub async fn apply_all(
        &mut self,
        at: Timestamp,
        batches: Vec<(AccountId, Source, Batch)>,
    ) -> Result<()> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            for (account, source, batch) in batches {
                let account = work.account(&account).await?;
                fill(&mut work, account, source, batch).await?;
            }
            trends::note(&mut work, at).await?;
            work.commit().await
        };
        write.await.map(|_| ()).during("store what was received")
    }

    /// Lets the account's bodies that could not be merged be drained again: for a profile that reads
    /// them otherwise. Quarantined ones stay where they are. Answers how many.
    pub async fn replay_events(&mut self, account: &AccountId) -> Result<u64> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let account = work.account(account).await?;
            let again = events::reset(&mut work, account, "state IN (3, 4)").await?;
            work.commit().await?;
            Ok(again)
        };
        write.await.during("read the received events again")
    }

    /// Throws away bodies of events that nobody has to look at again: those received before `before`,
    /// and the oldest beyond `most_bytes` on the disk. Answers how many went.
    pub async fn prune_events(&mut self, before: Timestamp, most_bytes: i64) -> Result<u64> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let gone = events::prune(&mut work, before, most_bytes).await?;
            work.commit().await?;
            Ok(gone)
        };
        write.await.during("throw old events away")
    }
}

async fn fill(
    work: &mut Work<'_>,
    account: i64,
    source: Source,
    mut batch: Batch,
) -> sqlx::Result<(usize, usize)> {
    let mut written = 0;
    written += records::keep(work, account, source, batch.workflows).await?.rows;
    written += nodes::keep(work, account, source, batch.nodes).await?;
    written += records::keep(work, account, source, batch.tasks).await?.rows;
    owners::of_calls(work, account, &mut batch.calls).await?;
    written += calls::keep(work, account, source, batch.calls).await?;
    let sessions = records::keep(work, account, source, batch.sessions).await?;
    count_sessions(work, &sessions.workflows).await?;
    written += sessions.rows;
    let mut removed = 0;
    for transcript in batch.transcripts {
        let (kept, gone) = transcripts::keep(work, account, transcript).await?;
        written += kept;
        removed += gone;
    }
    for said in batch.said {
        written += transcripts::append(work, account, said).await?;
    }
    for tick in &batch.ticks {
        written += transcripts::tick(work, account, tick).await?;
    }
    written += records::keep(work, account, source, batch.waba_tasks).await?.rows;
    owners::of_messages(work, account, &mut batch.waba_messages).await?;
    written += records::keep(work, account, source, batch.waba_messages).await?.rows;
    written += records::keep(work, account, source, batch.calling_tasks).await?.rows;
    written += records::keep(work, account, source, batch.plans).await?.rows;
    written += records::keep(work, account, source, batch.rounds).await?.rows;
    for (kind, id) in batch.removals {
        removed += removals::remove(work, account, kind, &id).await?;
    }
    for mark in &batch.shapes {
        shapes::put(work, account, mark).await?;
    }
    for mark in &batch.marks {
        put_mark(work, account, mark).await?;
    }
    for done in &batch.drained {
        events::put_drained(work, done).await?;
    }
    Ok((written, removed))
}

/// The sessions that a workflow's row shows.
async fn count_sessions(work: &mut Work<'_>, workflows: &[i64]) -> sqlx::Result<()> {
    for workflow in workflows {
        sqlx::query(
            "INSERT INTO tallies (workflow, sessions) \
             SELECT ?1, count(*) FROM sessions WHERE workflow = ?1 \
             ON CONFLICT (workflow) DO UPDATE SET sessions = excluded.sessions",
        )
        .bind(workflow)
        .execute(&mut *work.tx)
        .await?;
        work.touch_workflow(*workflow);
    }
    Ok(())
}

async fn put_mark(work: &mut Work<'_>, account: i64, mark: &SourceMark) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO marks (account, key, scope, answered_at, fingerprint, total, complete) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (account, key, scope) DO UPDATE SET \
         answered_at = excluded.answered_at, fingerprint = excluded.fingerprint, total = excluded.total, \
         complete = excluded.complete",
    )
    .bind(account)
    .bind(mark.key.as_str())
    .bind(mark.scope.as_str())
    .bind(mark.answered_at.millis())
    .bind(mark.fingerprint)
    .bind(mark.total)
    .bind(mark.complete)
    .execute(&mut *work.tx)
    .await?;
    Ok(())
}
