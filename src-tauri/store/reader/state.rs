//! Accounts, how far the sources were read, and what waits in the inbox.

use super::Reader;
use crate::{
    domain::{ids::AccountId, time::Timestamp},
    store::{
        cells::Columns,
        error::{During, Result},
        raw::unpack_bytes,
        rows::{InboxItem, InboxState, SourceMark, StoredAccount},
    },
};

impl Reader {
    /// Accounts that something is stored of, in the order they came.
    pub async fn accounts(&self) -> Result<Vec<StoredAccount>> {
        let read = async {
            let rows = sqlx::query("SELECT account, name, base_url FROM accounts ORDER BY n")
                .fetch_all(&self.pool)
                .await?;
            let mut accounts = Vec::with_capacity(rows.len());
            for row in &rows {
                let mut columns = Columns::of(row);
                let id = AccountId::new(columns.words()?);
                let name = columns.text()?.unwrap_or_else(|| id.to_string());
                let base_url = columns.text()?.unwrap_or_default();
                accounts.push(StoredAccount { id, name, base_url });
            }
            Ok(accounts)
        };
        read.await.during("read the accounts")
    }

    pub async fn known_sources(&self, account: &AccountId) -> Result<Vec<SourceMark>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT key, scope, answered_at, fingerprint, total, complete FROM marks \
                 WHERE account = (SELECT n FROM accounts WHERE account = ?1) ORDER BY key, scope",
            )
            .bind(account.as_str())
            .fetch_all(&self.pool)
            .await?;
            let mut marks = Vec::with_capacity(rows.len());
            for row in &rows {
                let mut columns = Columns::of(row);
                marks.push(SourceMark {
                    key: columns.words()?,
                    scope: columns.words()?,
                    answered_at: Timestamp(columns.whole()?),
                    fingerprint: columns.whole()?,
                    total: columns.int()?,
                    complete: columns.whole()? != 0,
                });
            }
            Ok(marks)
        };
        read.await.during("read how far the sources were read")
    }

    /// Received and not drained, oldest first.
    pub async fn inbox_pending(&self, limit: u32) -> Result<Vec<InboxItem>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT i.id, a.account, i.at, i.source, i.signature, i.body FROM inbox i \
                 CROSS JOIN accounts a ON a.n = i.account \
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
                    signature: columns.text()?,
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
                "SELECT (SELECT count(*) FROM inbox), \
                 (SELECT count(*) FROM inbox WHERE error IS NOT NULL), \
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
}
