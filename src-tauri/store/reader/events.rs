//! Received events: what waits, what became of the others, how many there are.

use sqlx::{AssertSqlSafe, Row, sqlite::SqliteRow};

use super::Reader;
use crate::{
    domain::{ids::AccountId, time::Timestamp},
    store::{
        cells::{Columns, signature_of},
        error::{During, Result},
        raw::unpack_bytes,
        rows::{
            EventAsk, EventState, EventTally, Forwarded, InboxItem, InboxState, SignatureTally,
            StoredEvent,
        },
    },
};

const SHOWN: &str = "id, at, source, path, verdict, kind, state, error, body";

impl Reader {
    /// Received and not drained, oldest first.
    pub async fn inbox_pending(&self, limit: u32) -> Result<Vec<InboxItem>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT i.id, a.account, i.at, i.source, i.verdict, i.enforced, i.body \
                 FROM inbox i CROSS JOIN accounts a ON a.n = i.account \
                 WHERE i.state = 0 ORDER BY i.id LIMIT ?1",
            )
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
            let mut items = Vec::with_capacity(rows.len());
            for row in &rows {
                let mut columns = Columns::of(row);
                items.push(InboxItem {
                    id: columns.whole()?,
                    account: AccountId::new(columns.words()?),
                    at: Timestamp(columns.whole()?),
                    source: columns.source()?,
                    verdict: signature_of(columns.whole()?),
                    enforced: columns.whole()? != 0,
                    body: unpack_bytes(columns.bytes()?)?,
                });
            }
            Ok(items)
        };
        read.await.during("read the inbox")
    }

    pub async fn inbox_state(&self) -> Result<InboxState> {
        let read = async {
            let row = sqlx::query(
                "SELECT (SELECT coalesce(sum(received), 0) FROM event_tallies) \
                 + (SELECT count(*) FROM inbox WHERE state = 0), \
                 (SELECT coalesce(sum(unreadable), 0) FROM event_tallies), \
                 (SELECT at FROM inbox ORDER BY id DESC LIMIT 1)",
            )
            .fetch_one(&self.pool)
            .await?;
            let mut columns = Columns::of(&row);
            Ok(InboxState {
                received: columns.whole()?,
                unreadable: columns.whole()?,
                last_event_at: columns.time()?,
            })
        };
        read.await.during("count the inbox")
    }

    /// Every kind that the account ever received, the latest first.
    pub async fn hook_kinds(&self, account: &AccountId) -> Result<Vec<EventTally>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT kind, received, quarantined, unreadable, last_at FROM event_tallies \
                 WHERE account = (SELECT n FROM accounts WHERE account = ?1) AND received > 0 \
                 ORDER BY last_at DESC, kind",
            )
            .bind(account.as_str())
            .fetch_all(&self.pool)
            .await?;
            let mut kinds = Vec::with_capacity(rows.len());
            for row in &rows {
                let mut columns = Columns::of(row);
                kinds.push(EventTally {
                    kind: columns.words()?,
                    received: columns.whole()?,
                    quarantined: columns.whole()?,
                    unreadable: columns.whole()?,
                    last_at: columns.time()?,
                });
            }
            Ok(kinds)
        };
        read.await.during("count the events")
    }

    /// A page of received events, newest first; the next page is asked with the last one's number.
    pub async fn hook_events(&self, ask: &EventAsk) -> Result<Vec<StoredEvent>> {
        let mut sql = format!(
            "SELECT {SHOWN} FROM inbox WHERE account = (SELECT n FROM accounts WHERE account = ?1) \
             AND id < ?2"
        );
        if ask.kind.is_some() {
            sql.push_str(" AND kind = ?4");
        }
        if let Some(state) = ask.state {
            sql.push_str(&format!(" AND state = {}", state.code()));
        }
        sql.push_str(" ORDER BY id DESC LIMIT ?3");
        let read = async {
            let query = sqlx::query(AssertSqlSafe(sql))
                .bind(ask.account.as_str())
                .bind(ask.before.unwrap_or(i64::MAX))
                .bind(ask.count);
            let query = match ask.kind.as_deref() {
                Some(kind) => query.bind(kind),
                None => query,
            };
            let rows = query.fetch_all(&self.pool).await?;
            rows.iter().map(event).collect::<sqlx::Result<_>>()
        };
        read.await.during("read the events")
    }

    pub async fn hook_event(&self, account: &AccountId, id: i64) -> Result<Option<StoredEvent>> {
        let sql = format!(
            "SELECT {SHOWN} FROM inbox \
             WHERE account = (SELECT n FROM accounts WHERE account = ?1) AND id = ?2"
        );
        let read = async {
            let row = sqlx::query(AssertSqlSafe(sql))
                .bind(account.as_str())
                .bind(id)
                .fetch_optional(&self.pool)
                .await?;
            row.as_ref().map(event).transpose()
        };
        read.await.during("read an event")
    }

    /// Encrypted events that could not be opened, oldest first.
    pub async fn sealed_events(&self, account: &AccountId, limit: u32) -> Result<Vec<Forwarded>> {
        self.forwarded(
            "SELECT id, at, signature, body FROM inbox WHERE state = 4 AND sealed IS NOT NULL \
             AND id > ?1 AND account = (SELECT n FROM accounts WHERE account = ?3) \
             ORDER BY id LIMIT ?2",
            (0, limit),
            Some(account),
        )
        .await
    }

    /// Bodies received after the number `after`, in the order of their arrival.
    pub async fn events_after(&self, after: i64, limit: u32) -> Result<Vec<Forwarded>> {
        let sql = "SELECT id, at, signature, body FROM inbox WHERE id > ?1 ORDER BY id LIMIT ?2";
        self.forwarded(sql, (after, limit), None).await
    }

    async fn forwarded(
        &self,
        sql: &'static str,
        (after, limit): (i64, u32),
        account: Option<&AccountId>,
    ) -> Result<Vec<Forwarded>> {
        let read = async {
            let query = sqlx::query(sql).bind(after).bind(limit);
            let query = match account {
                Some(account) => query.bind(account.as_str()),
                None => query,
            };
            let rows = query.fetch_all(&self.pool).await?;
            let mut bodies = Vec::with_capacity(rows.len());
            for row in &rows {
                let mut columns = Columns::of(row);
                bodies.push(Forwarded {
                    id: columns.whole()?,
                    at: Timestamp(columns.whole()?),
                    signature: columns.text()?,
                    body: unpack_bytes(columns.bytes()?)?,
                });
            }
            Ok(bodies)
        };
        read.await.during("read the received bodies")
    }

    /// Made anew with every store.
    pub async fn identity(&self) -> Result<String> {
        let read = async {
            let row = sqlx::query("SELECT id FROM identity").fetch_one(&self.pool).await?;
            row.try_get(0)
        };
        read.await.during("read the store's identity")
    }

    /// How far a relay was pulled.
    pub async fn relay_cursor(&self, account: &AccountId, relay: &str) -> Result<Option<String>> {
        let read = async {
            let row = sqlx::query(
                "SELECT cursor FROM relay_cursors \
                 WHERE account = (SELECT n FROM accounts WHERE account = ?1) AND relay = ?2",
            )
            .bind(account.as_str())
            .bind(relay)
            .fetch_optional(&self.pool)
            .await?;
            row.map(|row| row.try_get(0)).transpose()
        };
        read.await.during("read how far the relay was pulled")
    }

    pub async fn signature_tally(&self, account: &AccountId) -> Result<SignatureTally> {
        let read = async {
            let row = sqlx::query(
                "SELECT matched, mismatched FROM signature_tallies \
                 WHERE account = (SELECT n FROM accounts WHERE account = ?1)",
            )
            .bind(account.as_str())
            .fetch_optional(&self.pool)
            .await?;
            let Some(row) = row else { return Ok(SignatureTally::default()) };
            Ok(SignatureTally { matched: row.try_get(0)?, mismatched: row.try_get(1)? })
        };
        read.await.during("count the signatures")
    }
}

fn event(row: &SqliteRow) -> sqlx::Result<StoredEvent> {
    let mut columns = Columns::of(row);
    Ok(StoredEvent {
        id: columns.whole()?,
        at: Timestamp(columns.whole()?),
        source: columns.source()?,
        path: columns.words()?,
        verdict: signature_of(columns.whole()?),
        kind: columns.text()?,
        state: EventState::of(columns.whole()?),
        note: columns.text()?,
        body: unpack_bytes(columns.bytes()?)?,
    })
}
