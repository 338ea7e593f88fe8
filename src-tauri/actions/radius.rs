//! What an action would concern, from the store alone: the dialog never waits for the network.

use super::{
    aim::{Aim, Ask, Found, calls_of},
    gate::Refusal,
};
use crate::{
    domain::{
        action::{Reach, Subject, Verb},
        evidence::Evidence,
        ids::{AccountId, Callee, PlanId, TaskId, WorkflowId},
        time::Timestamp,
        waba::WabaTask,
        workflow::OutboundTask,
    },
    store::{ListAsk, Reader, SourceMark, StoreError},
    vendor::Key,
};

/// Above so many numbers the end of a whole is confirmed by holding.
pub const HOLD_ABOVE: i64 = 1_000;

/// More sessions than one number has in one workflow.
const ROWS_OF_A_NUMBER: u32 = 200;

/// What is left that an action might end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// List entries not finished.
    Numbers,
    /// Calls that started and have no end yet.
    CallsRunning,
    /// WhatsApp messages not sent yet.
    WabaQueued,
    /// Sessions without an end.
    OpenChats,
    /// Rounds of a plan that are not over, of those that are known.
    Rounds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub what: Left,
    /// `None`: not reported.
    pub value: Option<i64>,
    /// When the count was true, where that is known.
    pub as_of: Option<Timestamp>,
    /// How we know that the action touches this.
    pub evidence: Evidence,
}

/// The confirm dialog's content.
#[derive(Clone, Debug)]
pub struct Radius {
    pub subject: Subject,
    /// `None`: it is not stored.
    pub found: Option<Found>,
    /// In full: it is masked on its way out.
    pub callee: Option<Callee>,
    pub lines: Vec<Line>,
    /// Why the action is not offered.
    pub refusal: Option<Refusal>,
    /// Of the path that would be asked.
    pub evidence: Evidence,
    /// On what the path was confirmed, in the user's words.
    pub confirmed: Option<String>,
    /// The request as it would be sent, the number masked; empty where the account has no keys here.
    pub preview: String,
    /// Confirm by holding.
    pub hold: bool,
}

/// The end of more numbers than the threshold is held, and so is one of nobody knows how many.
pub(super) fn is_held(reach: Reach, lines: &[Line]) -> bool {
    let left = lines.iter().find(|line| line.what == Left::Numbers).and_then(|line| line.value);
    reach == Reach::Whole && left.is_none_or(|numbers| numbers > HOLD_ABOVE)
}

/// What is left of the subject, or of one number of it.
pub(super) async fn lines(reader: &Reader, ask: &Ask, aim: &Aim) -> Result<Vec<Line>, StoreError> {
    let Some(found) = &aim.found else { return Ok(Vec::new()) };
    let marks = reader.known_sources(&ask.account).await?;
    let callee = match (ask.verb.reach(), aim.number.callee()) {
        (Reach::Number, None) => return Ok(Vec::new()),
        (_, callee) => callee,
    };
    let mut lines = vec![match (ask.verb.reach(), &ask.target.subject) {
        (Reach::Session, _) => {
            let open = i64::from(!found.status.as_ref().is_some_and(|s| s.phase.is_over()));
            // The title of its page says: end session.
            return Ok(vec![line(Left::OpenChats, Some(open), found.as_of, Evidence::Documented)]);
        }
        (Reach::Whole, _) => numbers_left(found),
        // The title of its page says: the later steps of one number.
        (Reach::Number, Subject::Workflow(_)) if ask.verb == Verb::CancelRest => {
            line(Left::Numbers, Some(1), None, Evidence::Documented)
        }
        (Reach::Number, _) => line(Left::Numbers, Some(1), None, Evidence::Inferred),
    }];
    if let Subject::Plan(plan) = &ask.target.subject
        && callee.is_none()
    {
        lines.push(rounds_left(reader, &ask.account, plan, &marks).await?);
    }
    lines.push(calls_left(reader, ask, aim, &marks).await?);
    if let Subject::Workflow(workflow) = &ask.target.subject {
        lines.extend(chats_left(reader, &ask.account, workflow, callee, &marks).await?);
    }
    Ok(lines)
}

/// That a stop ends the dialling of what is left is read from its name; what it does to running calls,
/// queued messages and open chats nobody told us.
fn numbers_left(found: &Found) -> Line {
    let left = found.total.zip(found.finished).map(|(all, done)| all.saturating_sub(done).max(0));
    line(Left::Numbers, left, found.as_of, Evidence::Inferred)
}

/// `None` of a plan whose rounds nobody told us.
async fn rounds_left(
    reader: &Reader,
    account: &AccountId,
    plan: &PlanId,
    marks: &[SourceMark],
) -> Result<Line, StoreError> {
    let rounds = reader.rounds(account, plan).await?;
    let open = rounds.iter().filter(|r| !r.status.as_ref().is_some_and(|s| s.phase.is_over()));
    let open = open.count() as i64;
    let as_of = read_at(marks, Key::PlanRounds, plan.as_str());
    Ok(line(Left::Rounds, (!rounds.is_empty()).then_some(open), as_of, Evidence::Inferred))
}

