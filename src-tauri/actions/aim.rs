//! What an action is aimed at, as the store knows it.

use crate::{
    domain::{
        action::{NumberOf, Reach, Subject, Target, Verb},
        chat::Session,
        ids::{AccountId, Callee, TaskId, WorkflowId},
        status::{Phase, Status},
        time::Timestamp,
    },
    store::{CallsOf, Reader, StoreError, StoredCallDetail},
};

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub account: AccountId,
    pub verb: Verb,
    pub target: Target,
}

/// The number that a call or a session of the target names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// The verb is not about one number.
    NotNeeded,
    /// The call or session is not stored, or belongs to another subject.
    NotStored,
    /// The vendor did not say the number, or the target names none.
    NotReported,
    Known {
        callee: Callee,
        case_id: Option<String>,
    },
}

impl Number {
    pub fn callee(&self) -> Option<&Callee> {
        match self {
            Self::Known { callee, .. } => Some(callee),
            _ => None,
        }
    }

    pub(super) fn parts(&self) -> Option<(&Callee, Option<&str>)> {
        match self {
            Self::Known { callee, case_id } => Some((callee, case_id.as_deref())),
            _ => None,
        }
    }

    fn of(callee: Option<Callee>, case_id: Option<String>) -> Self {
        callee.map_or(Self::NotReported, |callee| Self::Known { callee, case_id })
    }
}

/// What the store holds of a subject.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub name: Option<String>,
    /// As written; of a session that ended without a word for it, `ended`.
    pub status: Option<Status>,
    /// The workflow in whose timeline its actions stand.
    pub workflow: Option<WorkflowId>,
    /// Of a session.
    pub callee: Option<Callee>,
    /// Numbers in all and those done with, as the vendor counts them.
    pub total: Option<i64>,
    pub finished: Option<i64>,
    /// When that was true.
    pub as_of: Option<Timestamp>,
}

pub(super) struct Aim {
    pub found: Option<Found>,
    pub number: Number,
    /// Those that dial for the subject, where it is no workflow.
    pub tasks: Vec<TaskId>,
}

impl Aim {
    pub async fn take(reader: &Reader, ask: &Ask) -> Result<Self, StoreError> {
        let (account, subject) = (&ask.account, &ask.target.subject);
        let tasks = tasks_of(reader, account, subject).await?;
        let named = Named::read(reader, account, &ask.target).await?;
        let number = match (ask.verb.reach(), &named) {
            (Reach::Whole | Reach::Session, _) => Number::NotNeeded,
            (Reach::Number, Named::Nobody) => Number::NotReported,
            (Reach::Number, named) if named.is_of(subject, &tasks) => named.number(),
            (Reach::Number, _) => Number::NotStored,
        };
        let found = match subject {
            // Its tasks are not stored: what is known of one is what a call of it says.
            Subject::DialerTask(_) => match (&number, named) {
                (Number::NotStored | Number::NotNeeded, _) => None,
                (_, Named::Call(stored)) => {
                    Some(Found { name: stored.call.task_name, ..Found::default() })
                }
                _ => None,
            },
            subject => found(reader, account, subject).await?,
        };
        Ok(Self { found, number, tasks })
    }
}

/// The tasks outside workflows whose calls are the subject's.
pub(super) async fn tasks_of(
    reader: &Reader,
    account: &AccountId,
    subject: &Subject,
) -> Result<Vec<TaskId>, StoreError> {
    Ok(match subject {
        Subject::Task(task) | Subject::DialerTask(task) => vec![task.clone()],
        Subject::Plan(plan) => reader.tasks_of_plan(account, plan).await?,
        Subject::Workflow(_) | Subject::Session(_) => Vec::new(),
    })
}

/// Whose calls show the effect; a session has none.
pub(super) fn calls_of<'a>(subject: &'a Subject, tasks: &'a [TaskId]) -> Option<CallsOf<'a>> {
    match subject {
        Subject::Workflow(workflow) => Some(CallsOf::Workflow(workflow)),
        Subject::Task(_) | Subject::Plan(_) => Some(CallsOf::Tasks(tasks)),
        Subject::DialerTask(task) => Some(CallsOf::Dialer(task)),
        Subject::Session(_) => None,
    }
}

