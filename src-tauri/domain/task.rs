//! Calling tasks and dialing plans of the business lines: what is dialled outside workflows.
//!
//! A field is `None` when the answer did not carry it. The vendor's documentation repeats these
//! endpoints for each line; which lines a record belongs to is what the record itself says.

use super::{
    ids::{PlanId, RoundId, TaskId},
    line::Lines,
    status::Status,
    time::Timestamp,
};

/// A list that one robot dials, outside any workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct CallingTask {
    pub id: TaskId,
    pub name: Option<String>,
    /// None where the vendor does not say.
    pub lines: Lines,
    /// The plan that made it.
    pub plan: Option<PlanId>,
    pub status: Option<Status>,
    /// Numbers in all, those done with, and those that were reached, as the vendor counts them.
    pub total: Option<i64>,
    pub finished: Option<i64>,
    pub connected: Option<i64>,
    pub created_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// When this was true. A status never replaces one of a later `as_of`.
    pub as_of: Timestamp,
}

/// One list dialled in several rounds, as a strategy says.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub id: PlanId,
    pub name: Option<String>,
    pub lines: Lines,
    pub strategy: Option<String>,
    pub status: Option<Status>,
    pub total: Option<i64>,
    pub finished: Option<i64>,
    pub created_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub as_of: Timestamp,
}

/// One round of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    pub id: RoundId,
    pub plan: PlanId,
    /// From 1.
    pub number: i64,
    /// The calling task that dials it.
    pub task: Option<TaskId>,
    pub status: Option<Status>,
    /// Numbers dialled in this round, and those of them that were reached.
    pub dialled: Option<i64>,
    pub reached: Option<i64>,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub as_of: Timestamp,
}

/// A voice robot of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Robot {
    pub id: String,
    pub name: Option<String>,
}

/// How a plan dials its rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strategy {
    pub id: String,
    pub name: Option<String>,
}
