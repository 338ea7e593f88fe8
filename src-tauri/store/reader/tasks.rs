//! Calling tasks and plans: one list of both, and what belongs to one of them.

use sqlx::{AssertSqlSafe, sqlite::SqliteRow};

use super::{
    Reader,
    filter::{Column, Filter, Filterable, PHASES, What, has_phase, like, order},
    lists,
};
use crate::{
    domain::{
        filter::FilterError,
        ids::{AccountId, PlanId, RoundId, TaskId},
        line::Line,
        task::{CallingTask, Plan, Round},
    },
    store::{
        cells::Columns,
        error::{During, Result},
        records::{KNOWN_LINES, Record, bit},
        rows::{ListAsk, Stored, StoredDialling, Window},
    },
};

/// Both kinds under the columns that the list shows, filters and sorts by.
const BOTH: &str = "(\
    SELECT 0 AS sort, n, account, id, name, line_set, status, phase, total, finished, connected, \
    started_at, created_at FROM calling_tasks \
    UNION ALL \
    SELECT 1, n, account, id, name, line_set, status, phase, total, finished, NULL, started_at, \
    created_at FROM plans) d";

/// Need of attention first (a status not reported counts as unknown), then the newest start.
const BY_NEED: &str =
    "coalesce(d.phase, 4), coalesce(d.started_at, d.created_at) DESC, d.n DESC, d.sort";

impl Reader {
    /// Calling tasks and plans. Words of the filter: `line:collection` (`telemarketing`, `info_check`,
    /// or `other` for those that name none of the three), `status:running`, and any text.
    pub async fn dialling(&self, ask: &ListAsk) -> Result<Window<StoredDialling>> {
        let filter = filter(ask, true)?;
        let read = async {
            let mut tx = self.pool.begin().await?;
            let total = filter.count(&mut tx, BOTH).await?;
            let order = sorted(ask);
            let parts = ("d.sort, d.n", BOTH, &*order);
            let found = filter.rows(&mut tx, parts, (ask.anchor, ask.count)).await?;
            let mut rows = Vec::with_capacity(found.len());
            for row in &found {
                let mut columns = Columns::of(row);
                let (is_plan, n) = (columns.whole()? == 1, columns.whole()?);
                rows.push(if is_plan {
                    StoredDialling::Plan(by_number(&mut tx, n).await?)
                } else {
                    StoredDialling::Task(by_number(&mut tx, n).await?)
                });
            }
            Ok(Window { total, rows })
        };
        read.await.during("read the calling tasks")
    }

    /// How many tasks and plans match in all, in each of the three lines, and that name none of them.
    /// What the filter says of lines does not count.
    pub async fn dialling_lines(&self, ask: &ListAsk) -> Result<[i64; 5]> {
        let scope = filter(ask, false)?;
        let read = async {
            let of =
                |line| format!("coalesce(sum(coalesce(d.line_set, 0) & {} <> 0), 0)", bit(line));
            let known = Line::WITH_TASKS.map(of).join(", ");
            let sql = format!(
                "SELECT count(*), {known}, coalesce(sum(coalesce(d.line_set, 0) & {KNOWN_LINES} = 0), 0) \
                 FROM {BOTH} {}",
                scope.sql()
            );
            let row = scope.query(sql).fetch_one(&self.pool).await?;
            let mut columns = Columns::of(&row);
            let mut counts = [0; 5];
            for count in &mut counts {
                *count = columns.whole()?;
            }
            Ok(counts)
        };
        read.await.during("count the calling tasks")
    }

    pub async fn calling_task(
        &self,
        account: &AccountId,
        id: &TaskId,
    ) -> Result<Option<Stored<CallingTask>>> {
        self.one(account, id.as_str()).await.during("read a calling task")
    }

    pub async fn plan(&self, account: &AccountId, id: &PlanId) -> Result<Option<Stored<Plan>>> {
        self.one(account, id.as_str()).await.during("read a plan")
    }

    /// The rounds of a plan, the first one first.
    pub async fn rounds(&self, account: &AccountId, plan: &PlanId) -> Result<Vec<Round>> {
        let sql = format!(
            "SELECT {} FROM {} WHERE a.account = ?1 AND r.plan = ?2 ORDER BY r.number, r.n",
            lists::select::<Round>(),
            lists::from::<Round>()
        );
        let read = async {
            let rows = sqlx::query(AssertSqlSafe(sql))
                .bind(account.as_str())
                .bind(plan.as_str())
                .fetch_all(&self.pool)
                .await?;
            rows.iter().map(|row| Ok(lists::stored::<Round>(row)?.value)).collect()
        };
        let rounds: sqlx::Result<Vec<Round>> = read.await;
        rounds.during("read the rounds of a plan")
    }

