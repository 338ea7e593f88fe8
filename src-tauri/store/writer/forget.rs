//! Everything that is stored of one account, taken out.

use super::Writer;
use crate::{
    domain::ids::AccountId,
    store::error::{During, Result},
};

/// The journal stays whatever happens, and with it the numbers that its lines refer to. The change log
/// holds keys only and is pruned by itself.
const STAYS: [&str; 5] = ["accounts", "workflow_keys", "actions", "changes", "_sqlx_migrations"];

impl Writer {
    /// Forgets all rows of the account but its lines in the journal. Not announced: to be called while
    /// nobody reads.
    pub async fn forget(&mut self, account: &AccountId) -> Result<()> {
        let mut connected = self.shared.lock().await;
        let forget = async {
            let mut work = connected.begin().await?;
            let n = work.account(account).await?;
            let tables: Vec<(String, String)> = sqlx::query_as(
                "SELECT t.name, c.name FROM sqlite_master t \
                 JOIN pragma_table_info(t.name) c ON c.name IN ('account', 'workflow') \
                 WHERE t.type = 'table' ORDER BY t.name, c.name",
            )
            .fetch_all(&mut *work.tx)
            .await?;
            let mut done = String::new();
            for (table, column) in tables {
                // A table with both columns was emptied by the first of them.
                if STAYS.contains(&table.as_str()) || done == table {
                    continue;
                }
                let whose = match column.as_str() {
                    "account" => "account = ?1",
                    _ => "workflow IN (SELECT n FROM workflow_keys WHERE account = ?1)",
                };
                let delete = format!("DELETE FROM \"{table}\" WHERE {whose}");
                sqlx::query(sqlx::AssertSqlSafe(delete)).bind(n).execute(&mut *work.tx).await?;
                done = table;
            }
            work.commit().await
        };
        forget.await.map(|_| ()).during("forget an account")
    }
}
