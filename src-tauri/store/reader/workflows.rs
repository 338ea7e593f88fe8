//! Workflows with their figures.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, SqliteConnection, sqlite::SqliteRow};

use super::{
    Reader,
    filter::{Column, Filter, Filterable, PHASES, What, has_phase, like, order},
};
use crate::{
    domain::{
        action::Action,
        filter::FilterError,
        ids::{AccountId, WorkflowId},
        status::Phase,
        time::Timestamp,
        workflow::{Need, Workflow},
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

/// Takes the time as its first value.
const FROM: &str = "(SELECT ? AS now) o CROSS JOIN workflows w \
    JOIN accounts a ON a.n = w.account LEFT JOIN tallies t ON t.workflow = w.workflow";

const COUNTED: &str = "workflows w LEFT JOIN tallies t ON t.workflow = w.workflow";

const FIRST: &str = "w.workflow, a.account, w.source, w.id, w.as_of, \
    coalesce(t.calls, 0), coalesce(t.connected_calls, 0), coalesce(t.short_calls, 0), \
    coalesce(t.talk_ms, 0), coalesce(t.dialled, 0), coalesce(t.reached, 0), \
    coalesce(t.connected_reported, 0), coalesce(t.talk_reported, 0), t.last_call_at, \
    coalesce(t.sessions, 0)";

/// The needs of a workflow at the time `o.now`, as the sum of their bits.
fn needs() -> String {
    let condition = |need: Need| match need {
        Need::Failed => format!(
            "w.phase = {} AND o.now - coalesce(w.ended_at, t.last_call_at, w.started_at, w.as_of) < {}",
            phase_code(Phase::Failed),
            Need::RECENT_MS
        ),
        // Verb 0 stops; outcomes 0, 1 and 4 are asked, accepted and unknown.
        Need::StopNotSeen => format!(
            "EXISTS (SELECT 1 FROM actions x WHERE x.workflow = w.workflow AND x.verb = 0 \
             AND x.outcome IN (0, 1, 4) AND x.seen_at IS NULL AND x.requested_at < o.now - {})",
            Need::SEEN_AFTER_MS
        ),
        Need::NoCalls => format!(
            "w.phase = {} AND t.calls > 0 AND t.last_call_at < o.now - {} \
             AND coalesce(w.finished < w.total, 1)",
            phase_code(Phase::Running),
            Need::QUIET_MS
        ),
        Need::FewReached => format!(
            "w.phase = {} AND t.dialled >= {} AND t.connected_reported > 0 AND t.reached * 10 < t.dialled",
            phase_code(Phase::Running),
            Need::MANY
        ),
    };
    let bits = Need::ALL.map(|need| format!("{} * coalesce(({}), 0)", need.bit(), condition(need)));
    bits.join(" + ")
}

fn select() -> String {
    format!("{FIRST}, {} AS needs, w.{}", needs(), Workflow::COLUMNS.join(", w."))
}

impl Reader {
    pub async fn workflows(&self, ask: &WorkflowAsk) -> Result<Window<StoredWorkflow>> {
        let filter = filter(ask, true)?;
        let read = async {
            let mut tx = self.pool.begin().await?;
            let total = filter.count(&mut tx, COUNTED).await?;
            let order = sorted(ask);
            let sql = format!(
                "SELECT {} FROM {FROM} {} ORDER BY {order} LIMIT ? OFFSET ?",
                select(),
                filter.sql()
            );
            let query = sqlx::query(AssertSqlSafe(sql)).bind(ask.now.millis());
            let query = filter.bound(query).bind(ask.count).bind(ask.anchor);
            let rows = query.fetch_all(&mut *tx).await?;
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
        let select = select();
        let sql = format!("SELECT {select} FROM {FROM} WHERE a.account = ? AND w.id = ?");
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(0)
            .bind(account.as_str())
            .bind(id.as_str())
            .fetch_all(&mut *tx)
            .await?;
        let found = complete(&mut tx, &rows).await?.pop();
        Ok(found.map(|stored| StoredWorkflow { needs: Vec::new(), ..stored }))
    }

    /// How many workflows match in each phase; the phase part of the filter is ignored. Phases in the
    /// order of need of attention, those without any left out.
    pub async fn workflow_phases(&self, ask: &WorkflowAsk) -> Result<Vec<(Phase, i64)>> {
        let filter = filter(ask, false)?;
        let read = async {
            let sql = format!(
                "SELECT coalesce(w.phase, 4) AS p, count(*) FROM {COUNTED} {} GROUP BY p ORDER BY p",
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

const FILTERABLE: Filterable = Filterable {
    columns: &[
        Column { name: STATUS, what: What::OneOf(&PHASES, phase) },
        Column { name: "name", what: What::Text(like!("w.name")) },
        Column { name: "template", what: What::Text(TEMPLATE) },
        Column { name: "progress", what: What::Share(PROGRESS) },
        Column { name: "reached", what: What::Share(REACHED) },
        Column { name: "talk", what: What::Duration(TALK) },
        Column { name: "total", what: What::Count("w.total") },
        Column { name: "calls", what: What::Count("coalesce(t.calls, 0)") },
        Column { name: "sessions", what: What::Count("coalesce(t.sessions, 0)") },
        Column { name: "called", what: What::Age("t.last_call_at") },
        Column { name: "started", what: What::Age("w.started_at") },
    ],
    anywhere: &[like!("w.name"), like!("w.id"), like!("w.template"), like!("w.template_name")],
};

const STATUS: &str = "status";
const TEMPLATE: &str = like!("coalesce(w.template_name, w.template)");
const PROGRESS: &str = "CASE WHEN w.total > 0 THEN 1.0 * w.finished / w.total END";
const REACHED: &str =
    "CASE WHEN t.dialled > 0 AND t.connected_reported > 0 THEN 1.0 * t.reached / t.dialled END";
/// Milliseconds by number reached.
const TALK: &str =
    "CASE WHEN t.reached > 0 AND t.talk_reported > 0 THEN 1.0 * t.talk_ms / t.reached END";

fn phase(word: usize) -> String {
    has_phase("w.phase", word)
}

fn filter(ask: &WorkflowAsk, with_phase: bool) -> Result<Filter, FilterError> {
    Filter::scope("w", ask).written(ask, &FILTERABLE, (!with_phase).then_some(STATUS))
}

/// By default, need of attention first (a status not reported counts as unknown), then the newest start.
fn sorted(ask: &WorkflowAsk) -> String {
    let by_need = |descending: bool| {
        let (need, phase) = if descending { ("ASC", "DESC") } else { ("DESC", "ASC") };
        format!("needs {need}, coalesce(w.phase, 4) {phase}, w.started_at DESC, w.n DESC")
    };
    let Some((key, descending)) = &ask.sort else { return by_need(false) };
    let column = match key.as_str() {
        "status" => return by_need(*descending),
        "name" => "w.name COLLATE NOCASE",
        "progress" => PROGRESS,
        "reached" => REACHED,
        "talk" => TALK,
        "started" => "w.started_at",
        _ => return by_need(false),
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
    let bits = columns.whole()?;
    let needs = Need::ALL.into_iter().filter(|need| bits & need.bit() != 0).collect();
    let workflow = Workflow::read(base, &mut columns, "")?;
    Ok((key, StoredWorkflow { account, workflow, source, tally, sessions, needs, receipt: None }))
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