/// What the store holds of a workflow, task, plan or session.
pub(super) async fn found(
    reader: &Reader,
    account: &AccountId,
    subject: &Subject,
) -> Result<Option<Found>, StoreError> {
    Ok(match subject {
        Subject::Workflow(id) => reader.workflow(account, id).await?.map(|stored| {
            let (w, workflow) = (stored.workflow, Some(id.clone()));
            let (total, finished, as_of) = (w.total, w.finished, Some(w.as_of));
            let callee = None;
            Found { name: w.name, status: w.status, workflow, callee, total, finished, as_of }
        }),
        Subject::Task(id) => reader.calling_task(account, id).await?.map(|stored| {
            let t = stored.value;
            let (total, finished, as_of) = (t.total, t.finished, Some(t.as_of));
            Found { name: t.name, status: t.status, total, finished, as_of, ..Found::default() }
        }),
        Subject::Plan(id) => reader.plan(account, id).await?.map(|stored| {
            let p = stored.value;
            let (total, finished, as_of) = (p.total, p.finished, Some(p.as_of));
            Found { name: p.name, status: p.status, total, finished, as_of, ..Found::default() }
        }),
        Subject::Session(id) => {
            reader.session(account, id).await?.map(|stored| of_session(stored.session))
        }
        Subject::DialerTask(_) => None,
    })
}

/// `closed` is the only word known for a session that is over; an end says the same.
fn of_session(s: Session) -> Found {
    let closed = s.status.as_deref().is_some_and(|w| w.trim().eq_ignore_ascii_case("closed"));
    let status = match (s.status, closed || s.ended_at.is_some()) {
        (Some(written), true) => Some(Status { written, phase: Phase::Finished }),
        (None, true) => Some(Status { written: "ended".to_owned(), phase: Phase::Finished }),
        // A word that means an end elsewhere proves nothing of a session.
        (Some(written), false) => Some(Status { written, phase: Phase::Unknown }),
        (None, false) => None,
    };
    Found {
        name: s.workflow_name,
        status,
        workflow: s.workflow,
        callee: s.callee,
        as_of: Some(s.as_of),
        ..Found::default()
    }
}

/// The record that names the number.
enum Named {
    Nobody,
    Missing,
    Call(Box<StoredCallDetail>),
    Session(Box<Session>),
}

impl Named {
    async fn read(reader: &Reader, account: &AccountId, t: &Target) -> Result<Self, StoreError> {
        Ok(match &t.number {
            None => Self::Nobody,
            Some(NumberOf::Call(id)) => match reader.call(account, id).await? {
                Some(stored) => Self::Call(Box::new(stored)),
                None => Self::Missing,
            },
            Some(NumberOf::Session(id)) => match reader.session(account, id).await? {
                Some(stored) => Self::Session(Box::new(stored.session)),
                None => Self::Missing,
            },
        })
    }

    fn is_of(&self, subject: &Subject, tasks: &[TaskId]) -> bool {
        match (self, subject) {
            (Self::Call(stored), Subject::Workflow(w)) => stored.call.workflow.as_ref() == Some(w),
            (Self::Session(session), Subject::Workflow(w)) => session.workflow.as_ref() == Some(w),
            (Self::Call(stored), Subject::DialerTask(t)) => stored.call.task.as_ref() == Some(t),
            (Self::Call(stored), Subject::Task(_) | Subject::Plan(_)) => {
                let call = &stored.call;
                call.workflow.is_none() && call.task.as_ref().is_some_and(|t| tasks.contains(t))
            }
            _ => false,
        }
    }

    fn number(&self) -> Number {
        match self {
            Self::Call(stored) => {
                Number::of(stored.call.callee.clone(), stored.call.case_id.clone())
            }
            Self::Session(session) => Number::of(session.callee.clone(), None),
            Self::Nobody | Self::Missing => Number::NotStored,
        }
    }
}
