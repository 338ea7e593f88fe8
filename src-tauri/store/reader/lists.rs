//! Nodes, outbound tasks, WhatsApp tasks and messages, and the timeline.

use sqlx::{AssertSqlSafe, sqlite::SqliteRow};

use super::{
    Reader,
    filter::{Column, Filter, Filterable, What, like, order},
};
use crate::{
    domain::{
        filter::FilterError,
        ids::{AccountId, MessageId, NodeId, TaskId, WabaTaskId, WorkflowId},
        time::Timestamp,
        waba::{WabaMessage, WabaTask},
        workflow::{Node, OutboundTask},
    },
    store::{
        cells::Columns,
        error::{During, Result, unreadable},
        records::{Base, Record},
        rows::{ListAsk, Stored, TimelineEntry, TimelineWhat, WabaTally, Window},
    },
};

/// What [`stored`] expects of a query over a record's table `r`.
pub(super) fn select<R: Record>() -> String {
    format!("a.account, r.source, r.id, k.id, r.as_of, r.{}", R::COLUMNS.join(", r."))
}

pub(super) fn from<R: Record>() -> String {
    format!(
        "{} r JOIN accounts a ON a.n = r.account LEFT JOIN workflow_keys k ON k.n = r.workflow",
        R::TABLE
    )
}

pub(super) fn stored<R: Record>(row: &SqliteRow) -> sqlx::Result<Stored<R>> {
    stored_at::<R>(&mut Columns::of(row))
}

pub(super) fn stored_at<R: Record>(columns: &mut Columns<'_>) -> sqlx::Result<Stored<R>> {
    let account = AccountId::new(columns.words()?);
    let source = columns.source()?;
    let base = Base {
        id: columns.words()?,
        workflow: columns.text()?.map(WorkflowId::new),
        as_of: Timestamp(columns.whole()?),
    };
    Ok(Stored { account, value: R::read(base, columns, "")?, source })
}

impl Reader {
    /// In the vendor's order.
    pub async fn nodes(&self, account: &AccountId, workflow: &WorkflowId) -> Result<Vec<Node>> {
        self.of_workflow(account, workflow, "r.position, r.n").await.during("read the nodes")
    }

    pub async fn tasks(
        &self,
        account: &AccountId,
        workflow: &WorkflowId,
    ) -> Result<Vec<OutboundTask>> {
        self.of_workflow(account, workflow, "r.n").await.during("read the tasks")
    }

    pub async fn waba_tasks(
        &self,
        account: &AccountId,
        workflow: &WorkflowId,
    ) -> Result<Vec<WabaTask>> {
        self.of_workflow(account, workflow, "r.n").await.during("read the WhatsApp tasks")
    }

    pub async fn node(&self, account: &AccountId, id: &NodeId) -> Result<Option<Stored<Node>>> {
        self.one(account, id.as_str()).await.during("read a node")
    }

    pub async fn task(
        &self,
        account: &AccountId,
        id: &TaskId,
    ) -> Result<Option<Stored<OutboundTask>>> {
        self.one(account, id.as_str()).await.during("read a task")
    }

    pub async fn waba_task(
        &self,
        account: &AccountId,
        id: &WabaTaskId,
    ) -> Result<Option<Stored<WabaTask>>> {
        self.one(account, id.as_str()).await.during("read a WhatsApp task")
    }

    pub async fn waba_message(
        &self,
        account: &AccountId,
        id: &MessageId,
    ) -> Result<Option<Stored<WabaMessage>>> {
        self.one(account, id.as_str()).await.during("read a WhatsApp message")
    }

    /// Newest first.
    pub async fn waba_messages(&self, ask: &ListAsk) -> Result<Window<WabaMessage>> {
        let filter = waba_filter(ask)?;
        let read = async {
            let mut tx = self.pool.begin().await?;
            let total = filter.count(&mut tx, "waba_messages r").await?;
            let order = order("r.sent_at", true, "r.n");
            let parts = (&*select::<WabaMessage>(), &*from::<WabaMessage>(), &*order);
            let rows = filter.rows(&mut tx, parts, (ask.anchor, ask.count)).await?;
            let rows =
                rows.iter().map(|row| Ok(stored(row)?.value)).collect::<sqlx::Result<_>>()?;
            Ok(Window { total, rows })
        };
        read.await.during("read the WhatsApp messages")
    }

    /// What became of a workflow's template messages, counted along one index.
    pub async fn waba_tallies(
        &self,
        account: &AccountId,
        workflow: &WorkflowId,
    ) -> Result<Vec<WabaTally>> {
        let read = async {
            let mut filter = Filter::default();
            filter.workflow("r", account, workflow);
            let sql = format!("{TALLY} {} {TALLY_GROUP}", filter.sql());
            let rows = filter.query(sql).fetch_all(&self.pool).await?;
            rows.iter().map(tally).collect::<sqlx::Result<_>>()
        };
        read.await.during("count the WhatsApp messages")
    }

