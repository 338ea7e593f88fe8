//! Warnings, and the figures that they are judged by: every one by an index, because they are asked
//! for every few seconds.

use sqlx::{AssertSqlSafe, SqliteConnection, sqlite::SqliteRow};

use super::Reader;
use crate::{
    domain::{
        alert::AlertSettings,
        ids::{AccountId, CallId, SessionId, WorkflowId},
        status::Phase,
        time::Timestamp,
    },
    store::{
        alerts::{
            self, CalledAgain, CallsWithin, Contacted, FailedWorkflow, OpenSession, RoundWindows,
            RunningWorkflow, SessionWindows, StoredAlert, Windows,
        },
        cells::{Columns, phase_code},
        error::{During, Result, unreadable},
        rows::{Kind, Seq},
    },
};

/// More conversations than this are not looked into: the newest are.
const OPEN_AT_MOST: i64 = 500;

impl Reader {
    /// Those that hold, and those that ended at `ended_since` or later; the newest first.
    pub async fn alerts(&self, ended_since: Timestamp) -> Result<Vec<StoredAlert>> {
        let read = async {
            let mut conn = self.pool.acquire().await?;
            let mut found = some(&mut conn, "x.ended_at IS NULL").await?;
            let ended = format!("x.ended_at >= {}", ended_since.millis());
            found.extend(some(&mut conn, &ended).await?);
            found.sort_by_key(|stored| std::cmp::Reverse((stored.alert.since, stored.n)));
            Ok(found)
        };
        read.await.during("read the warnings")
    }

    pub async fn alerts_holding(&self) -> Result<Vec<StoredAlert>> {
        let read = async {
            let mut conn = self.pool.acquire().await?;
            some(&mut conn, "x.ended_at IS NULL").await
        };
        read.await.during("read the warnings")
    }

    pub async fn alert_settings(&self) -> Result<AlertSettings> {
        let read = async {
            let kept: Option<String> = sqlx::query_scalar("SELECT settings FROM alert_settings")
                .fetch_optional(&self.pool)
                .await?;
            let Some(kept) = kept else { return Ok(AlertSettings::default()) };
            serde_json::from_str(&kept)
                .map_err(|error| unreadable(format!("the settings of the warnings: {error}")))
        };
        read.await.during("read the settings of the warnings")
    }

