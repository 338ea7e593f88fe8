//! Accounts, and how far the sources were read.

use super::Reader;
use crate::{
    domain::{ids::AccountId, time::Timestamp},
    store::{
        cells::Columns,
        error::{During, Result},
        rows::{SourceMark, StoredAccount},
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
}