    /// What happened to a workflow as we saw it, newest first. Actions are in the journal.
    pub async fn timeline(
        &self,
        account: &AccountId,
        workflow: &WorkflowId,
        anchor: u32,
        count: u32,
    ) -> Result<Window<TimelineEntry>> {
        let read = async {
            let mut tx = self.pool.begin().await?;
            let mut filter = Filter::default();
            filter.workflow("t", account, workflow);
            let total = filter.count(&mut tx, "timeline t").await?;
            let select = "t.n, t.at, t.source, t.kind, t.node, t.from_word, t.from_phase, \
                          t.to_word, t.to_phase";
            let parts = (select, "timeline t", "t.at DESC, t.n DESC");
            let rows = filter.rows(&mut tx, parts, (anchor, count)).await?;
            let rows = rows.iter().map(entry).collect::<sqlx::Result<_>>()?;
            Ok(Window { total, rows })
        };
        read.await.during("read the timeline")
    }

    async fn of_workflow<R: Record>(
        &self,
        account: &AccountId,
        workflow: &WorkflowId,
        order: &str,
    ) -> sqlx::Result<Vec<R>> {
        let mut filter = Filter::default();
        filter.workflow("r", account, workflow);
        let sql = format!(
            "SELECT {} FROM {} {} ORDER BY {order}",
            select::<R>(),
            from::<R>(),
            filter.sql()
        );
        let rows = filter.query(sql).fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok(stored::<R>(row)?.value)).collect()
    }

    pub(super) async fn one<R: Record>(
        &self,
        account: &AccountId,
        id: &str,
    ) -> sqlx::Result<Option<Stored<R>>> {
        let sql = format!(
            "SELECT {} FROM {} WHERE a.account = ?1 AND r.id = ?2",
            select::<R>(),
            from::<R>()
        );
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(account.as_str())
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(stored::<R>).transpose()
    }
}

pub(in crate::store) const TALLY: &str = "SELECT r.task, r.status, r.failure_code, r.failure_reason, count(*), count(r.sent_at), \
     count(r.delivered_at), count(r.read_at) FROM waba_messages r";
pub(in crate::store) const TALLY_GROUP: &str =
    "GROUP BY r.task, r.status, r.failure_code, r.failure_reason";

fn tally(row: &SqliteRow) -> sqlx::Result<WabaTally> {
    let mut columns = Columns::of(row);
    Ok(WabaTally {
        task: WabaTaskId::new(columns.words()?),
        status: columns.text()?,
        failure_code: columns.text()?,
        failure_reason: columns.text()?,
        messages: columns.whole()?,
        sent: columns.whole()?,
        delivered: columns.whole()?,
        read: columns.whole()?,
    })
}

const WABA_FILTERABLE: Filterable = Filterable {
    columns: &[
        Column { name: "number", what: What::Text(like!("r.callee")) },
        Column { name: "case", what: What::Text(like!("r.case_id")) },
        Column { name: "status", what: What::Text(like!("r.status")) },
        Column { name: "failure", what: What::Text(like!("r.failure_reason")) },
        Column { name: "sent", what: What::Age("r.sent_at") },
        Column { name: "delivered", what: What::Age("r.delivered_at") },
        Column { name: "read", what: What::Age("r.read_at") },
    ],
    anywhere: &[
        like!("r.callee"),
        like!("r.case_id"),
        like!("r.status"),
        like!("r.failure_reason"),
    ],
};

fn waba_filter(ask: &ListAsk) -> Result<Filter, FilterError> {
    Filter::scope("r", ask).written(ask, &WABA_FILTERABLE, None)
}

fn entry(row: &SqliteRow) -> sqlx::Result<TimelineEntry> {
    let mut columns = Columns::of(row);
    let (id, at) = (columns.whole()?, Timestamp(columns.whole()?));
    let source = columns.source()?;
    let kind = columns.whole()?;
    let node = columns.text()?;
    let (from, to) = (columns.status()?, columns.status()?);
    let what = match (kind, node, to) {
        (0, ..) => TimelineWhat::FirstSeen,
        (1, _, Some(to)) => TimelineWhat::WorkflowStatus { from, to },
        (2, Some(node), Some(to)) => TimelineWhat::NodeStatus { node, from, to },
        _ => return Err(unreadable(format!("line {id} of the timeline"))),
    };
    Ok(TimelineEntry { id, at, source, what })
}
