//! The vendor's own JSON of stored records, for reading it anew.

use sqlx::{AssertSqlSafe, sqlite::SqliteRow};

use super::Reader;
use crate::{
    domain::{
        ids::{AccountId, WorkflowId},
        time::Timestamp,
    },
    store::{
        calls::{JOINS, SELECT, read_whole},
        cells::{Columns, source_of},
        error::{During, Result},
        raw,
        rows::{Kind, RawRow},
    },
};

impl Reader {
    /// Records of a kind with their JSON, in the order in which they were first stored, after the one
    /// with this number (0: from the first). Fewer than `limit` come only at the end.
    pub async fn raws(
        &self,
        account: &AccountId,
        kind: Kind,
        after: i64,
        limit: u32,
    ) -> Result<Vec<RawRow>> {
        self.raw_rows(account, kind, ("> ?2 ORDER BY", after), limit).await
    }

    /// The JSON of the records of a kind that were stored last.
    pub async fn raw_sample(
        &self,
        account: &AccountId,
        kind: Kind,
        limit: u32,
    ) -> Result<Vec<RawRow>> {
        let newest_first = ("> ?2 ORDER BY -", 0);
        self.raw_rows(account, kind, newest_first, limit).await
    }

    async fn raw_rows(
        &self,
        account: &AccountId,
        kind: Kind,
        (order, after): (&str, i64),
        limit: u32,
    ) -> Result<Vec<RawRow>> {
        let of_account = "account = (SELECT n FROM accounts WHERE account = ?1)";
        let sql = match (kind, table(kind)) {
            (Kind::Call, _) => format!(
                "SELECT {SELECT}, c.rest, c.n FROM calls c {JOINS} \
                 WHERE c.{of_account} AND c.n {order} c.n LIMIT ?3"
            ),
            (Kind::Message, _) => format!(
                "SELECT t.n, t.session, NULL, t.position, 0, 0, t.rest FROM messages t \
                 WHERE t.{of_account} AND t.n {order} t.n LIMIT ?3"
            ),
            (_, Some((table, parent))) => format!(
                "SELECT t.n, t.id, k.id, {parent}, t.as_of, t.source, t.rest FROM {table} t \
                 LEFT JOIN workflow_keys k ON k.n = t.workflow \
                 WHERE t.{of_account} AND t.n {order} t.n LIMIT ?3"
            ),
            (_, None) => return Ok(Vec::new()),
        };
        let read = async {
            let rows = sqlx::query(AssertSqlSafe(sql))
                .bind(account.as_str())
                .bind(after)
                .bind(limit)
                .fetch_all(&self.pool)
                .await?;
            rows.iter()
                .map(|row| if kind == Kind::Call { of_a_call(row) } else { of_a_row(row) })
                .collect::<sqlx::Result<Vec<_>>>()
        };
        read.await.during("read the vendor's own records")
    }
}

/// The table of a kind, and what its rows stand under.
fn table(kind: Kind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        Kind::Workflow => ("workflows", "NULL"),
        Kind::Node => ("nodes", "t.position"),
        Kind::Task => ("tasks", "NULL"),
        Kind::Session => ("sessions", "NULL"),
        Kind::WabaTask => ("waba_tasks", "NULL"),
        Kind::Waba => ("waba_messages", "t.task"),
        Kind::CallingTask => ("calling_tasks", "NULL"),
        Kind::Plan => ("plans", "NULL"),
        Kind::Round => ("rounds", "t.plan"),
        Kind::Call | Kind::Message | Kind::Action | Kind::Account | Kind::Event | Kind::Alert => {
            return None;
        }
    })
}

fn of_a_call(row: &SqliteRow) -> sqlx::Result<RawRow> {
    let (held, raw) = read_whole(row)?;
    let n = sqlx::Row::try_get(row, "n")?;
    let call = held.call;
    Ok(RawRow {
        n,
        id: call.id.to_string(),
        workflow: call.workflow,
        parent: call.task.map(|task| task.to_string()),
        position: 0,
        as_of: Timestamp(0),
        source: held.source,
        raw,
    })
}

fn of_a_row(row: &SqliteRow) -> sqlx::Result<RawRow> {
    let mut columns = Columns::of(row);
    let n = columns.whole()?;
    let id = columns.words()?;
    let workflow = columns.text()?.map(WorkflowId::new);
    // The place of a message or a node is a number, what a template message stands under is a text.
    let place: Option<i64> = sqlx::Row::try_get(row, 3).unwrap_or_default();
    let parent = columns.text().unwrap_or_default();
    let as_of = Timestamp(columns.whole()?);
    let source = source_of(columns.whole()?);
    let (_, raw) = raw::unpack(columns.bytes()?)?;
    let position = place.unwrap_or_default();
    Ok(RawRow { n, id, workflow, parent, position, as_of, source, raw })
}