async fn calls_left(
    reader: &Reader,
    ask: &Ask,
    aim: &Aim,
    marks: &[SourceMark],
) -> Result<Line, StoreError> {
    let subject = &ask.target.subject;
    let running = match calls_of(subject, &aim.tasks) {
        Some(of) => Some(reader.calls_running(&ask.account, of, aim.number.callee()).await?),
        None => None,
    };
    let as_of = match subject {
        Subject::Workflow(workflow) => {
            calls_as_of(&reader.tasks(&ask.account, workflow).await?, marks)
        }
        Subject::DialerTask(task) => read_at(marks, Key::PdsDetails, task.as_str()),
        Subject::Task(_) | Subject::Plan(_) | Subject::Session(_) => {
            calls_read_at(&aim.tasks, marks)
        }
    };
    Ok(line(Left::CallsRunning, running, as_of, Evidence::Assumed))
}

/// What of a workflow goes out as messages, and its chats.
async fn chats_left(
    reader: &Reader,
    account: &AccountId,
    workflow: &WorkflowId,
    callee: Option<&Callee>,
    marks: &[SourceMark],
) -> Result<[Line; 2], StoreError> {
    let (waba, chats) = match callee {
        // Queued messages are reported by count only, not by number.
        Some(callee) => ((None, None), open_chats(reader, account, workflow, callee).await?),
        None => {
            let waba = reader.waba_tasks(account, workflow).await?;
            let waba_as_of = waba.iter().map(|task| task.as_of).min();
            ((waba_queued(&waba), waba_as_of), reader.open_sessions(account, workflow).await?)
        }
    };
    let chats_as_of = read_at(marks, Key::ChatSessions, "");
    Ok([
        line(Left::WabaQueued, waba.0, waba.1, Evidence::Assumed),
        line(Left::OpenChats, chats, chats_as_of, Evidence::Assumed),
    ])
}

fn line(what: Left, value: Option<i64>, as_of: Option<Timestamp>, evidence: Evidence) -> Line {
    Line { what, value, as_of, evidence }
}

/// `None` without a batch, and as soon as one batch does not say how far it is.
fn waba_queued(waba: &[WabaTask]) -> Option<i64> {
    let left = |task: &WabaTask| {
        let done = task.sent?.saturating_add(task.failed.unwrap_or_default());
        Some(task.total?.saturating_sub(done).max(0))
    };
    if waba.is_empty() { None } else { waba.iter().map(left).sum() }
}

/// The oldest answer among the tasks that still dial: the count of running calls is as old as it.
fn calls_as_of(tasks: &[OutboundTask], marks: &[SourceMark]) -> Option<Timestamp> {
    let dials = |task: &&OutboundTask| !task.status.as_ref().is_some_and(|s| s.phase.is_over());
    let read = |task: &OutboundTask| read_at(marks, Key::WorkflowOutboundDetails, task.id.as_str());
    tasks.iter().filter(dials).map(read).min().flatten()
}

/// When a source was last answered.
pub(super) fn read_at(marks: &[SourceMark], key: Key, scope: &str) -> Option<Timestamp> {
    let of_it = |mark: &&SourceMark| mark.key == key.as_str() && mark.scope == scope;
    marks.iter().filter(of_it).map(|mark| mark.answered_at).max()
}

/// The oldest answer of those that told the calls of these tasks.
pub(super) fn calls_read_at(tasks: &[TaskId], marks: &[SourceMark]) -> Option<Timestamp> {
    tasks.iter().filter_map(|task| read_at(marks, Key::TaskDetails, task.as_str())).min()
}

async fn open_chats(
    reader: &Reader,
    account: &AccountId,
    workflow: &WorkflowId,
    callee: &Callee,
) -> Result<Option<i64>, StoreError> {
    let list = ListAsk {
        account: Some(account.clone()),
        workflow: Some((account.clone(), workflow.clone())),
        filter: callee.full().chars().filter(char::is_ascii_digit).collect(),
        count: ROWS_OF_A_NUMBER,
        ..ListAsk::default()
    };
    let sessions = reader.sessions(&list).await?.rows.into_iter().map(|stored| stored.session);
    let own: Vec<_> = sessions.filter(|s| s.callee.as_ref() == Some(callee)).collect();
    let open = own.iter().filter(|s| s.ended_at.is_none()).count() as i64;
    Ok((!own.is_empty()).then_some(open))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::tests::{found, waba_task};

    fn left(total: Option<i64>, finished: Option<i64>) -> Line {
        numbers_left(&Found { total, finished, ..found("w1", None) })
    }

    #[test]
    fn what_the_vendor_did_not_count_is_not_reported() {
        assert_eq!(left(Some(10), None).value, None);
        assert_eq!(left(Some(10), Some(4)).value, Some(6));
        assert_eq!(left(Some(10), Some(14)).value, Some(0));
    }

    #[test]
    fn queued_messages_are_those_neither_sent_nor_failed() {
        let two = [waba_task(Some(100), Some(60), Some(5)), waba_task(Some(10), Some(10), None)];
        assert_eq!(waba_queued(&two), Some(35));
        assert_eq!(waba_queued(&[two[0].clone(), waba_task(None, Some(1), None)]), None);
        assert_eq!(waba_queued(&[]), None);
    }

    #[test]
    fn many_numbers_or_nobody_knows_how_many_are_held() {
        let held = |total| is_held(Reach::Whole, &[left(total, Some(0))]);
        assert!(!held(Some(HOLD_ABOVE)));
        assert!(held(Some(HOLD_ABOVE + 1)));
        assert!(held(None));
        assert!(!is_held(Reach::Number, &[left(None, Some(0))]));
        assert!(!is_held(Reach::Session, &[]));
    }
}
