//! All rows of a kind, page by page, in the order they came.

use sqlx::{AssertSqlSafe, Row, sqlite::SqliteRow};

use super::{Reader, lists, sessions};
use crate::{
    domain::{
        ids::{AccountId, SessionId, WorkflowId},
        task::{CallingTask, Plan},
        waba::{WabaMessage, WabaTask},
        workflow::{Node, OutboundTask},
    },
    store::{
        audit, calls,
        cells::Columns,
        error::{During, Result},
        records::Record,
        rows::{ExportKey, ExportRow, Kind, Stored, StoredCall},
    },
};

impl Reader {
    /// A page of all rows of a kind, and the key that the next page goes on from (`None`: the end).
    pub async fn export_page(
        &self,
        kind: Kind,
        after: Option<ExportKey>,
        limit: u32,
    ) -> Result<(Vec<ExportRow>, Option<ExportKey>)> {
        let page = Page { reader: self, after: after.unwrap_or(0), limit };
        let read = async {
            match kind {
                Kind::Workflow => page.workflows().await,
                Kind::Node => page.records::<Node>(ExportRow::Node).await,
                Kind::Task => page.records::<OutboundTask>(ExportRow::Task).await,
                Kind::WabaTask => page.records::<WabaTask>(ExportRow::WabaTask).await,
                Kind::Waba => page.records::<WabaMessage>(ExportRow::Waba).await,
                Kind::Call => page.calls().await,
                Kind::Session => page.sessions().await,
                Kind::Message => page.messages().await,
                Kind::Action => page.actions().await,
                Kind::CallingTask => page.records::<CallingTask>(ExportRow::CallingTask).await,
                Kind::Plan => page.records::<Plan>(ExportRow::Plan).await,
                Kind::Round | Kind::Account | Kind::Event | Kind::Alert => Ok(Vec::new()),
            }
        };
        let rows = read.await.during("read an export")?;
        let full = usize::try_from(limit).is_ok_and(|limit| rows.len() >= limit);
        let next = rows.last().map(|(key, _)| *key).filter(|_| full);
        Ok((rows.into_iter().map(|(_, row)| row).collect(), next))
    }
}

type Keyed = Vec<(ExportKey, ExportRow)>;

struct Page<'r> {
    reader: &'r Reader,
    after: ExportKey,
    limit: u32,
}

impl Page<'_> {
    /// `alias` is that of the table whose rows are exported; its `n` comes back as `key`.
    async fn rows(&self, select: &str, from: &str, alias: &str) -> sqlx::Result<Vec<SqliteRow>> {
        let sql = format!(
            "SELECT {select}, {alias}.n AS key FROM {from} \
             WHERE {alias}.n > ?1 ORDER BY {alias}.n LIMIT ?2"
        );
        sqlx::query(AssertSqlSafe(sql))
            .bind(self.after)
            .bind(self.limit)
            .fetch_all(&self.reader.pool)
            .await
    }

    async fn records<R: Record>(
        &self,
        row_of: impl Fn(Stored<R>) -> ExportRow,
    ) -> sqlx::Result<Keyed> {
        let rows = self.rows(&lists::select::<R>(), &lists::from::<R>(), "r").await?;
        keyed(&rows, |row| Ok(row_of(lists::stored::<R>(row)?)))
    }

    async fn calls(&self) -> sqlx::Result<Keyed> {
        let from = format!("calls c {}", calls::JOINS);
        let rows = self.rows(calls::SELECT, &from, "c").await?;
        keyed(&rows, |row| {
            let held = calls::read(row)?;
            let stored = StoredCall { account: held.account, call: held.call, source: held.source };
            Ok(ExportRow::Call(Box::new(stored)))
        })
    }

    async fn sessions(&self) -> sqlx::Result<Keyed> {
        let rows = self.rows(&sessions::select("NULL"), sessions::FROM, "s").await?;
        keyed(&rows, |row| Ok(ExportRow::Session(Box::new(sessions::stored(row)?))))
    }

    async fn messages(&self) -> sqlx::Result<Keyed> {
        let from = "messages m JOIN accounts a ON a.n = m.account";
        let rows = self.rows("a.account, m.session, m.rest", from, "m").await?;
        keyed(&rows, |row| {
            let mut columns = Columns::of(row);
            Ok(ExportRow::Message {
                account: AccountId::new(columns.words()?),
                session: SessionId::new(columns.words()?),
                message: Box::new(sessions::message_of(columns.bytes()?)?),
            })
        })
    }

    async fn actions(&self) -> sqlx::Result<Keyed> {
        let rows = self.rows(audit::SELECT, audit::FROM, "x").await?;
        keyed(&rows, |row| Ok(ExportRow::Action(Box::new(audit::read(row)?))))
    }

    async fn workflows(&self) -> sqlx::Result<Keyed> {
        let from = "workflows w JOIN accounts a ON a.n = w.account";
        let rows = self.rows("a.account, w.id", from, "w").await?;
        let mut keyed = Vec::with_capacity(rows.len());
        for row in &rows {
            let (account, id): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let found =
                self.reader.stored_workflow(&AccountId::new(account), &WorkflowId::new(id)).await?;
            if let Some(stored) = found {
                keyed.push((row.try_get("key")?, ExportRow::Workflow(Box::new(stored))));
            }
        }
        Ok(keyed)
    }
}

fn keyed(
    rows: &[SqliteRow],
    read: impl Fn(&SqliteRow) -> sqlx::Result<ExportRow>,
) -> sqlx::Result<Keyed> {
    rows.iter().map(|row| Ok((row.try_get("key")?, read(row)?))).collect()
}
