//! What was said, found by its words.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use super::{Reader, message_of};
use crate::{
    domain::{
        call::Turn,
        chat::Message,
        ids::{AccountId, CallId, Callee, SessionId, WorkflowId},
        search::Wanted,
        time::Timestamp,
    },
    store::{
        calls,
        cells::Columns,
        connection::json_list,
        error::{During, Result},
        rows::Window,
        spoken::matching,
    },
};

/// A window of what has the words, of one account or of all, newest first.
#[derive(Clone, Debug, Default)]
pub struct SpokenAsk {
    pub account: Option<AccountId>,
    pub wanted: Wanted,
    pub anchor: u32,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StoredSpoken {
    pub account: AccountId,
    pub workflow: Option<WorkflowId>,
    pub workflow_name: Option<String>,
    pub callee: Option<Callee>,
    /// `None`: nobody told.
    pub at: Option<Timestamp>,
    pub what: Spoken,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Spoken {
    Message { session: SessionId, message: Box<Message> },
    Dialogue { call: CallId, turns: Vec<Turn> },
}

/// How far the rows of an older store have been looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indexed {
    pub looked: i64,
    pub of: i64,
}

/// The rows that have the words, by the index; of one account where it is bound.
pub(in crate::store) const FROM: &str = "spoken_words f CROSS JOIN spoken s ON s.n = f.rowid \
    WHERE spoken_words MATCH ?1 \
    AND (?2 IS NULL OR s.account = (SELECT n FROM accounts WHERE account = ?2))";

const MESSAGES: &str = "SELECT r.n * 2, a.account, k.id, coalesce(s.workflow_name, w.name), \
    s.callee, r.session, r.rest FROM json_each(?1) j CROSS JOIN messages r ON r.n = j.value / 2 \
    JOIN accounts a ON a.n = r.account \
    LEFT JOIN sessions s ON s.account = r.account AND s.id = r.session \
    LEFT JOIN workflow_keys k ON k.n = s.workflow \
    LEFT JOIN workflows w ON w.workflow = s.workflow WHERE j.value % 2 = 0";

const CALLS: &str = "SELECT r.n * 2 + 1, a.account, k.id, coalesce(p.workflow_name, w.name), \
    r.callee, r.id, r.rest FROM json_each(?1) j CROSS JOIN calls r ON r.n = j.value / 2 \
    JOIN accounts a ON a.n = r.account JOIN places p ON p.n = r.place \
    LEFT JOIN workflow_keys k ON k.n = r.workflow \
    LEFT JOIN workflows w ON w.workflow = r.workflow WHERE j.value % 2 = 1";

impl Reader {
    pub async fn spoken(&self, ask: &SpokenAsk) -> Result<Window<StoredSpoken>> {
        if ask.wanted.is_nothing() {
            return Ok(Window { total: 0, rows: Vec::new() });
        }
        let read = async {
            let mut tx = self.pool.begin().await?;
            let wanted = matching(&ask.wanted);
            let account = ask.account.as_ref().map(AccountId::as_str);
            let total = sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {FROM}")))
                .bind(&wanted)
                .bind(account)
                .fetch_one(&mut *tx)
                .await?;
            let sql = format!(
                "SELECT s.n, s.at FROM {FROM} ORDER BY s.at DESC, s.n DESC LIMIT ?3 OFFSET ?4"
            );
            let found = sqlx::query(AssertSqlSafe(sql))
                .bind(&wanted)
                .bind(account)
                .bind(ask.count)
                .bind(ask.anchor)
                .fetch_all(&mut *tx)
                .await?;
            let found: Vec<(i64, i64)> = found
                .iter()
                .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
                .collect::<sqlx::Result<_>>()?;
            let rows = rows_of(&mut tx, &found).await?;
            Ok(Window { total, rows })
        };
        read.await.during("search what was said")
    }

    /// `None`: everything stored can be found.
    pub async fn indexed(&self) -> Result<Option<Indexed>> {
        let read = async {
            let row = sqlx::query(
                "SELECT coalesce(sum(looked), 0), coalesce(sum(total), 0), \
                 coalesce(sum(done < last), 0) FROM spoken_due",
            )
            .fetch_one(&self.pool)
            .await?;
            let left: i64 = row.try_get(2)?;
            let indexed = Indexed { looked: row.try_get(0)?, of: row.try_get(1)? };
            Ok((left > 0).then_some(indexed))
        };
        read.await.during("read how much can be searched")
    }
}

async fn rows_of(
    conn: &mut SqliteConnection,
    found: &[(i64, i64)],
) -> sqlx::Result<Vec<StoredSpoken>> {
    let ids = json_list(&found.iter().map(|(n, _)| *n).collect::<Vec<_>>());
    let mut rows = HashMap::with_capacity(found.len());
    for sql in [MESSAGES, CALLS] {
        for row in sqlx::query(sql).bind(&ids).fetch_all(&mut *conn).await? {
            let mut columns = Columns::of(&row);
            let n = columns.whole()?;
            rows.insert(n, read(n, &mut columns)?);
        }
    }
    let timed = |(n, at): &(i64, i64)| {
        let row = rows.remove(n)?;
        Some(StoredSpoken { at: (*at > 0).then_some(Timestamp(*at)), ..row })
    };
    Ok(found.iter().filter_map(timed).collect())
}

fn read(n: i64, columns: &mut Columns<'_>) -> sqlx::Result<StoredSpoken> {
    let account = AccountId::new(columns.words()?);
    let workflow = columns.text()?.map(WorkflowId::new);
    let (workflow_name, callee) = (columns.text()?, columns.number()?);
    let (id, rest) = (columns.words()?, columns.bytes()?);
    let what = match n % 2 {
        0 => {
            let message = Box::new(message_of(rest)?);
            Spoken::Message { session: SessionId::new(id), message }
        }
        _ => Spoken::Dialogue { call: CallId::new(id), turns: calls::dialogue(rest)? },
    };
    Ok(StoredSpoken { account, workflow, workflow_name, callee, at: None, what })
}
