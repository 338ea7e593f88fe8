//! Everything that is stored under an id, a number or a case, over all accounts and kinds. Every part
//! goes by an index.

use sqlx::AssertSqlSafe;

use super::Reader;
use crate::{
    domain::ids::{AccountId, Callee},
    store::{
        cells::Columns,
        error::{During, Result},
        raw::unpack,
        rows::{FoundRow, Kind, RawRecord},
    },
};

/// Rows of a kind that are shown: a number may have hundreds of calls.
const MOST: u32 = 20;

const ACCOUNT: &str = "(SELECT n FROM accounts)";

impl Reader {
    /// Records whose own id is the text.
    pub async fn find_id(&self, id: &str) -> Result<Vec<FoundRow>> {
        let parts: Vec<String> = TABLES
            .iter()
            .map(|(kind, table, name)| {
                format!(
                    "SELECT {kind}, a.account, r.id, k.id, {name} FROM {table} r \
                     JOIN accounts a ON a.n = r.account LEFT JOIN workflow_keys k ON k.n = r.workflow \
                     WHERE r.account IN {ACCOUNT} AND r.id = ?1"
                )
            })
            .collect();
        self.found(parts.join(" UNION ALL "), &[id]).await
    }

    /// Calls, sessions and messages of a number, the newest of each; `+` or not makes no difference.
    pub async fn find_number(&self, digits: &str) -> Result<Vec<FoundRow>> {
        let plus = format!("+{digits}");
        let part = |kind: i64, table: &str, name: &str, at: &str| {
            format!(
                "SELECT * FROM (SELECT {kind}, a.account, r.id, k.id, {name} FROM {table} r \
                 JOIN accounts a ON a.n = r.account LEFT JOIN workflow_keys k ON k.n = r.workflow \
                 WHERE r.callee IN (?1, ?2) ORDER BY r.{at} DESC LIMIT {MOST})"
            )
        };
        let parts = [
            part(CALL, "calls", "r.result", "called_at"),
            part(SESSION, "sessions", "r.channel", "started_at"),
            part(WABA, "waba_messages", "r.status", "sent_at"),
        ];
        self.found(parts.join(" UNION ALL "), &[digits, &plus]).await
    }

    /// Calls and messages of a case, the newest of each.
    pub async fn find_case(&self, case_id: &str) -> Result<Vec<FoundRow>> {
        let part = |kind: i64, table: &str, name: &str, at: &str| {
            format!(
                "SELECT * FROM (SELECT {kind}, a.account, r.id, k.id, {name} FROM {table} r \
                 JOIN accounts a ON a.n = r.account LEFT JOIN workflow_keys k ON k.n = r.workflow \
                 WHERE r.case_id = ?1 ORDER BY r.{at} DESC LIMIT {MOST})"
            )
        };
        let parts = [
            part(CALL, "calls", "r.result", "called_at"),
            part(WABA, "waba_messages", "r.status", "sent_at"),
        ];
        self.found(parts.join(" UNION ALL "), &[case_id]).await
    }

    async fn found(&self, sql: String, values: &[&str]) -> Result<Vec<FoundRow>> {
        let read = async {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for value in values {
                query = query.bind(*value);
            }
            let rows = query.fetch_all(&self.pool).await?;
            let mut found = Vec::with_capacity(rows.len());
            for row in &rows {
                let mut columns = Columns::of(row);
                let kind = kind_of(columns.whole()?);
                let account = AccountId::new(columns.words()?);
                let (id, workflow, title) = (columns.words()?, columns.text()?, columns.text()?);
                if let Some(kind) = kind {
                    found.push(FoundRow { kind, account, id, workflow, title });
                }
            }
            Ok(found)
        };
        read.await.during("look something up")
    }

    /// The vendor's own JSON of one record.
    pub async fn raw(
        &self,
        account: &AccountId,
        kind: Kind,
        id: &str,
    ) -> Result<Option<RawRecord>> {
        let Some(select) = raw_select(kind) else { return Ok(None) };
        let read = async {
            let sql = format!(
                "{select} WHERE r.account = (SELECT n FROM accounts WHERE account = ?1) AND r.id = ?2"
            );
            let row = sqlx::query(AssertSqlSafe(sql))
                .bind(account.as_str())
                .bind(id)
                .fetch_optional(&self.pool)
                .await?;
            let Some(row) = row else { return Ok(None) };
            let mut columns = Columns::of(&row);
            let callee = columns.text()?.map(Callee::new);
            let (_, raw) = unpack(columns.bytes()?)?;
            Ok(Some(RawRecord { raw, callee }))
        };
        read.await.during("read a record")
    }
}

const CALL: i64 = 3;
const SESSION: i64 = 4;
const WABA: i64 = 6;

/// A number for the kind, its table, and what of it serves as a title.
const TABLES: [(i64, &str, &str); 9] = [
    (0, "workflows", "r.name"),
    (1, "nodes", "r.name"),
    (2, "tasks", "r.name"),
    (CALL, "calls", "r.result"),
    (SESSION, "sessions", "r.channel"),
    (5, "waba_tasks", "r.template_name"),
    (WABA, "waba_messages", "r.status"),
    (7, "calling_tasks", "r.name"),
    (8, "plans", "r.name"),
];

fn kind_of(code: i64) -> Option<Kind> {
    Some(match code {
        0 => Kind::Workflow,
        1 => Kind::Node,
        2 => Kind::Task,
        CALL => Kind::Call,
        SESSION => Kind::Session,
        5 => Kind::WabaTask,
        WABA => Kind::Waba,
        7 => Kind::CallingTask,
        8 => Kind::Plan,
        _ => return None,
    })
}

/// Calls and sessions have readers of their own, which give their JSON too.
fn raw_select(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Workflow => "SELECT NULL, r.rest FROM workflows r",
        Kind::Node => "SELECT NULL, r.rest FROM nodes r",
        Kind::Task => "SELECT NULL, r.rest FROM tasks r",
        Kind::WabaTask => "SELECT NULL, r.rest FROM waba_tasks r",
        Kind::CallingTask => "SELECT NULL, r.rest FROM calling_tasks r",
        Kind::Plan => "SELECT NULL, r.rest FROM plans r",
        Kind::Round => "SELECT NULL, r.rest FROM rounds r",
        Kind::Waba => "SELECT r.callee, r.rest FROM waba_messages r",
        _ => return None,
    })
}