    pub async fn round(&self, account: &AccountId, id: &RoundId) -> Result<Option<Stored<Round>>> {
        self.one(account, id.as_str()).await.during("read a round of a plan")
    }
}

impl Reader {
    /// The calling tasks that dial a plan: those that its rounds name and those that name it.
    pub async fn tasks_of_plan(&self, account: &AccountId, plan: &PlanId) -> Result<Vec<TaskId>> {
        let read = async {
            let found: Vec<String> = sqlx::query_scalar(
                "SELECT r.task FROM rounds r JOIN accounts a ON a.n = r.account \
                 WHERE a.account = ?1 AND r.plan = ?2 AND r.task IS NOT NULL \
                 UNION SELECT t.id FROM calling_tasks t JOIN accounts a ON a.n = t.account \
                 WHERE a.account = ?1 AND t.plan = ?2",
            )
            .bind(account.as_str())
            .bind(plan.as_str())
            .fetch_all(&self.pool)
            .await?;
            Ok(found.into_iter().map(TaskId::new).collect())
        };
        let tasks: sqlx::Result<Vec<TaskId>> = read.await;
        tasks.during("read the tasks of a plan")
    }

    /// The plan that a calling task dials a round of.
    pub async fn plan_of_task(&self, account: &AccountId, task: &TaskId) -> Result<Option<PlanId>> {
        let read = async {
            let found: Option<String> = sqlx::query_scalar(
                "SELECT r.plan FROM rounds r JOIN accounts a ON a.n = r.account \
                 WHERE a.account = ?1 AND r.task = ?2 \
                 UNION SELECT t.plan FROM calling_tasks t JOIN accounts a ON a.n = t.account \
                 WHERE a.account = ?1 AND t.id = ?2 AND t.plan IS NOT NULL LIMIT 1",
            )
            .bind(account.as_str())
            .bind(task.as_str())
            .fetch_optional(&self.pool)
            .await?;
            Ok(found.map(PlanId::new))
        };
        let plan: sqlx::Result<Option<PlanId>> = read.await;
        plan.during("read the plan of a task")
    }
}

async fn by_number<R: Record>(
    conn: &mut sqlx::SqliteConnection,
    n: i64,
) -> sqlx::Result<Stored<R>> {
    let sql = format!("SELECT {} FROM {} WHERE r.n = ?1", lists::select::<R>(), lists::from::<R>());
    let row: SqliteRow = sqlx::query(AssertSqlSafe(sql)).bind(n).fetch_one(conn).await?;
    lists::stored(&row)
}

const FILTERABLE: Filterable = Filterable {
    columns: &[
        Column { name: "status", what: What::OneOf(&PHASES, phase) },
        Column { name: LINE, what: What::OneOf(&LINES, line) },
        Column { name: "kind", what: What::OneOf(&["task", "plan"], kind) },
        Column { name: "name", what: What::Text(like!("d.name")) },
        Column { name: "progress", what: What::Share(PROGRESS) },
        Column { name: "total", what: What::Count("d.total") },
        Column { name: "connected", what: What::Count("d.connected") },
        Column { name: "started", what: What::Age("coalesce(d.started_at, d.created_at)") },
    ],
    anywhere: &[like!("d.name"), like!("d.id")],
};

const LINE: &str = "line";
/// The words of [`Line::WITH_TASKS`] in its order, and that of what names none of them.
const LINES: [&str; 4] = ["collection", "telemarketing", "info_check", "other"];
const PROGRESS: &str = "CASE WHEN d.total > 0 THEN 1.0 * d.finished / d.total END";

fn phase(word: usize) -> String {
    has_phase("d.phase", word)
}

fn line(word: usize) -> String {
    match Line::WITH_TASKS.get(word) {
        Some(line) => format!("coalesce(d.line_set, 0) & {} <> 0", bit(*line)),
        None => format!("coalesce(d.line_set, 0) & {KNOWN_LINES} = 0"),
    }
}

fn kind(word: usize) -> String {
    format!("d.sort = {word}")
}

fn filter(ask: &ListAsk, by_line: bool) -> Result<Filter, FilterError> {
    Filter::scope("d", ask).written(ask, &FILTERABLE, (!by_line).then_some(LINE))
}

fn sorted(ask: &ListAsk) -> String {
    let Some((key, descending)) = &ask.sort else { return BY_NEED.to_owned() };
    let column = match key.as_str() {
        "name" => "d.name COLLATE NOCASE",
        "kind" => "d.sort",
        "status" if !descending => return BY_NEED.to_owned(),
        "status" => "coalesce(d.phase, 4)",
        "progress" => PROGRESS,
        "total" => "d.total",
        "connected" => "d.connected",
        "started" => "d.started_at",
        _ => return BY_NEED.to_owned(),
    };
    order(column, *descending, "d.sort, d.n")
}
