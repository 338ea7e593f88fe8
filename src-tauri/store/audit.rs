//! The journal of actions: written before an action is sent, and only ever added to. Triggers in the
//! schema refuse everything else.

use sqlx::{AssertSqlSafe, SqliteConnection, sqlite::SqliteRow};

use super::{
    cells::Columns,
    connection::{Shared, Work},
    error::{During, Result, StoreError, unreadable},
    rows::{Kind, Op},
};
use crate::domain::{
    action::{Action, How, Outcome, Subject, Verb},
    ids::{AccountId, ActionId, PlanId, SessionId, TaskId, WorkflowId},
    time::Timestamp,
};

pub(super) const SELECT: &str = "x.id, a.account, x.verb, x.kind, x.subject, k.id, x.name, x.callee, \
    x.case_id, x.reason, x.by, x.requested_at, x.outcome, x.outcome_at, x.detail, x.status_before, \
    x.seen_at, x.status_seen, x.calls_since, x.how";

pub(super) const FROM: &str =
    "actions x JOIN accounts a ON a.n = x.account LEFT JOIN workflow_keys k ON k.n = x.workflow";

/// Records actions. There is one; it belongs to the audited door.
pub struct AuditWriter {
    shared: Shared,
}

impl AuditWriter {
    pub(super) fn new(shared: Shared) -> Self {
        Self { shared }
    }

    /// Records what is about to be asked; durable when it returns. An id that was recorded before is
    /// answered with what was recorded, and nothing is written.
    pub async fn request(&mut self, action: &Action) -> Result<Option<Action>> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            if let Some(existing) = find(&mut work.tx, &action.id).await? {
                work.commit().await?;
                return Ok(Some(existing));
            }
            insert(&mut work, action).await?;
            work.commit().await.map(|_| None)
        };
        write.await.during("write the journal")
    }

    /// What became of it. Only the first outcome counts; a later one is ignored.
    pub async fn outcome(
        &mut self,
        id: &ActionId,
        outcome: Outcome,
        at: Timestamp,
        detail: Option<&str>,
    ) -> Result<()> {
        let query = sqlx::query(
            "UPDATE actions SET outcome = ?2, outcome_at = ?3, detail = ?4 \
             WHERE id = ?1 AND outcome = 0",
        )
        .bind(id.as_str())
        .bind(outcome_code(outcome))
        .bind(at.millis())
        .bind(detail);
        self.amend(id, query).await
    }

    /// That the effect was seen; only the first sight counts.
    pub async fn seen(&mut self, id: &ActionId, at: Timestamp, status: Option<&str>) -> Result<()> {
        let query = sqlx::query(
            "UPDATE actions SET seen_at = ?2, status_seen = ?3 WHERE id = ?1 AND seen_at IS NULL",
        )
        .bind(id.as_str())
        .bind(at.millis())
        .bind(status);
        self.amend(id, query).await
    }

    /// Calls of the target that started after the acceptance; written and announced only when the
    /// count is another one.
    pub async fn calls_since(&mut self, id: &ActionId, calls: i64) -> Result<()> {
        let query = sqlx::query(
            "UPDATE actions SET calls_since = ?2 WHERE id = ?1 AND calls_since IS NOT ?2",
        )
        .bind(id.as_str())
        .bind(calls);
        self.amend(id, query).await
    }

    /// At start: what was requested and never answered was perhaps sent, so it becomes unknown.
    pub async fn sweep(&mut self, at: Timestamp) -> Result<u64> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let left: Vec<String> = sqlx::query_scalar("SELECT id FROM actions WHERE outcome = 0")
                .fetch_all(&mut *work.tx)
                .await?;
            sqlx::query("UPDATE actions SET outcome = 4, outcome_at = ?1 WHERE outcome = 0")
                .bind(at.millis())
                .execute(&mut *work.tx)
                .await?;
            for id in &left {
                announce(&mut work, id).await?;
            }
            work.commit().await?;
            Ok(u64::try_from(left.len()).unwrap_or(u64::MAX))
        };
        write.await.during("close left-over actions in the journal")
    }

    async fn amend(
        &mut self,
        id: &ActionId,
        query: sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>,
    ) -> Result<()> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let changed = query.execute(&mut *work.tx).await?.rows_affected();
            let known = changed > 0 || find(&mut work.tx, id).await?.is_some();
            if changed > 0 {
                announce(&mut work, id.as_str()).await?;
            }
            work.commit().await.map(|_| known)
        };
        match write.await.during("write the journal")? {
            true => Ok(()),
            false => Err(StoreError::NoSuchAction(id.clone())),
        }
    }
}

