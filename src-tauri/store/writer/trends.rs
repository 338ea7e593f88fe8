//! What the figures of workflows were, for curves over time.

use super::Writer;
use crate::{
    domain::{ids::AccountId, time::Timestamp},
    store::{
        connection::{Work, json_list},
        error::{During, Result},
    },
};

const MINUTE_MS: i64 = 60_000;
/// A stretch goes on when the next answer comes within this: what is over is asked every half hour, but
/// the lists themselves more often than every three minutes.
const SILENCE_MS: i64 = 3 * MINUTE_MS;
/// Every minute is kept so long, then one in a quarter of an hour.
const BY_MINUTE_MS: i64 = 2 * 86_400_000;
const THINNED_MS: i64 = 15 * MINUTE_MS;
/// How far back minutes are thinned in one go; the hourly turn leaves nothing behind that is older.
const THINNED_BACK_MS: i64 = 7 * 86_400_000;
const KEPT_MS: i64 = 90 * 86_400_000;

/// Notes the figures of every workflow that looks different after this transaction.
pub(super) async fn note(work: &mut Work<'_>, at: Timestamp) -> sqlx::Result<()> {
    let touched = work.touched_workflows();
    if touched.is_empty() {
        return Ok(());
    }
    let minute = at.millis().div_euclid(MINUTE_MS) * MINUTE_MS;
    sqlx::query(
        "INSERT INTO trends SELECT j.value, ?2, w.total, w.finished, coalesce(t.calls, 0), \
         coalesce(t.connected_calls, 0), coalesce(t.short_calls, 0), coalesce(t.talk_ms, 0), \
         coalesce(t.dialled, 0), coalesce(t.reached, 0), coalesce(t.connected_reported, 0), \
         coalesce(t.talk_reported, 0), coalesce(t.sessions, 0) \
         FROM json_each(?1) j LEFT JOIN workflows w ON w.workflow = j.value \
         LEFT JOIN tallies t ON t.workflow = j.value WHERE true \
         ON CONFLICT (workflow, at) DO UPDATE SET total = excluded.total, \
         finished = excluded.finished, calls = excluded.calls, \
         connected_calls = excluded.connected_calls, short_calls = excluded.short_calls, \
         talk_ms = excluded.talk_ms, dialled = excluded.dialled, reached = excluded.reached, \
         connected_reported = excluded.connected_reported, \
         talk_reported = excluded.talk_reported, sessions = excluded.sessions",
    )
    .bind(json_list(&touched))
    .bind(minute)
    .execute(&mut *work.tx)
    .await?;
    Ok(())
}

impl Writer {
    /// The account answered at this time. Not announced: nothing on screen differs by it.
    pub async fn answered(&mut self, account: &AccountId, at: Timestamp) -> Result<()> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let n = work.account(account).await?;
            let longer = sqlx::query(
                "UPDATE answered SET until = max(until, ?2) WHERE account = ?1 \
                 AND since = (SELECT max(since) FROM answered WHERE account = ?1) AND until >= ?3",
            )
            .bind(n)
            .bind(at.millis())
            .bind(at.millis() - SILENCE_MS)
            .execute(&mut *work.tx)
            .await?
            .rows_affected();
            if longer == 0 {
                sqlx::query(
                    "INSERT INTO answered (account, since, until) VALUES (?1, ?2, ?2) \
                     ON CONFLICT DO NOTHING",
                )
                .bind(n)
                .bind(at.millis())
                .execute(&mut *work.tx)
                .await?;
            }
            work.commit().await
        };
        write.await.map(|_| ()).during("note that the account answered")
    }

    /// Thins what is older than two days and throws away what is older than 90. Answers how many rows
    /// went.
    pub async fn prune_trends(&mut self, now: Timestamp) -> Result<u64> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let thin = now.millis() - BY_MINUTE_MS;
            let thinned = sqlx::query(
                "DELETE FROM trends WHERE at >= ?1 AND at < ?2 AND EXISTS (SELECT 1 FROM trends l \
                 WHERE l.workflow = trends.workflow AND l.at > trends.at \
                 AND l.at < (trends.at / ?3 + 1) * ?3)",
            )
            .bind(thin - THINNED_BACK_MS)
            .bind(thin)
            .bind(THINNED_MS)
            .execute(&mut *work.tx)
            .await?
            .rows_affected();
            let old = now.millis() - KEPT_MS;
            let gone = sqlx::query("DELETE FROM trends WHERE at < ?1")
                .bind(old)
                .execute(&mut *work.tx)
                .await?
                .rows_affected();
            sqlx::query("DELETE FROM answered WHERE until < ?1")
                .bind(old)
                .execute(&mut *work.tx)
                .await?;
            work.commit().await?;
            Ok(thinned + gone)
        };
        write.await.during("thin what the figures were")
    }
}
