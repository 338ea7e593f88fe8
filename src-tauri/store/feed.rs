//! The change log: keys in the order of the commits.

use sqlx::SqliteConnection;

use super::{
    cells::Columns,
    error::{During, Result},
    reader::Reader,
    rows::{Change, Kind, Op, Seq},
};
use crate::domain::ids::AccountId;

/// Changes kept. Readers of this process are never that far behind; older ones are pruned when the
/// store is opened, when there is no reader yet.
const KEPT: i64 = 200_000;

pub(super) async fn prune(conn: &mut SqliteConnection) -> sqlx::Result<()> {
    let newest = super::connection::newest(conn).await?;
    sqlx::query("DELETE FROM changes WHERE seq <= ?1").bind(newest - KEPT).execute(conn).await?;
    Ok(())
}

impl Reader {
    /// Raised after each commit that changed something, by any of the write handles.
    pub fn seq(&self) -> tokio::sync::watch::Receiver<Seq> {
        self.seq.clone()
    }

    /// Changes after `after`, oldest first.
    pub async fn feed(&self, after: Seq, limit: u32) -> Result<Vec<Change>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT c.seq, a.account, c.kind, c.id, c.op FROM changes c \
                 CROSS JOIN accounts a ON a.n = c.account \
                 WHERE c.seq > ?1 ORDER BY c.seq LIMIT ?2",
            )
            .bind(after)
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
            let mut changes = Vec::with_capacity(rows.len());
            for row in &rows {
                let mut columns = Columns::of(row);
                let (seq, account) = (columns.whole()?, AccountId::new(columns.words()?));
                let kind = Kind::of(columns.whole()?);
                let id = columns.words()?;
                let op = if columns.whole()? == 0 { Op::Upsert } else { Op::Remove };
                changes.extend(kind.map(|kind| Change { seq, account, kind, id, op }));
            }
            Ok(changes)
        };
        read.await.during("read what changed")
    }
}
