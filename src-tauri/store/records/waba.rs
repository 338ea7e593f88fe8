//! WhatsApp template messages and their batches.

use crate::domain::{
    chat::tick_rank,
    ids::{EntryId, MessageId, NodeId, WabaTaskId, WorkflowId},
    time::Timestamp,
    waba::{WabaMessage, WabaTask},
};

use super::{Base, Record, fill_dated};
use crate::store::{
    cells::{Cells, Columns},
    rows::Kind,
};

impl Record for WabaTask {
    const KIND: Kind = Kind::WabaTask;
    const TABLE: &'static str = "waba_tasks";
    const COLUMNS: &'static [&'static str] = &[
        "node",
        "node_name",
        "template_name",
        "template_id",
        "status",
        "phase",
        "total",
        "sent",
        "delivered",
        "read",
        "replied",
        "failed",
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn workflow(&self) -> Option<&WorkflowId> {
        Some(&self.workflow)
    }

    fn as_of(&self) -> Timestamp {
        self.as_of
    }

    fn tells_status(&self) -> bool {
        self.status.is_some()
    }

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells
            .text(self.node.as_ref().map(NodeId::as_str))
            .text(self.node_name.as_deref())
            .text(self.template_name.as_deref())
            .text(self.template_id.as_deref())
            .status(self.status.as_ref())
            .int(self.total)
            .int(self.sent)
            .int(self.delivered)
            .int(self.read)
            .int(self.replied)
            .int(self.failed);
    }

    fn read(base: Base, columns: &mut Columns<'_>, _: &str) -> sqlx::Result<Self> {
        Ok(Self {
            workflow: base.within()?,
            id: WabaTaskId::new(base.id),
            node: columns.text()?.map(NodeId::new),
            node_name: columns.text()?,
            template_name: columns.text()?,
            template_id: columns.text()?,
            status: columns.status()?,
            total: columns.int()?,
            sent: columns.int()?,
            delivered: columns.int()?,
            read: columns.int()?,
            replied: columns.int()?,
            failed: columns.int()?,
            as_of: base.as_of,
        })
    }

    fn over(mut self, older: Self) -> Self {
        fill_dated!(self from older: node, node_name, template_name, template_id, status, total, sent,
            delivered, read, replied, failed);
        self
    }
}

impl Record for WabaMessage {
    const KIND: Kind = Kind::Waba;
    const TABLE: &'static str = "waba_messages";
    const COLUMNS: &'static [&'static str] = &[
        "task",
        "entry",
        "callee",
        "case_id",
        "status",
        "failure_code",
        "failure_reason",
        "sent_at",
        "delivered_at",
        "read_at",
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn workflow(&self) -> Option<&WorkflowId> {
        self.workflow.as_ref()
    }

    fn as_of(&self) -> Timestamp {
        self.as_of
    }

    fn tells_status(&self) -> bool {
        self.status.is_some()
    }

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells
            .text(Some(self.task.as_str()))
            .text(self.entry.as_ref().map(EntryId::as_str))
            .number(self.callee.as_ref())
            .text(self.case_id.as_deref())
            .text(self.status.as_deref())
            .text(self.failure_code.as_deref())
            .text(self.failure_reason.as_deref())
            .time(self.sent_at)
            .time(self.delivered_at)
            .time(self.read_at);
    }

    fn read(base: Base, columns: &mut Columns<'_>, _: &str) -> sqlx::Result<Self> {
        Ok(Self {
            id: MessageId::new(base.id),
            workflow: base.workflow,
            task: WabaTaskId::new(columns.words()?),
            entry: columns.text()?.map(EntryId::new),
            callee: columns.number()?,
            case_id: columns.text()?,
            status: columns.text()?,
            failure_code: columns.text()?,
            failure_reason: columns.text()?,
            sent_at: columns.time()?,
            delivered_at: columns.time()?,
            read_at: columns.time()?,
            as_of: base.as_of,
        })
    }

    fn over(mut self, older: Self) -> Self {
        fill_dated!(self from older: workflow, entry, callee, case_id, status, failure_code,
            failure_reason, sent_at, delivered_at, read_at);
        self
    }

    fn rank(&self) -> u8 {
        // Any other word (a failure among them) is taken for the last one.
        self.status.as_deref().map_or(0, |word| tick_rank(word).unwrap_or(u8::MAX))
    }
}
