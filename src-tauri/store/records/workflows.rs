//! Workflows, nodes and outbound tasks.

use crate::domain::{
    ids::{NodeId, TaskId, TemplateId, WorkflowId},
    time::Timestamp,
    workflow::{Node, OutboundTask, Workflow},
};

use super::{Base, Event, Record, fill_dated};
use crate::store::{
    cells::{Cells, Columns},
    rows::Kind,
};

impl Record for Workflow {
    const KIND: Kind = Kind::Workflow;
    const TABLE: &'static str = "workflows";
    const COLUMNS: &'static [&'static str] = &[
        "name",
        "template",
        "template_name",
        "status",
        "phase",
        "created_at",
        "started_at",
        "ended_at",
        "total",
        "finished",
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn workflow(&self) -> Option<&WorkflowId> {
        Some(&self.id)
    }

    fn as_of(&self) -> Timestamp {
        self.as_of
    }

    fn tells_status(&self) -> bool {
        self.status.is_some()
    }

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells
            .text(self.name.as_deref())
            .text(self.template.as_ref().map(TemplateId::as_str))
            .text(self.template_name.as_deref())
            .status(self.status.as_ref())
            .time(self.created_at)
            .time(self.started_at)
            .time(self.ended_at)
            .int(self.total)
            .int(self.finished);
    }

    fn read(base: Base, columns: &mut Columns<'_>, _: &str) -> sqlx::Result<Self> {
        Ok(Self {
            id: WorkflowId::new(base.id),
            name: columns.text()?,
            template: columns.text()?.map(TemplateId::new),
            template_name: columns.text()?,
            status: columns.status()?,
            created_at: columns.time()?,
            started_at: columns.time()?,
            ended_at: columns.time()?,
            total: columns.int()?,
            finished: columns.int()?,
            as_of: base.as_of,
        })
    }

    fn over(mut self, older: Self) -> Self {
        fill_dated!(self from older: name, template, template_name, status, created_at, started_at,
            ended_at, total, finished);
        self
    }

    fn event(kept: Option<&Self>, now: &Self) -> Option<Event> {
        let Some(kept) = kept else { return Some(Event::FirstSeen) };
        let to = now.status.clone().filter(|_| now.status != kept.status)?;
        Some(Event::WorkflowStatus { from: kept.status.clone(), to })
    }
}

impl Record for Node {
    const KIND: Kind = Kind::Node;
    const TABLE: &'static str = "nodes";
    const COLUMNS: &'static [&'static str] = &[
        "name",
        "node_type",
        "task",
        "status",
        "phase",
        "started_at",
        "ended_at",
        "total",
        "finished",
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
            .text(self.name.as_deref())
            .text(self.node_type.as_deref())
            .text(self.task.as_ref().map(TaskId::as_str))
            .status(self.status.as_ref())
            .time(self.started_at)
            .time(self.ended_at)
            .int(self.total)
            .int(self.finished);
    }

    fn read(base: Base, columns: &mut Columns<'_>, _: &str) -> sqlx::Result<Self> {
        Ok(Self {
            workflow: base.within()?,
            id: NodeId::new(base.id),
            name: columns.text()?,
            node_type: columns.text()?,
            task: columns.text()?.map(TaskId::new),
            status: columns.status()?,
            started_at: columns.time()?,
            ended_at: columns.time()?,
            total: columns.int()?,
            finished: columns.int()?,
            as_of: base.as_of,
        })
    }

    fn over(mut self, older: Self) -> Self {
        fill_dated!(self from older: name, node_type, task, status, started_at, ended_at, total,
            finished);
        self
    }

    /// A node that is new is no change of its status.
    fn event(kept: Option<&Self>, now: &Self) -> Option<Event> {
        let kept = kept?;
        let to = now.status.clone().filter(|_| now.status != kept.status)?;
        let node = now.name.clone().unwrap_or_else(|| now.id.to_string());
        Some(Event::NodeStatus { node, from: kept.status.clone(), to })
    }
}

impl Record for OutboundTask {
    const KIND: Kind = Kind::Task;
    const TABLE: &'static str = "tasks";
    const COLUMNS: &'static [&'static str] = &[
        "name",
        "node",
        "node_name",
        "status",
        "phase",
        "total",
        "finished",
        "connected",
        "started_at",
        "ended_at",
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
            .text(self.name.as_deref())
            .text(self.node.as_ref().map(NodeId::as_str))
            .text(self.node_name.as_deref())
            .status(self.status.as_ref())
            .int(self.total)
            .int(self.finished)
            .int(self.connected)
            .time(self.started_at)
            .time(self.ended_at);
    }

    fn read(base: Base, columns: &mut Columns<'_>, _: &str) -> sqlx::Result<Self> {
        Ok(Self {
            workflow: base.within()?,
            id: TaskId::new(base.id),
            name: columns.text()?,
            node: columns.text()?.map(NodeId::new),
            node_name: columns.text()?,
            status: columns.status()?,
            total: columns.int()?,
            finished: columns.int()?,
            connected: columns.int()?,
            started_at: columns.time()?,
            ended_at: columns.time()?,
            as_of: base.as_of,
        })
    }

    fn over(mut self, older: Self) -> Self {
        fill_dated!(self from older: name, node, node_name, status, total, finished, connected,
            started_at, ended_at);
        self
    }
}