async fn insert(work: &mut Work<'_>, action: &Action) -> sqlx::Result<()> {
    let account = work.account(&action.account).await?;
    let workflow = work.workflow_of(account, action.workflow.as_ref()).await?;
    sqlx::query(
        "INSERT INTO actions (id, account, workflow, verb, kind, subject, name, callee, case_id, \
         reason, by, requested_at, status_before, outcome, outcome_at, detail, seen_at, status_seen, \
         calls_since, how) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, \
         ?15, ?16, ?17, ?18, ?19, ?20)",
    )
    .bind(action.id.as_str())
    .bind(account)
    .bind(workflow)
    .bind(verb_code(action.verb))
    .bind(kind_code(&action.subject))
    .bind(action.subject.id())
    .bind(action.name.as_deref())
    .bind(action.callee.as_ref().map(|callee| callee.full()))
    .bind(action.case_id.as_deref())
    .bind(action.reason.as_str())
    .bind(action.by.as_str())
    .bind(action.requested_at.millis())
    .bind(action.status_before.as_deref())
    .bind(outcome_code(action.outcome))
    .bind(action.outcome_at.map(Timestamp::millis))
    .bind(action.detail.as_deref())
    .bind(action.seen_at.map(Timestamp::millis))
    .bind(action.status_seen.as_deref())
    .bind(action.calls_since)
    .bind(how_code(action.how))
    .execute(&mut *work.tx)
    .await?;
    work.announce(Kind::Action, Op::Upsert, account, vec![action.id.to_string()]);
    if let Some(workflow) = workflow {
        work.touch_workflow(workflow);
    }
    Ok(())
}

/// The action and the workflow whose row shows its receipt.
async fn announce(work: &mut Work<'_>, id: &str) -> sqlx::Result<()> {
    let row = sqlx::query("SELECT account, workflow FROM actions WHERE id = ?1")
        .bind(id)
        .fetch_one(&mut *work.tx)
        .await?;
    let mut columns = Columns::of(&row);
    let (account, workflow) = (columns.whole()?, columns.int()?);
    work.announce(Kind::Action, Op::Upsert, account, vec![id.to_owned()]);
    if let Some(workflow) = workflow {
        work.touch_workflow(workflow);
    }
    Ok(())
}

pub(super) async fn find(
    conn: &mut SqliteConnection,
    id: &ActionId,
) -> sqlx::Result<Option<Action>> {
    let sql = format!("SELECT {SELECT} FROM {FROM} WHERE x.id = ?1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(id.as_str()).fetch_optional(conn).await?;
    row.as_ref().map(read).transpose()
}

pub(super) fn read(row: &SqliteRow) -> sqlx::Result<Action> {
    let mut columns = Columns::of(row);
    Ok(Action {
        id: ActionId::new(columns.words()?),
        account: AccountId::new(columns.words()?),
        verb: verb_of(columns.whole()?)?,
        subject: subject_of(columns.whole()?, columns.words()?)?,
        workflow: columns.text()?.map(WorkflowId::new),
        name: columns.text()?,
        callee: columns.number()?,
        case_id: columns.text()?,
        reason: columns.words()?,
        by: columns.words()?,
        requested_at: Timestamp(columns.whole()?),
        outcome: outcome_of(columns.whole()?)?,
        outcome_at: columns.time()?,
        detail: columns.text()?,
        status_before: columns.text()?,
        seen_at: columns.time()?,
        status_seen: columns.text()?,
        calls_since: columns.int()?,
        how: how_of(columns.whole()?)?,
    })
}

pub(super) fn verb_code(verb: Verb) -> i64 {
    match verb {
        Verb::StopWorkflow => 0,
        Verb::CancelRest => 1,
        Verb::CancelTask => 2,
        Verb::CancelPlan => 3,
        Verb::CancelTaskRest => 4,
        Verb::CancelPlanRest => 5,
        Verb::CancelContact => 6,
        Verb::EndSession => 7,
        Verb::CancelLeadsCall => 8,
    }
}

pub(super) fn kind_code(subject: &Subject) -> i64 {
    match subject {
        Subject::Workflow(_) => 0,
        Subject::Task(_) => 1,
        Subject::Plan(_) => 2,
        Subject::DialerTask(_) => 3,
        Subject::Session(_) => 4,
    }
}

fn subject_of(kind: i64, id: String) -> sqlx::Result<Subject> {
    Ok(match kind {
        0 => Subject::Workflow(WorkflowId::new(id)),
        1 => Subject::Task(TaskId::new(id)),
        2 => Subject::Plan(PlanId::new(id)),
        3 => Subject::DialerTask(TaskId::new(id)),
        4 => Subject::Session(SessionId::new(id)),
        _ => return Err(unreadable(format!("subject of kind {kind} in the journal"))),
    })
}

fn verb_of(code: i64) -> sqlx::Result<Verb> {
    let found = Verb::ALL.into_iter().find(|verb| verb_code(*verb) == code);
    found.ok_or_else(|| unreadable(format!("verb {code} in the journal")))
}

pub(super) fn how_code(how: How) -> i64 {
    match how {
        How::Send => 0,
        How::Trial => 1,
        How::Outside => 2,
    }
}

fn how_of(code: i64) -> sqlx::Result<How> {
    let found = How::ALL.into_iter().find(|how| how_code(*how) == code);
    found.ok_or_else(|| unreadable(format!("way {code} in the journal")))
}

fn outcome_code(outcome: Outcome) -> i64 {
    match outcome {
        Outcome::Requested => 0,
        Outcome::Accepted => 1,
        Outcome::Refused => 2,
        Outcome::Failed => 3,
        Outcome::Unknown => 4,
        Outcome::Outside => 5,
    }
}

fn outcome_of(code: i64) -> sqlx::Result<Outcome> {
    Ok(match code {
        0 => Outcome::Requested,
        1 => Outcome::Accepted,
        2 => Outcome::Refused,
        3 => Outcome::Failed,
        4 => Outcome::Unknown,
        5 => Outcome::Outside,
        _ => return Err(unreadable(format!("outcome {code} in the journal"))),
    })
}
