//! Chatbot conversations.

use crate::domain::{
    chat::{Session, SessionDetail, Signature},
    ids::{EntryId, NodeId, SessionId, WabaTaskId, WorkflowId},
    time::Timestamp,
};

use super::{Base, Record, fill_dated, fill_lists};
use crate::store::{
    cells::{Cells, Columns, signature_code, signature_of},
    error::unreadable,
    rows::Kind,
};

impl Record for Session {
    const KIND: Kind = Kind::Session;
    const TABLE: &'static str = "sessions";
    const COLUMNS: &'static [&'static str] = &[
        "workflow_name",
        "node",
        "node_name",
        "waba_task",
        "entry",
        "channel",
        "channel_id",
        "callee",
        "robot",
        "status",
        "started_at",
        "ended_at",
        "end_reason",
        "intention",
        "talk_round",
        "signature",
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
            .text(self.workflow_name.as_deref())
            .text(self.node.as_ref().map(NodeId::as_str))
            .text(self.node_name.as_deref())
            .text(self.waba_task.as_ref().map(WabaTaskId::as_str))
            .text(self.entry.as_ref().map(EntryId::as_str))
            .text(self.channel.as_deref())
            .text(self.channel_id.as_deref())
            .number(self.callee.as_ref())
            .text(self.robot.as_deref())
            .text(self.status.as_deref())
            .time(self.started_at)
            .time(self.ended_at)
            .text(self.end_reason.as_deref())
            .text(self.intention.as_deref())
            .int(self.talk_round)
            .int(Some(signature_code(self.signature)));
    }

    fn head(&self) -> String {
        // Texts and pairs of texts: there is nothing in it that JSON could not hold.
        serde_json::to_string(&self.detail).unwrap_or_default()
    }

    fn read(base: Base, columns: &mut Columns<'_>, head: &str) -> sqlx::Result<Self> {
        Ok(Self {
            id: SessionId::new(base.id),
            workflow: base.workflow,
            workflow_name: columns.text()?,
            node: columns.text()?.map(NodeId::new),
            node_name: columns.text()?,
            waba_task: columns.text()?.map(WabaTaskId::new),
            entry: columns.text()?.map(EntryId::new),
            channel: columns.text()?,
            channel_id: columns.text()?,
            callee: columns.number()?,
            robot: columns.text()?,
            status: columns.text()?,
            started_at: columns.time()?,
            ended_at: columns.time()?,
            end_reason: columns.text()?,
            intention: columns.text()?,
            talk_round: columns.int()?,
            signature: signature_of(columns.whole()?),
            detail: detail_of(head)?,
            as_of: base.as_of,
        })
    }

    fn over(mut self, older: Self) -> Self {
        fill_dated!(self from older: workflow, workflow_name, node, node_name, waba_task, entry, channel,
            channel_id, callee, robot, status, started_at, ended_at, end_reason, intention,
            talk_round);
        if self.signature == Signature::NotApplicable {
            self.signature = older.signature;
        }
        fill_lists!(self.detail, older.detail; slots, labels, variables, notices);
        self
    }
}

fn detail_of(head: &str) -> sqlx::Result<SessionDetail> {
    if head.is_empty() {
        return Ok(SessionDetail::default());
    }
    serde_json::from_str(head).map_err(|error| unreadable(format!("a session's detail: {error}")))
}
