//! How a workflow went: its figures over time, by round of dialling and by node. Read when somebody
//! looks, along the indexes of one workflow.

use sqlx::Row;

use super::Reader;
use crate::{
    domain::{
        ids::{AccountId, NodeId, WorkflowId},
        time::Timestamp,
    },
    store::{
        cells::Columns,
        error::{During, Result},
        rows::Tally,
    },
};

/// What the figures of a workflow were at the end of a minute; distributions are not kept.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendPoint {
    pub at: Timestamp,
    pub total: Option<i64>,
    pub finished: Option<i64>,
    pub tally: Tally,
    pub sessions: i64,
}

/// One round of dialling in a workflow. A number counts as reached in the round of its first connected
/// call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundTally {
    pub round: Option<i64>,
    pub calls: i64,
    pub dialled: i64,
    pub newly_reached: i64,
    /// Calls that said whether they connected.
    pub connected_reported: i64,
}

/// What happened in one node; `None` where the record named no node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeTally {
    pub node: Option<NodeId>,
    pub calls: i64,
    pub dialled: i64,
    pub reached: i64,
    pub connected_reported: i64,
    pub sessions: i64,
}

const KEY: &str = "(SELECT k.n FROM workflow_keys k JOIN accounts a ON a.n = k.account \
                   WHERE a.account = ?1 AND k.id = ?2)";

impl Reader {
    /// Oldest first.
    pub async fn trend(
        &self,
        account: &AccountId,
        workflow: &WorkflowId,
    ) -> Result<Vec<TrendPoint>> {
        let sql = format!(
            "SELECT at, total, finished, calls, connected_calls, short_calls, talk_ms, dialled, \
             reached, connected_reported, talk_reported, sessions FROM trends \
             WHERE workflow = {KEY} ORDER BY at"
        );
        let read = async {
            let rows = self.of_course(&sql, account, workflow).await?;
            rows.iter().map(point).collect::<sqlx::Result<_>>()
        };
        read.await.during("read what the figures were")
    }

    /// Stretches in which the account answered, oldest first; what lies between them was not watched.
    pub async fn answered(
        &self,
        account: &AccountId,
        since: Timestamp,
    ) -> Result<Vec<(Timestamp, Timestamp)>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT since, until FROM answered WHERE until >= ?2 \
                 AND account = (SELECT n FROM accounts WHERE account = ?1) ORDER BY since",
            )
            .bind(account.as_str())
            .bind(since.millis())
            .fetch_all(&self.pool)
            .await?;
            rows.iter()
                .map(|row| Ok((Timestamp(row.try_get(0)?), Timestamp(row.try_get(1)?))))
                .collect::<sqlx::Result<_>>()
        };
        read.await.during("read when the account answered")
    }

    /// In the order of the rounds, calls without one last.
    pub async fn round_tallies(
        &self,
        account: &AccountId,
        workflow: &WorkflowId,
    ) -> Result<Vec<RoundTally>> {
        let sql = format!(
            "WITH first AS (SELECT callee, round, min(coalesce(called_at, {LATEST})) FROM calls \
             WHERE workflow = {KEY} AND connected = 1 AND callee IS NOT NULL GROUP BY callee) \
             SELECT c.round, count(*), count(DISTINCT c.callee), \
             (SELECT count(*) FROM first WHERE first.round IS c.round), count(c.connected) \
             FROM calls c WHERE c.workflow = {KEY} GROUP BY c.round ORDER BY c.round IS NULL, c.round"
        );
        let read = async {
            let rows = self.of_course(&sql, account, workflow).await?;
            rows.iter().map(round).collect::<sqlx::Result<_>>()
        };
        read.await.during("count the rounds")
    }

    /// In no order: the nodes have one of their own.
    pub async fn node_tallies(
        &self,
        account: &AccountId,
        workflow: &WorkflowId,
    ) -> Result<Vec<NodeTally>> {
        let calls = format!(
            "SELECT p.node, count(*), count(DISTINCT c.callee), \
             count(DISTINCT CASE WHEN c.connected = 1 THEN c.callee END), count(c.connected) \
             FROM calls c JOIN places p ON p.n = c.place WHERE c.workflow = {KEY} GROUP BY p.node"
        );
        let sessions =
            format!("SELECT node, count(*) FROM sessions WHERE workflow = {KEY} GROUP BY node");
        let read = async {
            let rows = self.of_course(&calls, account, workflow).await?;
            let mut nodes: Vec<NodeTally> = rows.iter().map(node).collect::<sqlx::Result<_>>()?;
            for row in &self.of_course(&sessions, account, workflow).await? {
                let mut columns = Columns::of(row);
                let (id, count) = (columns.text()?.map(NodeId::new), columns.whole()?);
                match nodes.iter_mut().find(|known| known.node == id) {
                    Some(known) => known.sessions = count,
                    None => {
                        nodes.push(NodeTally { node: id, sessions: count, ..Default::default() })
                    }
                }
            }
            Ok(nodes)
        };
        read.await.during("count by node")
    }

    async fn of_course(
        &self,
        sql: &str,
        account: &AccountId,
        workflow: &WorkflowId,
    ) -> sqlx::Result<Vec<sqlx::sqlite::SqliteRow>> {
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(account.as_str())
            .bind(workflow.as_str())
            .fetch_all(&self.pool)
            .await
    }
}

/// A call that did not say when it began is nobody's first.
const LATEST: i64 = i64::MAX;

fn point(row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<TrendPoint> {
    let mut columns = Columns::of(row);
    Ok(TrendPoint {
        at: Timestamp(columns.whole()?),
        total: columns.int()?,
        finished: columns.int()?,
        tally: Tally {
            calls: columns.whole()?,
            connected_calls: columns.whole()?,
            short_calls: columns.whole()?,
            talk_ms: columns.whole()?,
            dialled: columns.whole()?,
            reached: columns.whole()?,
            connected_reported: columns.whole()? > 0,
            talk_reported: columns.whole()? > 0,
            ..Tally::default()
        },
        sessions: columns.whole()?,
    })
}

fn round(row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<RoundTally> {
    let mut columns = Columns::of(row);
    Ok(RoundTally {
        round: columns.int()?,
        calls: columns.whole()?,
        dialled: columns.whole()?,
        newly_reached: columns.whole()?,
        connected_reported: columns.whole()?,
    })
}

fn node(row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<NodeTally> {
    let mut columns = Columns::of(row);
    Ok(NodeTally {
        node: columns.text()?.map(NodeId::new),
        calls: columns.whole()?,
        dialled: columns.whole()?,
        reached: columns.whole()?,
        connected_reported: columns.whole()?,
        sessions: 0,
    })
}
