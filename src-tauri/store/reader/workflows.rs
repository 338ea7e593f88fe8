//! Workflows with their figures.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, SqliteConnection, sqlite::SqliteRow};

use super::{
    Reader,
    filter::{Filter, order},
};
use crate::{
    domain::{
        action::Action,
        ids::{AccountId, WorkflowId},
        status::Phase,
        time::Timestamp,
        workflow::Workflow,
    },
    store::{
        audit,
        cells::{Columns, phase_code, phase_of},
        connection::json_list,
        error::{During, Result},
        records::{Base, Record},
        rows::{StoredWorkflow, Tally, Window, WorkflowAsk},
    },
};

const FROM: &str =
    "workflows w JOIN accounts a ON a.n = w.account LEFT JOIN tallies t ON t.workflow = w.workflow";

const FIRST: &str = "w.workflow, a.account, w.source, w.id, w.as_of, \
    coalesce(t.calls, 0), coalesce(t.connected_calls, 0), coalesce(t.short_calls, 0), \
    coalesce(t.talk_ms, 0), coalesce(t.dialled, 0), coalesce(t.reached, 0), \
    coalesce(t.connected_reported, 0), coalesce(t.talk_reported, 0), t.last_call_at, \
    coalesce(t.sessions, 0)";

/// Need of attention first (a status not reported counts as unknown), then the newest start.
const BY_NEED: &str = "coalesce(w.phase, 4), w.started_at DESC, w.n DESC";
const BY_NEED_REVERSED: &str = "coalesce(w.phase, 4) DESC, w.started_at DESC, w.n DESC";

fn select() -> String {
    format!("{FIRST}, w.{}", Workflow::COLUMNS.join(", w."))
}

impl Reader {
    pub async fn workflows(&self, ask: &WorkflowAsk) -> Result<Window<StoredWorkflow>> {
        let read = async {
            let mut tx = self.pool.begin().await?;
            let filter = filter(ask, true);
            let total = filter.count(&mut tx, "workflows w").await?;
            let order = sorted(ask);
            let parts = (&*select(), FROM, &*order);
            let rows = filter.rows(&mut tx, parts, (ask.anchor, ask.count)).await?;
            let rows = complete(&mut tx, &rows).await?;
            Ok(Window { total, rows })
        };
        read.await.during("read the workflows")
    }

    pub async fn workflow(
        &self,
        account: &AccountId,
        id: &WorkflowId,
    ) -> Result<Option<StoredWorkflow>> {
        self.stored_workflow(account, id).await.during("read a workflow")
    }

    pub(super) async fn stored_workflow(
        &self,
        account: &AccountId,
        id: &WorkflowId,
    ) -> sqlx::Result<Option<StoredWorkflow>> {
        let mut tx = self.pool.begin().await?;
        let sql = format!("SELECT {} FROM {FROM} WHERE a.account = ? AND w.id = ?", select());
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(account.as_str())
            .bind(id.as_str())
            .fetch_all(&mut *tx)
            .await?;
        Ok(complete(&mut tx, &rows).await?.pop())
    }

    /// How many workflows match in each phase; the phase part of the filter is ignored. Phases in the
    /// order of need of attention, those without any left out.
    pub async fn workflow_phases(
        &self,
        account: Option<&AccountId>,
        words: &str,
    ) -> Result<Vec<(Phase, i64)>> {
        let read = async {
            let ask = WorkflowAsk {
                account: account.cloned(),
                filter: words.to_owned(),
                ..WorkflowAsk::default()
            };
            let filter = filter(&ask, false);
            let sql = format!(
                "SELECT coalesce(w.phase, 4) AS p, count(*) FROM workflows w {} GROUP BY p ORDER BY p",
                filter.sql()
            );
            let rows = filter.query(sql).fetch_all(&self.pool).await?;
            let mut phases = Vec::with_capacity(rows.len());
            for row in &rows {
                let mut columns = Columns::of(row);
                phases.push((phase_of(columns.int()?), columns.whole()?));
            }
            Ok(phases)
        };
        read.await.during("count the workflows")
    }
}

/// The phase of a word `status:running`.
fn asked_phase(word: &str) -> Option<Phase> {
    let phase = word.strip_prefix("status:")?;
    Phase::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(phase))
}

fn filter(ask: &WorkflowAsk, with_phase: bool) -> Filter {
    let mut filter = Filter::scope("w", ask);
    let words = ask.filter.split_whitespace().filter(|word| asked_phase(word).is_none());
    filter.words(
        words,
        &[
            "w.name LIKE ? ESCAPE '\\'",
            "w.id LIKE ? ESCAPE '\\'",
            "w.template LIKE ? ESCAPE '\\'",
            "w.template_name LIKE ? ESCAPE '\\'",
        ],
    );
    let phases = ask.filter.split_whitespace().filter_map(asked_phase).filter(|_| with_phase);
    phases.for_each(|phase| filter.int("coalesce(w.phase, 4) = ?", phase_code(phase)));
    filter
}

