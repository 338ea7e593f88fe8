//! What a supervisor can do to the vendor, and what became of it.

use serde::{Deserialize, Serialize};

use super::{
    ids::{AccountId, ActionId, CallId, Callee, PlanId, SessionId, TaskId, WorkflowId},
    time::Timestamp,
};

/// A kind of write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Stop a workflow.
    StopWorkflow,
    /// Cancel what is still to come for one number of a workflow. A running call is not hung up.
    CancelRest,
    /// Cancel a calling task as a whole.
    CancelTask,
    /// Cancel a dialing plan with all its rounds.
    CancelPlan,
    /// Cancel what is still to come for one number of a calling task.
    CancelTaskRest,
    /// Cancel what is still to come for one number of a plan.
    CancelPlanRest,
    /// Cancel one contact of a task of the predictive dialer.
    CancelContact,
    /// End a chatbot session.
    EndSession,
    /// Cancel a call of a Leads Generation workflow. That this cancels all that is still to come for the
    /// number is ASSUMED: the page's title speaks of one call.
    CancelLeadsCall,
}

impl Verb {
    pub const ALL: [Self; 9] = [
        Self::StopWorkflow,
        Self::CancelRest,
        Self::CancelTask,
        Self::CancelPlan,
        Self::CancelTaskRest,
        Self::CancelPlanRest,
        Self::CancelContact,
        Self::EndSession,
        Self::CancelLeadsCall,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::StopWorkflow => "stop_workflow",
            Self::CancelRest => "cancel_rest",
            Self::CancelTask => "cancel_task",
            Self::CancelPlan => "cancel_plan",
            Self::CancelTaskRest => "cancel_task_rest",
            Self::CancelPlanRest => "cancel_plan_rest",
            Self::CancelContact => "cancel_contact",
            Self::EndSession => "end_session",
            Self::CancelLeadsCall => "cancel_leads_call",
        }
    }

    pub fn reach(self) -> Reach {
        match self {
            Self::StopWorkflow | Self::CancelTask | Self::CancelPlan => Reach::Whole,
            Self::CancelRest
            | Self::CancelTaskRest
            | Self::CancelPlanRest
            | Self::CancelContact
            | Self::CancelLeadsCall => Reach::Number,
            Self::EndSession => Reach::Session,
        }
    }

    /// What the verb is aimed at, from the vendor's id of it.
    pub fn subject(self, id: impl Into<String>) -> Subject {
        match self {
            Self::StopWorkflow | Self::CancelRest | Self::CancelLeadsCall => {
                Subject::Workflow(WorkflowId::new(id))
            }
            Self::CancelTask | Self::CancelTaskRest => Subject::Task(TaskId::new(id)),
            Self::CancelPlan | Self::CancelPlanRest => Subject::Plan(PlanId::new(id)),
            Self::CancelContact => Subject::DialerTask(TaskId::new(id)),
            Self::EndSession => Subject::Session(SessionId::new(id)),
        }
    }

    pub fn suits(self, subject: &Subject) -> bool {
        self.subject(subject.id()) == *subject
    }
}

/// How much of its subject a verb ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All that is dialled.
    Whole,
    /// What is still to come for one number.
    Number,
    /// One conversation.
    Session,
}

/// What an action is about, by the vendor's id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Workflow(WorkflowId),
    /// A calling task.
    Task(TaskId),
    Plan(PlanId),
    /// A task of the predictive dialer.
    DialerTask(TaskId),
    Session(SessionId),
}

impl Subject {
    pub fn id(&self) -> &str {
        match self {
            Self::Workflow(id) => id.as_str(),
            Self::Task(id) | Self::DialerTask(id) => id.as_str(),
            Self::Plan(id) => id.as_str(),
            Self::Session(id) => id.as_str(),
        }
    }

    /// For a sentence.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Workflow(_) => "workflow",
            Self::Task(_) => "task",
            Self::Plan(_) => "plan",
            Self::DialerTask(_) => "dialer task",
            Self::Session(_) => "session",
        }
    }

    pub fn workflow(&self) -> Option<&WorkflowId> {
        match self {
            Self::Workflow(id) => Some(id),
            _ => None,
        }
    }
}

/// How an action is carried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// One request, on a path that is confirmed for the account.
    #[default]
    Send,
    /// One request on a path that nobody confirmed, to find out: once per account and verb, on a
    /// subject that the person named.
    Trial,
    /// By the person, in the vendor's console. Nothing is sent from here.
    Outside,
}

impl How {
    pub const ALL: [Self; 3] = [Self::Send, Self::Trial, Self::Outside];
}

/// What an action is aimed at. The web view knows numbers only masked, so a number is named by a call
/// or a session of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub subject: Subject,
    pub number: Option<NumberOf>,
}

impl Target {
    pub fn whole(subject: Subject) -> Self {
        Self { subject, number: None }
    }

    pub fn number_of_call(subject: Subject, call: CallId) -> Self {
        Self { subject, number: Some(NumberOf::Call(call)) }
    }

    pub fn number_of_session(subject: Subject, session: SessionId) -> Self {
        Self { subject, number: Some(NumberOf::Session(session)) }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberOf {
    Call(CallId),
    Session(SessionId),
}

/// How far an action got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Written down, not yet answered.
    Requested,
    /// The vendor said yes. Whether it did it is another question: see `seen_at`.
    Accepted,
    /// The vendor said no, or our own gate did before anything was sent.
    Refused,
    /// Nothing was sent: no connection.
    Failed,
    /// Something was sent and no readable answer came.
    Unknown,
    /// Nothing was sent from here: somebody does it in the vendor's console, or did.
    Outside,
}

impl Outcome {
    pub fn word(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Outside => "outside",
        }
    }
}

/// A journal line. Append-only: only the outcome and what was seen later are ever added to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    pub id: ActionId,
    pub account: AccountId,
    pub verb: Verb,
    pub how: How,
    pub subject: Subject,
    /// The workflow in whose timeline it stands, where there is one.
    pub workflow: Option<WorkflowId>,
    /// The subject's name at the click, for a reader of the journal years later.
    pub name: Option<String>,
    /// The number concerned: that of the rest which is cancelled, or the session's.
    pub callee: Option<Callee>,
    pub case_id: Option<String>,
    pub reason: String,
    /// The operating system's user.
    pub by: String,
    pub requested_at: Timestamp,
    pub outcome: Outcome,
    pub outcome_at: Option<Timestamp>,
    /// What the vendor or the gate answered, for the journal; no numbers, no secrets.
    pub detail: Option<String>,
    /// The subject's status as written at the click.
    pub status_before: Option<String>,
    /// When a later poll showed the effect.
    pub seen_at: Option<Timestamp>,
    /// The status as written that showed it.
    pub status_seen: Option<String>,
    /// Calls of the target that started after the acceptance; of what is done outside, after the time
    /// that doing it may take.
    pub calls_since: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_suits_its_own_kind_of_subject_only() {
        for verb in Verb::ALL {
            let subject = verb.subject("a/b?c");
            assert_eq!(subject.id(), "a/b?c");
            let suited = Verb::ALL.into_iter().filter(|other| other.suits(&subject));
            let kinds: Vec<_> = suited.map(|other| other.subject("a/b?c").word()).collect();
            assert!(kinds.iter().all(|word| *word == subject.word()), "{verb:?}: {kinds:?}");
        }
        assert!(!Verb::CancelContact.suits(&Subject::Task(TaskId::new("t"))));
    }
}
