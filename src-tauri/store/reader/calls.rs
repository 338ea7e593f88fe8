//! Calls.

use sqlx::{AssertSqlSafe, SqliteConnection};

use super::{
    Reader,
    filter::{Column, Filter, Filterable, What, like},
};
use crate::{
    domain::{
        filter::FilterError,
        ids::{AccountId, CallId, Callee, TaskId},
        time::Timestamp,
    },
    store::{
        calls::{JOINS, SELECT, read, read_whole},
        cells::Columns,
        error::{During, Result},
        rows::{CallAsk, CallsOf, StoredCall, StoredCallDetail, Tally, Window},
    },
};

impl Reader {
    pub async fn calls(&self, ask: &CallAsk) -> Result<Window<StoredCall>> {
        let filter = filter(ask)?;
        let read = async {
            let mut tx = self.pool.begin().await?;
            let total = total(&mut tx, ask, &filter).await?;
            let rows = page(&mut tx, ask, &filter, total).await?;
            Ok(Window { total, rows })
        };
        read.await.during("read the calls")
    }

    /// A call with all that is known of it.
    pub async fn call(&self, account: &AccountId, id: &CallId) -> Result<Option<StoredCallDetail>> {
        let read = async {
            let sql = format!(
                "SELECT {SELECT}, c.rest FROM calls c {JOINS} \
                 WHERE c.account = (SELECT n FROM accounts WHERE account = ?1) AND c.id = ?2"
            );
            let row = sqlx::query(AssertSqlSafe(sql))
                .bind(account.as_str())
                .bind(id.as_str())
                .fetch_optional(&self.pool)
                .await?;
            row.as_ref().map(read_whole).transpose()
        };
        let found = read.await.during("read a call")?;
        Ok(found.map(|(held, raw)| StoredCallDetail {
            account: held.account,
            call: held.call,
            source: held.source,
            raw,
        }))
    }

    /// The figures of the calls of a calling task or of a plan's round, counted when asked; without
    /// distributions. Short calls are not counted.
    pub async fn task_tally(&self, account: &AccountId, task: &TaskId) -> Result<Tally> {
        let read = async {
            let mut filter = Filter::default();
            filter.outside("c", account, std::slice::from_ref(task));
            let sql = format!("{TASK_TALLY} {}", filter.sql());
            let row = filter.query(sql).fetch_one(&self.pool).await?;
            let mut columns = Columns::of(&row);
            Ok(Tally {
                calls: columns.whole()?,
                connected_calls: columns.whole()?,
                talk_ms: columns.whole()?,
                dialled: columns.whole()?,
                reached: columns.whole()?,
                connected_reported: columns.whole()? > 0,
                talk_reported: columns.whole()? > 0,
                last_call_at: columns.time()?,
                ..Tally::default()
            })
        };
        read.await.during("count the calls of a task")
    }

    /// Calls that started and have no end yet, of all or of one number.
    pub async fn calls_running(
        &self,
        account: &AccountId,
        of: CallsOf<'_>,
        callee: Option<&Callee>,
    ) -> Result<i64> {
        let running = "c.called_at IS NOT NULL AND c.ended_at IS NULL";
        self.counted(account, of, callee, running.to_owned())
            .await
            .during("count the running calls")
    }

    /// Calls, of all or of one number, that started at `since` or later.
    pub async fn calls_started_since(
        &self,
        account: &AccountId,
        of: CallsOf<'_>,
        callee: Option<&Callee>,
        since: Timestamp,
    ) -> Result<i64> {
        let started = format!("c.called_at >= {}", since.millis());
        self.counted(account, of, callee, started).await.during("count the calls since")
    }

    async fn counted(
        &self,
        account: &AccountId,
        of: CallsOf<'_>,
        callee: Option<&Callee>,
        condition: String,
    ) -> sqlx::Result<i64> {
        let mut filter = Filter::default();
        match of {
            CallsOf::Workflow(workflow) => filter.workflow("c", account, workflow),
            CallsOf::Tasks(tasks) => filter.outside("c", account, tasks),
            CallsOf::Dialer(task) => filter.placed("c", account, std::slice::from_ref(task)),
        }
        filter.when(condition);
        if let Some(callee) = callee {
            filter.text("c.callee = ?", callee.full());
        }
        let mut conn = self.pool.acquire().await?;
        filter.count(&mut conn, "calls c").await
    }
}

const TASK_TALLY: &str = "SELECT count(*), coalesce(sum(c.connected = 1), 0), \
    coalesce(sum(c.talk_ms), 0), count(DISTINCT c.callee), \
    count(DISTINCT CASE WHEN c.connected = 1 THEN c.callee END), count(c.connected), \
    count(c.talk_ms), max(c.called_at) FROM calls c";

const FILTERABLE: Filterable = Filterable {
    columns: &[
        Column { name: "number", what: What::Text(like!("c.callee")) },
        Column { name: "case", what: What::Text(like!("c.case_id")) },
        Column { name: "result", what: What::Text(like!("c.result")) },
        Column { name: "intention", what: What::Text(like!("c.intention")) },
        Column { name: "hangup", what: What::Text(like!("c.hangup")) },
        Column { name: "node", what: What::Text(NODE) },
        Column { name: "connected", what: What::OneOf(&["yes", "no"], connected) },
        Column { name: "recording", what: What::OneOf(&["yes", "no"], recorded) },
        Column { name: "round", what: What::Count("c.round") },
        Column { name: "turns", what: What::Count("c.turns") },
        Column { name: "talk", what: What::Duration("c.talk_ms") },
        Column { name: "called", what: What::Age("c.called_at") },
    ],
    anywhere: &[
        like!("c.callee"),
        like!("c.case_id"),
        like!("c.result"),
        like!("c.intention"),
        NODE,
    ],
};