    pub async fn running_workflows(&self) -> Result<Vec<RunningWorkflow>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT a.account, w.id, w.total, w.finished, coalesce(t.calls, 0), \
                 coalesce(t.connected_reported, 0), t.last_call_at FROM workflows w \
                 CROSS JOIN accounts a ON a.n = w.account \
                 LEFT JOIN tallies t ON t.workflow = w.workflow WHERE w.phase = ?1",
            )
            .bind(phase_code(Phase::Running))
            .fetch_all(&self.pool)
            .await?;
            rows.iter().map(running).collect::<sqlx::Result<_>>()
        };
        read.await.during("look for what runs")
    }

    /// Those that failed at `since` or later: as the vendor says or, where it does not, as we saw it
    /// happen. One that was over when it was first seen and has no end is not among them.
    pub async fn failed_workflows(&self, since: Timestamp) -> Result<Vec<FailedWorkflow>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT account, id, at FROM (SELECT a.account, w.id, coalesce(w.ended_at, \
                 (SELECT max(l.at) FROM timeline l WHERE l.workflow = w.workflow AND l.kind = 1 \
                 AND l.to_phase = ?1 AND l.from_word IS NOT NULL)) AS at FROM workflows w \
                 CROSS JOIN accounts a ON a.n = w.account WHERE w.phase = ?1 \
                 AND (w.ended_at IS NULL OR w.ended_at >= ?2)) WHERE at >= ?2",
            )
            .bind(phase_code(Phase::Failed))
            .bind(since.millis())
            .fetch_all(&self.pool)
            .await?;
            let failed = |row: &SqliteRow| {
                let mut columns = Columns::of(row);
                let account = AccountId::new(columns.words()?);
                let id = WorkflowId::new(columns.words()?);
                Ok(FailedWorkflow { account, id, at: Timestamp(columns.whole()?) })
            };
            rows.iter().map(failed).collect::<sqlx::Result<_>>()
        };
        read.await.during("look for what failed")
    }

    /// Numbers dialled and reached from `from` up to `middle` and from there on, of every workflow that
    /// runs and called in the second of them, by redial round. Calls that do not say whether they
    /// connected are left out.
    pub async fn reached_windows(
        &self,
        from: Timestamp,
        middle: Timestamp,
    ) -> Result<Vec<RoundWindows>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT a.account, w.id, coalesce(c.round, 0) AS round, c.called_at >= ?2 AS late, \
                 count(DISTINCT CASE WHEN c.connected = 1 THEN c.callee END), \
                 count(DISTINCT c.callee) FROM workflows w \
                 CROSS JOIN accounts a ON a.n = w.account \
                 CROSS JOIN tallies t ON t.workflow = w.workflow AND t.last_call_at >= ?2 \
                 CROSS JOIN calls c ON c.workflow = w.workflow AND c.called_at >= ?1 \
                 WHERE w.phase = ?3 AND c.connected IS NOT NULL AND c.callee IS NOT NULL \
                 GROUP BY w.n, round, late ORDER BY w.n, round, late",
            )
            .bind(from.millis())
            .bind(middle.millis())
            .bind(phase_code(Phase::Running))
            .fetch_all(&self.pool)
            .await?;
            let mut found: Vec<RoundWindows> = Vec::new();
            for row in &rows {
                let mut columns = Columns::of(row);
                let account = AccountId::new(columns.words()?);
                let workflow = WorkflowId::new(columns.words()?);
                let (round, late) = (columns.whole()?, columns.whole()? != 0);
                let counts = (columns.whole()?, columns.whole()?);
                let next = RoundWindows { account, workflow, round, reached: Windows::default() };
                let same = |last: &mut RoundWindows| {
                    last.round == next.round
                        && last.workflow == next.workflow
                        && last.account == next.account
                };
                let windows = match found.last_mut().is_some_and(same) {
                    true => found.last_mut(),
                    false => {
                        found.push(next);
                        found.last_mut()
                    }
                };
                if let Some(windows) = windows {
                    put(&mut windows.reached, late, counts);
                }
            }
            Ok(found)
        };
        read.await.during("count who was reached")
    }

    /// Conversations that ended from `from` up to `middle` and from there on, and how many of them by
    /// an error, by workflow. Those that do not say why they ended are left out.
    pub async fn session_windows(
        &self,
        from: Timestamp,
        middle: Timestamp,
    ) -> Result<Vec<SessionWindows>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT a.account, k.id, s.ended_at >= ?2 AS late, \
                 sum(lower(trim(s.end_reason)) = 'error'), count(*) FROM sessions s \
                 CROSS JOIN accounts a ON a.n = s.account \
                 LEFT JOIN workflow_keys k ON k.n = s.workflow \
                 WHERE s.ended_at >= ?1 AND s.end_reason IS NOT NULL \
                 GROUP BY s.account, s.workflow, late ORDER BY s.account, s.workflow, late",
            )
            .bind(from.millis())
            .bind(middle.millis())
            .fetch_all(&self.pool)
            .await?;
            let mut found: Vec<SessionWindows> = Vec::new();
            for row in &rows {
                let mut columns = Columns::of(row);
                let account = AccountId::new(columns.words()?);
                let workflow = columns.text()?.map(WorkflowId::new);
                let late = columns.whole()? != 0;
                let counts = (columns.whole()?, columns.whole()?);
                let same =
                    |last: &SessionWindows| last.workflow == workflow && last.account == account;
                if !found.last().is_some_and(same) {
                    found.push(SessionWindows { account, workflow, errors: Windows::default() });
                }
                if let Some(windows) = found.last_mut() {
                    put(&mut windows.errors, late, counts);
                }
            }
            Ok(found)
        };
        read.await.during("count how conversations ended")
    }

    /// When the newest webhooks came, the newest first. What was imported is not among them.
    pub async fn webhook_times(&self, account: &AccountId, most: u32) -> Result<Vec<Timestamp>> {
        let read = async {
            let times: Vec<i64> = sqlx::query_scalar(
                "SELECT at FROM (SELECT at, source FROM inbox WHERE account = \
                 (SELECT n FROM accounts WHERE account = ?1) ORDER BY id DESC LIMIT ?2) \
                 WHERE source = 1",
            )
            .bind(account.as_str())
            .bind(most)
            .fetch_all(&self.pool)
            .await?;
            Ok(times.into_iter().map(Timestamp).collect())
        };
        read.await.during("look when webhooks came")
    }

    /// Calls of the account that started from `from` up to `to`.
    pub async fn calls_within(
        &self,
        account: &AccountId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Option<CallsWithin>> {
        let read = async {
            let row = sqlx::query(
                "SELECT count(*), min(c.called_at), l.called_at, l.id FROM calls c \
                 CROSS JOIN (SELECT called_at, id FROM calls WHERE called_at >= ?2 \
                 AND called_at < ?3 AND account = (SELECT n FROM accounts WHERE account = ?1) \
                 ORDER BY called_at DESC LIMIT 1) l \
                 WHERE c.called_at >= ?2 AND c.called_at < ?3 \
                 AND c.account = (SELECT n FROM accounts WHERE account = ?1)",
            )
            .bind(account.as_str())
            .bind(from.millis())
            .bind(to.millis())
            .fetch_one(&self.pool)
            .await?;
            let mut columns = Columns::of(&row);
            let calls = columns.whole()?;
            let (first, last, id) = (columns.time()?, columns.time()?, columns.text()?);
            let found = first.zip(last).zip(id);
            Ok(found.map(|((first_at, last_at), id)| CallsWithin {
                calls,
                first_at,
                last_at,
                last: CallId::new(id),
            }))
        };
        read.await.during("look for calls at odd hours")
    }

    /// Who was called more than `limit` times from `since` on, among the numbers of the calls that
    /// changed after `after` and up to `until`.
    pub async fn contacted(
        &self,
        account: &AccountId,
        since: Timestamp,
        limit: i64,
        (after, until): (Seq, Seq),
    ) -> Result<Vec<Contacted>> {
        let read = async {
            // Beside max(), id is that of the same row.
            let rows = sqlx::query(
                "SELECT c.callee, count(*), max(c.called_at), c.id FROM \
                 (SELECT DISTINCT k.callee FROM changes x \
                 CROSS JOIN calls k ON k.account = x.account AND k.id = x.id \
                 WHERE x.seq > ?4 AND x.seq <= ?5 AND x.kind = ?6 AND x.op = 0 \
                 AND x.account = (SELECT n FROM accounts WHERE account = ?1) \
                 AND k.callee IS NOT NULL AND k.called_at >= ?2) f \
                 CROSS JOIN calls c ON c.callee = f.callee AND c.called_at >= ?2 \
                 WHERE +c.account = (SELECT n FROM accounts WHERE account = ?1) \
                 GROUP BY c.callee HAVING count(*) > ?3",
            )
            .bind(account.as_str())
            .bind(since.millis())
            .bind(limit)
            .bind(after)
            .bind(until)
            .bind(Kind::Call.code())
            .fetch_all(&self.pool)
            .await?;
            let contacted = |row: &SqliteRow| {
                let mut columns = Columns::of(row);
                Ok(Contacted {
                    callee: crate::domain::ids::Callee::new(columns.words()?),
                    calls: columns.whole()?,
                    last_at: Timestamp(columns.whole()?),
                    last: CallId::new(columns.words()?),
                })
            };
            rows.iter().map(contacted).collect::<sqlx::Result<_>>()
        };
        read.await.during("count how often persons were called")
    }

    /// Calls that started at `since` or later, to numbers of which an earlier call, at `asked_since` or
    /// later, ended by *do not call* (code 20 of `domain::call::pds_hangup_meaning`). A call that itself ended
    /// so is none, nor is one of which it is not known how it ended: nobody may have been called.
    pub async fn called_after_opt_out(
        &self,
        account: &AccountId,
        asked_since: Timestamp,
        since: Timestamp,
    ) -> Result<Option<CalledAgain>> {
        let read = async {
            let row = sqlx::query(
                "WITH found AS MATERIALIZED (SELECT DISTINCT c.n, c.callee, c.called_at, c.id \
                 FROM calls o CROSS JOIN calls c ON c.callee = o.callee \
                 AND c.called_at > o.called_at AND c.called_at >= ?3 \
                 WHERE o.hangup = '20' AND o.called_at >= ?2 \
                 AND o.account = (SELECT n FROM accounts WHERE account = ?1) \
                 AND +c.account = o.account AND c.hangup <> '20') \
                 SELECT (SELECT count(*) FROM found), (SELECT count(DISTINCT callee) FROM found), \
                 (SELECT min(called_at) FROM found), called_at, id FROM found \
                 ORDER BY called_at DESC LIMIT 1",
            )
            .bind(account.as_str())
            .bind(asked_since.millis())
            .bind(since.millis())
            .fetch_optional(&self.pool)
            .await?;
            let again = |row: SqliteRow| {
                let mut columns = Columns::of(&row);
                let (calls, persons) = (columns.whole()?, columns.whole()?);
                let first_at = Timestamp(columns.whole()?);
                let (last_at, last) = (Timestamp(columns.whole()?), CallId::new(columns.words()?));
                let calls = CallsWithin { calls, first_at, last_at, last };
                Ok(CalledAgain { persons, calls })
            };
            row.map(again).transpose()
        };
        read.await.during("look for calls to people who had asked not to be called")
    }

    /// Conversations without an end that began at `since` or later and of which messages are stored.
    pub async fn sessions_open_since(&self, since: Timestamp) -> Result<Vec<OpenSession>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT a.account, s.id, m.messages FROM sessions s \
                 CROSS JOIN accounts a ON a.n = s.account \
                 CROSS JOIN transcripts m ON m.account = s.account AND m.session = s.id \
                 WHERE s.ended_at IS NULL AND s.started_at >= ?1 AND s.end_reason IS NULL \
                 ORDER BY s.started_at DESC LIMIT ?2",
            )
            .bind(since.millis())
            .bind(OPEN_AT_MOST)
            .fetch_all(&self.pool)
            .await?;
            let open = |row: &SqliteRow| {
                let mut columns = Columns::of(row);
                let account = AccountId::new(columns.words()?);
                let id = SessionId::new(columns.words()?);
                Ok(OpenSession { account, id, messages: columns.whole()? })
            };
            rows.iter().map(open).collect::<sqlx::Result<_>>()
        };
        read.await.during("look for open conversations")
    }
}

fn put(windows: &mut Windows, late: bool, counts: (i64, i64)) {
    match late {
        true => windows.now = counts,
        false => windows.before = counts,
    }
}

async fn some(conn: &mut SqliteConnection, which: &str) -> sqlx::Result<Vec<StoredAlert>> {
    let sql = format!("{} WHERE {which}", alerts::SELECT);
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(conn).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        found.extend(alerts::read(row)?);
    }
    Ok(found)
}

fn running(row: &SqliteRow) -> sqlx::Result<RunningWorkflow> {
    let mut columns = Columns::of(row);
    Ok(RunningWorkflow {
        account: AccountId::new(columns.words()?),
        id: WorkflowId::new(columns.words()?),
        total: columns.int()?,
        finished: columns.int()?,
        calls: columns.whole()?,
        connected_reported: columns.whole()? > 0,
        last_call_at: columns.time()?,
    })
}
