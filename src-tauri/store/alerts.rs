//! Warnings as they are kept, and the figures that they are judged by.

use std::collections::BTreeMap;

use sqlx::sqlite::SqliteRow;

use super::{
    cells::Columns,
    connection::{Shared, Work},
    error::{During, Result, unreadable},
    rows::{Kind, Op},
};
use crate::domain::{
    alert::{About, Alert, AlertKey, AlertSettings, Rule},
    ids::{AccountId, CallId, Callee, SessionId, WorkflowId},
    time::Timestamp,
};

/// One that ended so shortly before is the same when it begins again.
const SAME_MS: i64 = 10 * 60_000;
/// Ended ones go after a week.
const KEPT_MS: i64 = 7 * 86_400_000;

/// A warning with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAlert {
    pub n: i64,
    pub alert: Alert,
    /// When it was first judged to hold.
    pub begun_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub snoozed_until: Option<Timestamp>,
    /// When the desktop was told.
    pub announced_at: Option<Timestamp>,
    /// Of the workflow that it is about.
    pub name: Option<String>,
}

/// What a judgement changes of the warnings that are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlertChanges {
    pub begun: Vec<Alert>,
    /// Other numbers, or another call that shows it.
    pub altered: Vec<(i64, Alert)>,
    pub ended: Vec<i64>,
    /// Still so, and not said for a while.
    pub seen: Vec<i64>,
}

impl AlertChanges {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A workflow that runs, with the figures of its calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningWorkflow {
    pub account: AccountId,
    pub id: WorkflowId,
    pub total: Option<i64>,
    pub finished: Option<i64>,
    pub calls: i64,
    pub connected_reported: bool,
    pub last_call_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedWorkflow {
    pub account: AccountId,
    pub id: WorkflowId,
    pub at: Timestamp,
}

/// So many of so many, in a window and in the one before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Windows {
    /// What is counted, and all of them.
    pub before: (i64, i64),
    pub now: (i64, i64),
}

/// Numbers reached of numbers dialled, of the calls of one redial round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundWindows {
    pub account: AccountId,
    pub workflow: WorkflowId,
    /// 0: not reported.
    pub round: i64,
    pub reached: Windows,
}

/// Conversations that ended by an error, of all that ended and say why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionWindows {
    pub account: AccountId,
    pub workflow: Option<WorkflowId>,
    pub errors: Windows,
}

/// Calls of an account that started within a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallsWithin {
    pub calls: i64,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    pub last: CallId,
}

/// How often a number was called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contacted {
    pub callee: Callee,
    pub calls: i64,
    pub last_at: Timestamp,
    pub last: CallId,
}

/// Calls to people who had asked not to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalledAgain {
    pub persons: i64,
    pub calls: CallsWithin,
}

/// A conversation without an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    pub account: AccountId,
    pub id: SessionId,
    /// Messages stored: when it is another number, they are read again.
    pub messages: i64,
}

/// Keeps warnings. There is one; it belongs to whoever judges.
pub struct AlertWriter {
    shared: Shared,
}

impl AlertWriter {
    pub(super) fn new(shared: Shared) -> Self {
        Self { shared }
    }

    pub async fn keep(&mut self, changes: &AlertChanges, now: Timestamp) -> Result<()> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            for alert in &changes.begun {
                begin(&mut work, alert, now).await?;
            }
            for (n, alert) in &changes.altered {
                alter(&mut work, *n, alert, now).await?;
            }
            for n in &changes.ended {
                set(&mut work, *n, "ended_at = ?2", Some(now)).await?;
            }
            for n in &changes.seen {
                sqlx::query("UPDATE alerts SET last_seen_at = ?2 WHERE n = ?1")
                    .bind(n)
                    .bind(now.millis())
                    .execute(&mut *work.tx)
                    .await?;
            }
            sqlx::query("DELETE FROM alerts WHERE ended_at IS NOT NULL AND ended_at < ?1")
                .bind(now.plus_ms(-KEPT_MS).millis())
                .execute(&mut *work.tx)
                .await?;
            work.commit().await
        };
        write.await.map(|_| ()).during("keep the warnings")
    }

    /// `None` ends the snooze.
    pub async fn snooze(&mut self, ids: &[i64], until: Option<Timestamp>) -> Result<()> {
        self.set(ids, "snoozed_until = ?2", until).await.during("snooze a warning")
    }

    /// `None`: the desktop could not be told after all.
    pub async fn announced(&mut self, ids: &[i64], at: Option<Timestamp>) -> Result<()> {
        self.set(ids, "announced_at = ?2", at).await.during("keep what was announced")
    }

    async fn set(&mut self, ids: &[i64], what: &str, at: Option<Timestamp>) -> sqlx::Result<()> {
        let mut connected = self.shared.lock().await;
        let mut work = connected.begin().await?;
        for n in ids {
            set(&mut work, *n, what, at).await?;
        }
        work.commit().await.map(|_| ())
    }

    pub async fn keep_settings(&mut self, settings: &AlertSettings) -> Result<()> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let text = json(settings)?;
            let mut work = connected.begin().await?;
            sqlx::query(
                "INSERT INTO alert_settings (one, settings) VALUES (1, ?1) \
                 ON CONFLICT (one) DO UPDATE SET settings = excluded.settings",
            )
            .bind(text)
            .execute(&mut *work.tx)
            .await?;
            work.commit().await
        };
        write.await.map(|_| ()).during("keep the settings of the warnings")
    }
}