const NODE: &str = concat!("c.place IN (SELECT n FROM places WHERE ", like!("node_name"), ")");

fn connected(word: usize) -> String {
    format!("c.connected = {}", i32::from(word == 0))
}

/// Bit 1 of the flags: there is a link to a recording.
fn recorded(word: usize) -> String {
    format!("c.flags & 2 {} 0", if word == 0 { "<>" } else { "=" })
}

fn filter(ask: &CallAsk) -> Result<Filter, FilterError> {
    let mut filter = Filter::scope("c", ask);
    if let Some((account, task)) = &ask.task {
        filter.outside("c", account, std::slice::from_ref(task));
    }
    filter.written(ask, &FILTERABLE, None)
}

/// Without words the total is known; with words it is counted.
async fn total(conn: &mut SqliteConnection, ask: &CallAsk, filter: &Filter) -> sqlx::Result<i64> {
    if !ask.filter.trim().is_empty() || ask.task.is_some() {
        return filter.count(conn, "calls c").await;
    }
    let sql = match ask.workflow {
        Some(_) => {
            let tally = Filter::scope("t", ask);
            let sql = format!("SELECT coalesce(sum(t.calls), 0) FROM tallies t {}", tally.sql());
            return sqlx::Row::try_get(&tally.query(sql).fetch_one(conn).await?, 0);
        }
        None => {
            "SELECT (SELECT coalesce(sum(t.calls), 0) FROM tallies t \
             JOIN workflow_keys k ON k.n = t.workflow \
             WHERE ?1 IS NULL OR k.account = (SELECT n FROM accounts WHERE account = ?1)) \
             + (SELECT count(*) FROM calls c WHERE c.workflow IS NULL \
             AND (?1 IS NULL OR c.account = (SELECT n FROM accounts WHERE account = ?1)))"
        }
    };
    let row =
        sqlx::query(sql).bind(ask.account.as_ref().map(AccountId::as_str)).fetch_one(conn).await?;
    sqlx::Row::try_get(&row, 0)
}

/// The rows are found in the index first and read then, so that rows before the window are not read.
async fn page(
    conn: &mut SqliteConnection,
    ask: &CallAsk,
    filter: &Filter,
    total: i64,
) -> sqlx::Result<Vec<StoredCall>> {
    let window = Span::of(ask, total);
    if window.count == 0 {
        return Ok(Vec::new());
    }
    let order = sorted(ask, window.reversed);
    let select = if ask.detailed { format!("{SELECT}, c.rest") } else { SELECT.to_owned() };
    let from = format!("calls c {JOINS}");
    let inner = format!(
        "SELECT {select} FROM (SELECT n FROM calls c {} ORDER BY {order} LIMIT ? OFFSET ?) f \
         CROSS JOIN {from} WHERE c.n = f.n",
        filter.sql()
    );
    let rows = filter.query(inner).bind(window.count).bind(window.skip).fetch_all(conn).await?;
    let mut calls = Vec::with_capacity(rows.len());
    for row in &rows {
        let held = if ask.detailed { read_whole(row)?.0 } else { read(row)? };
        calls.push(StoredCall { account: held.account, call: held.call, source: held.source });
    }
    if window.reversed {
        calls.reverse();
    }
    Ok(calls)
}

/// A window counted from the nearer end: skipping rows is what a deep window costs.
struct Span {
    skip: i64,
    count: i64,
    reversed: bool,
}

impl Span {
    fn of(ask: &CallAsk, total: i64) -> Self {
        let skip = i64::from(ask.anchor).min(total);
        let count = i64::from(ask.count).min(total - skip);
        let behind = total - skip - count;
        if behind < skip {
            return Self { skip: behind, count, reversed: true };
        }
        Self { skip, count, reversed: false }
    }
}

fn sorted(ask: &CallAsk, reversed: bool) -> String {
    let (key, descending) =
        ask.sort.as_ref().map_or(("", true), |(key, descending)| (key.as_str(), *descending));
    let column = match key {
        "talk" => "c.talk_ms",
        "round" => "c.round",
        "result" => "c.result",
        "intention" => "c.intention",
        "called" => return by(("c.called_at", descending), ask, reversed),
        // The default: newest first.
        _ => return by(("c.called_at", true), ask, reversed),
    };
    by((column, descending), ask, reversed)
}

fn by((column, descending): (&str, bool), ask: &CallAsk, reversed: bool) -> String {
    // The index over all calls has the account behind the time.
    let tie = match ask.workflow.is_none() && column == "c.called_at" {
        true => ["c.account", "c.n"],
        false => ["c.n", "c.n"],
    };
    match (descending, reversed) {
        (true, false) => format!("{column} DESC, {} DESC, {} DESC", tie[0], tie[1]),
        (false, false) => format!("{column} ASC NULLS LAST, {}, {}", tie[0], tie[1]),
        (true, true) => format!("{column} ASC, {}, {}", tie[0], tie[1]),
        (false, true) => {
            format!("{column} DESC NULLS FIRST, {} DESC, {} DESC", tie[0], tie[1])
        }
    }
}
