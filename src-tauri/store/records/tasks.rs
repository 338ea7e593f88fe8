//! Calling tasks, dialing plans and their rounds. No workflow holds them.

use crate::domain::{
    ids::{PlanId, RoundId, TaskId, WorkflowId},
    line::{Line, Lines},
    task::{CallingTask, Plan, Round},
    time::Timestamp,
};

use super::{Base, Record, fill_dated};
use crate::store::{
    cells::{Cells, Columns},
    rows::Kind,
};

/// Bits of `line_set`, as the schema explains them.
const BITS: [(Line, i64); 3] =
    [(Line::Collection, 1), (Line::Telemarketing, 2), (Line::InfoCheck, 4)];
const ANOTHER: i64 = 8;

/// The bit of a line; 0 of one that has no calling tasks.
pub(in crate::store) fn bit(line: Line) -> i64 {
    BITS.iter().find(|(known, _)| *known == line).map_or(0, |(_, bit)| *bit)
}

/// All bits of lines that are known.
pub(in crate::store) const KNOWN_LINES: i64 = 7;

fn line_set(lines: &Lines) -> i64 {
    let bits = lines.words().map(|word| Line::read(word).map_or(ANOTHER, bit));
    bits.fold(0, |set, bit| set | bit)
}

fn put<'a>(lines: &'a Lines, cells: &mut Cells<'a>) {
    cells.text(lines.as_text()).int(Some(line_set(lines)));
}

fn take(columns: &mut Columns<'_>) -> sqlx::Result<Lines> {
    let lines = columns.text()?.map(|text| Lines::from_text(&text)).unwrap_or_default();
    columns.int()?;
    Ok(lines)
}

impl Record for CallingTask {
    const KIND: Kind = Kind::CallingTask;
    const TABLE: &'static str = "calling_tasks";
    const COLUMNS: &'static [&'static str] = &[
        "name",
        "lines",
        "line_set",
        "plan",
        "status",
        "phase",
        "total",
        "finished",
        "connected",
        "created_at",
        "started_at",
        "ended_at",
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn workflow(&self) -> Option<&WorkflowId> {
        None
    }

    fn as_of(&self) -> Timestamp {
        self.as_of
    }

    fn tells_status(&self) -> bool {
        self.status.is_some()
    }

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.text(self.name.as_deref());
        put(&self.lines, cells);
        cells
            .text(self.plan.as_ref().map(PlanId::as_str))
            .status(self.status.as_ref())
            .int(self.total)
            .int(self.finished)
            .int(self.connected)
            .time(self.created_at)
            .time(self.started_at)
            .time(self.ended_at);
    }

    fn read(base: Base, columns: &mut Columns<'_>, _: &str) -> sqlx::Result<Self> {
        Ok(Self {
            id: TaskId::new(base.id),
            name: columns.text()?,
            lines: take(columns)?,
            plan: columns.text()?.map(PlanId::new),
            status: columns.status()?,
            total: columns.int()?,
            finished: columns.int()?,
            connected: columns.int()?,
            created_at: columns.time()?,
            started_at: columns.time()?,
            ended_at: columns.time()?,
            as_of: base.as_of,
        })
    }

    /// A task that two lines list is one task in both.
    fn over(mut self, older: Self) -> Self {
        self.lines = older.lines.with(&self.lines);
        fill_dated!(self from older: name, plan, status, total, finished, connected, created_at,
            started_at, ended_at);
        self
    }
}

impl Record for Plan {
    const KIND: Kind = Kind::Plan;
    const TABLE: &'static str = "plans";
    const COLUMNS: &'static [&'static str] = &[
        "name",
        "lines",
        "line_set",
        "strategy",
        "status",
        "phase",
        "total",
        "finished",
        "created_at",
        "started_at",
        "ended_at",
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn workflow(&self) -> Option<&WorkflowId> {
        None
    }

    fn as_of(&self) -> Timestamp {
        self.as_of
    }

    fn tells_status(&self) -> bool {
        self.status.is_some()
    }

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells.text(self.name.as_deref());
        put(&self.lines, cells);
        cells
            .text(self.strategy.as_deref())
            .status(self.status.as_ref())
            .int(self.total)
            .int(self.finished)
            .time(self.created_at)
            .time(self.started_at)
            .time(self.ended_at);
    }

    fn read(base: Base, columns: &mut Columns<'_>, _: &str) -> sqlx::Result<Self> {
        Ok(Self {
            id: PlanId::new(base.id),
            name: columns.text()?,
            lines: take(columns)?,
            strategy: columns.text()?,
            status: columns.status()?,
            total: columns.int()?,
            finished: columns.int()?,
            created_at: columns.time()?,
            started_at: columns.time()?,
            ended_at: columns.time()?,
            as_of: base.as_of,
        })
    }

    fn over(mut self, older: Self) -> Self {
        self.lines = older.lines.with(&self.lines);
        fill_dated!(self from older: name, strategy, status, total, finished, created_at, started_at,
            ended_at);
        self
    }
}

impl Record for Round {
    const KIND: Kind = Kind::Round;
    const TABLE: &'static str = "rounds";
    const COLUMNS: &'static [&'static str] = &[
        "plan",
        "number",
        "task",
        "status",
        "phase",
        "dialled",
        "reached",
        "started_at",
        "ended_at",
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn workflow(&self) -> Option<&WorkflowId> {
        None
    }

    fn as_of(&self) -> Timestamp {
        self.as_of
    }

    fn tells_status(&self) -> bool {
        self.status.is_some()
    }

    fn cells<'a>(&'a self, cells: &mut Cells<'a>) {
        cells
            .text(Some(self.plan.as_str()))
            .int(Some(self.number))
            .text(self.task.as_ref().map(TaskId::as_str))
            .status(self.status.as_ref())
            .int(self.dialled)
            .int(self.reached)
            .time(self.started_at)
            .time(self.ended_at);
    }

    fn read(base: Base, columns: &mut Columns<'_>, _: &str) -> sqlx::Result<Self> {
        Ok(Self {
            id: RoundId::new(base.id),
            plan: PlanId::new(columns.words()?),
            number: columns.whole()?,
            task: columns.text()?.map(TaskId::new),
            status: columns.status()?,
            dialled: columns.int()?,
            reached: columns.int()?,
            started_at: columns.time()?,
            ended_at: columns.time()?,
            as_of: base.as_of,
        })
    }

    fn over(mut self, older: Self) -> Self {
        fill_dated!(self from older: task, status, dialled, reached, started_at, ended_at);
        self
    }
}