fn sorted(ask: &WorkflowAsk) -> String {
    let Some((key, descending)) = &ask.sort else { return BY_NEED.to_owned() };
    let column = match key.as_str() {
        "status" if *descending => return BY_NEED_REVERSED.to_owned(),
        "name" => "w.name COLLATE NOCASE",
        "progress" => "CASE WHEN w.total > 0 THEN 1.0 * w.finished / w.total END",
        "reached" => {
            "CASE WHEN t.dialled > 0 AND t.connected_reported > 0 THEN 1.0 * t.reached / t.dialled END"
        }
        "talk" => {
            "CASE WHEN t.reached > 0 AND t.talk_reported > 0 THEN 1.0 * t.talk_ms / t.reached END"
        }
        "started" => "w.started_at",
        _ => return BY_NEED.to_owned(),
    };
    order(column, *descending, "w.n")
}

/// Adds distributions and receipts to the rows of a window: two queries, whatever its length.
async fn complete(
    conn: &mut SqliteConnection,
    rows: &[SqliteRow],
) -> sqlx::Result<Vec<StoredWorkflow>> {
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        read.push(stored(row)?);
    }
    let keys = json_list(&read.iter().map(|(key, _)| *key).collect::<Vec<_>>());
    let mut shares = shares(conn, &keys).await?;
    let mut receipts = receipts(conn, &keys).await?;
    let with = read.into_iter().map(|(key, mut stored)| {
        let (intentions, hangups) = shares.remove(&key).unwrap_or_default();
        stored.tally.intentions = intentions;
        stored.tally.hangups = hangups;
        stored.receipt = receipts.remove(&key);
        stored
    });
    Ok(with.collect())
}

fn stored(row: &SqliteRow) -> sqlx::Result<(i64, StoredWorkflow)> {
    let mut columns = Columns::of(row);
    let key = columns.whole()?;
    let account = AccountId::new(columns.words()?);
    let source = columns.source()?;
    let base = Base { id: columns.words()?, workflow: None, as_of: Timestamp(columns.whole()?) };
    let tally = Tally {
        calls: columns.whole()?,
        connected_calls: columns.whole()?,
        short_calls: columns.whole()?,
        talk_ms: columns.whole()?,
        dialled: columns.whole()?,
        reached: columns.whole()?,
        connected_reported: columns.whole()? > 0,
        talk_reported: columns.whole()? > 0,
        last_call_at: columns.time()?,
        ..Tally::default()
    };
    let sessions = columns.whole()?;
    let workflow = Workflow::read(base, &mut columns, "")?;
    Ok((key, StoredWorkflow { account, workflow, source, tally, sessions, receipt: None }))
}

type Shares = Vec<(String, i64)>;

/// Intentions and hang-up codes by workflow.
async fn shares(
    conn: &mut SqliteConnection,
    keys: &str,
) -> sqlx::Result<HashMap<i64, (Shares, Shares)>> {
    let rows = sqlx::query(
        "SELECT s.workflow, s.kind, s.label, s.count FROM json_each(?1) j \
         CROSS JOIN tally_shares s ON s.workflow = j.value ORDER BY s.count DESC, s.label",
    )
    .bind(keys)
    .fetch_all(conn)
    .await?;
    let mut found: HashMap<i64, (Shares, Shares)> = HashMap::new();
    for row in &rows {
        let mut columns = Columns::of(row);
        let of_workflow = found.entry(columns.whole()?).or_default();
        let into = if columns.whole()? == 0 { &mut of_workflow.0 } else { &mut of_workflow.1 };
        into.push((columns.words()?, columns.whole()?));
    }
    Ok(found)
}

/// The newest action on each workflow; one that only stands in its timeline is not its own.
async fn receipts(conn: &mut SqliteConnection, keys: &str) -> sqlx::Result<HashMap<i64, Action>> {
    let sql = format!(
        "SELECT {}, x.workflow AS key FROM json_each(?1) j CROSS JOIN {} WHERE x.n = \
         (SELECT n FROM actions WHERE workflow = j.value AND kind = 0 \
         ORDER BY requested_at DESC, n DESC LIMIT 1)",
        audit::SELECT,
        audit::FROM
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(keys).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((sqlx::Row::try_get(row, "key")?, audit::read(row)?))).collect()
}
