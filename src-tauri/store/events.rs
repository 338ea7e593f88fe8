//! What became of received events, and how many came of each kind.

use sqlx::{AssertSqlSafe, Row};

use super::{
    connection::Work,
    rows::{EventState, InboxDone, Kind, Op},
};
use crate::domain::time::Timestamp;

/// One event in the tally of its kind.
pub(super) struct Counted<'a> {
    pub kind: &'a str,
    pub state: EventState,
    pub at: Timestamp,
}

pub(super) async fn count(
    work: &mut Work<'_>,
    account: i64,
    event: &Counted<'_>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO event_tallies (account, kind, received, quarantined, unreadable, last_at) \
         VALUES (?1, ?2, 1, ?3, ?4, ?5) ON CONFLICT (account, kind) DO UPDATE SET \
         received = received + 1, quarantined = quarantined + excluded.quarantined, \
         unreadable = unreadable + excluded.unreadable, \
         last_at = max(coalesce(last_at, excluded.last_at), excluded.last_at)",
    )
    .bind(account)
    .bind(event.kind)
    .bind(event.state == EventState::Quarantined)
    .bind(event.state == EventState::Unreadable)
    .bind(event.at.millis())
    .execute(&mut *work.tx)
    .await?;
    Ok(())
}

/// Writes down what became of a body. A body has a kind exactly as long as it is counted.
pub(super) async fn put_drained(work: &mut Work<'_>, done: &InboxDone) -> sqlx::Result<()> {
    let row = sqlx::query(
        "UPDATE inbox SET state = ?2, kind = ?3, error = ?4 WHERE id = ?1 AND kind IS NULL \
         RETURNING account, at",
    )
    .bind(done.id)
    .bind(done.state.code())
    .bind(done.kind.as_str())
    .bind(done.note.as_deref())
    .fetch_optional(&mut *work.tx)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let account = row.try_get(0)?;
    let counted = Counted { kind: &done.kind, state: done.state, at: Timestamp(row.try_get(1)?) };
    count(work, account, &counted).await?;
    work.announce(Kind::Event, Op::Upsert, account, vec![done.id.to_string()]);
    Ok(())
}

/// Bodies of the account wait again, and are no longer counted. `which` is a condition of ours.
pub(super) async fn reset(work: &mut Work<'_>, account: i64, which: &str) -> sqlx::Result<u64> {
    let counted = format!("account = ?1 AND sealed IS NULL AND kind IS NOT NULL AND {which}");
    let sql = format!(
        "UPDATE event_tallies SET received = received - n, quarantined = quarantined - q, \
         unreadable = unreadable - u FROM \
         (SELECT kind AS k, count(*) AS n, sum(state = 2) AS q, sum(state = 4) AS u FROM inbox \
          WHERE {counted} GROUP BY kind) \
         WHERE event_tallies.account = ?1 AND event_tallies.kind = k"
    );
    sqlx::query(AssertSqlSafe(sql)).bind(account).execute(&mut *work.tx).await?;
    let sql = format!("UPDATE inbox SET state = 0, kind = NULL, error = NULL WHERE {counted}");
    let reset = sqlx::query(AssertSqlSafe(sql)).bind(account).execute(&mut *work.tx).await?;
    Ok(reset.rows_affected())
}

/// Throws away bodies that were merged or kept, never those that a person has to look at: the ones
/// received before `before`, and the oldest ones beyond `most_bytes` of them. Their counts stay.
pub(super) async fn prune(
    work: &mut Work<'_>,
    before: Timestamp,
    most_bytes: i64,
) -> sqlx::Result<u64> {
    let old = sqlx::query("DELETE FROM inbox WHERE state IN (1, 3) AND at < ?1")
        .bind(before.millis())
        .execute(&mut *work.tx)
        .await?
        .rows_affected();
    let beyond = sqlx::query(
        "DELETE FROM inbox WHERE id IN (SELECT id FROM \
         (SELECT id, sum(length(body)) OVER (ORDER BY id DESC) AS upto FROM inbox \
          WHERE state IN (1, 3)) WHERE upto > ?1)",
    )
    .bind(most_bytes)
    .execute(&mut *work.tx)
    .await?
    .rows_affected();
    Ok(old + beyond)
}