fn json<T: serde::Serialize>(value: &T) -> sqlx::Result<String> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))
}

async fn begin(work: &mut Work<'_>, alert: &Alert, now: Timestamp) -> sqlx::Result<()> {
    let AlertKey { account, rule, about } = &alert.key;
    let account = work.account(account).await?;
    let again: Option<i64> = sqlx::query_scalar(
        "SELECT n FROM alerts WHERE account = ?1 AND rule = ?2 AND kind = ?3 AND subject = ?4 \
         AND ended_at >= ?5 ORDER BY n DESC LIMIT 1",
    )
    .bind(account)
    .bind(rule.word())
    .bind(about.word())
    .bind(about.id())
    .bind(now.plus_ms(-SAME_MS).millis())
    .fetch_optional(&mut *work.tx)
    .await?;
    if let Some(n) = again {
        set(work, n, "ended_at = ?2", None).await?;
        return alter(work, n, alert, now).await;
    }
    let inserted = sqlx::query(
        "INSERT INTO alerts (account, rule, kind, subject, since, begun_at, last_seen_at, \
         evidence, call) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8)",
    )
    .bind(account)
    .bind(rule.word())
    .bind(about.word())
    .bind(about.id())
    .bind(alert.since.millis())
    .bind(now.millis())
    .bind(json(&alert.evidence)?)
    .bind(alert.call.as_deref())
    .execute(&mut *work.tx)
    .await?;
    let n = inserted.last_insert_rowid();
    work.announce(Kind::Alert, Op::Upsert, account, vec![n.to_string()]);
    Ok(())
}

async fn alter(work: &mut Work<'_>, n: i64, alert: &Alert, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("UPDATE alerts SET evidence = ?2, call = ?3, last_seen_at = ?4 WHERE n = ?1")
        .bind(n)
        .bind(json(&alert.evidence)?)
        .bind(alert.call.as_deref())
        .bind(now.millis())
        .execute(&mut *work.tx)
        .await?;
    announce(work, n).await
}

/// `what` is one of ours.
async fn set(work: &mut Work<'_>, n: i64, what: &str, at: Option<Timestamp>) -> sqlx::Result<()> {
    sqlx::query(sqlx::AssertSqlSafe(format!("UPDATE alerts SET {what} WHERE n = ?1")))
        .bind(n)
        .bind(at.map(Timestamp::millis))
        .execute(&mut *work.tx)
        .await?;
    announce(work, n).await
}

async fn announce(work: &mut Work<'_>, n: i64) -> sqlx::Result<()> {
    let account: Option<i64> = sqlx::query_scalar("SELECT account FROM alerts WHERE n = ?1")
        .bind(n)
        .fetch_optional(&mut *work.tx)
        .await?;
    if let Some(account) = account {
        work.announce(Kind::Alert, Op::Upsert, account, vec![n.to_string()]);
    }
    Ok(())
}

pub(super) const SELECT: &str = "SELECT x.n, a.account, x.rule, x.kind, x.subject, x.since, x.begun_at, \
    x.last_seen_at, x.ended_at, x.snoozed_until, x.announced_at, x.evidence, x.call, w.name \
    FROM alerts x CROSS JOIN accounts a ON a.n = x.account \
    LEFT JOIN workflows w ON w.account = x.account AND w.id = x.subject AND x.kind = 'workflow'";

/// `None` for one of a rule that this version does not have.
pub(super) fn read(row: &SqliteRow) -> sqlx::Result<Option<StoredAlert>> {
    let mut columns = Columns::of(row);
    let (n, account) = (columns.whole()?, AccountId::new(columns.words()?));
    let rule = Rule::of_word(&columns.words()?);
    let about = About::of(&columns.words()?, columns.words()?);
    let since = Timestamp(columns.whole()?);
    let (begun_at, last_seen_at) = (Timestamp(columns.whole()?), Timestamp(columns.whole()?));
    let (ended_at, snoozed_until) = (columns.time()?, columns.time()?);
    let announced_at = columns.time()?;
    let evidence: BTreeMap<String, i64> = serde_json::from_str(&columns.words()?)
        .map_err(|error| unreadable(format!("the numbers of a warning: {error}")))?;
    let (call, name) = (columns.text()?, columns.text()?);
    let (Some(rule), Some(about)) = (rule, about) else { return Ok(None) };
    let alert = Alert { key: AlertKey { account, rule, about }, since, evidence, call };
    Ok(Some(StoredAlert {
        n,
        alert,
        begun_at,
        last_seen_at,
        ended_at,
        snoozed_until,
        announced_at,
        name,
    }))
}
