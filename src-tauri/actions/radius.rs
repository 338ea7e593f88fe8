//! What an action would concern, from the store alone: the dialog never waits for the network.

use super::{
    aim::{Aim, Ask, Number},
    gate::Refusal,
};
use crate::{
    domain::{
        action::Verb,
        evidence::Evidence,
        ids::{AccountId, Callee, WorkflowId},
        time::Timestamp,
        waba::WabaTask,
        workflow::{OutboundTask, Workflow},
    },
    store::{ListAsk, Reader, SourceMark, StoreError, StoredWorkflow},
    vendor::Key,
};

/// Above so many numbers a stop is confirmed by holding.
pub const HOLD_ABOVE: i64 = 1_000;

/// More calls or sessions than one number has in one workflow.
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
    pub workflow: Option<StoredWorkflow>,
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

/// A stop of more numbers than the threshold is held, and so is one of nobody knows how many.
pub(super) fn is_held(verb: Verb, lines: &[Line]) -> bool {
    let left = lines.iter().find(|line| line.what == Left::Numbers).and_then(|line| line.value);
    verb == Verb::StopWorkflow && left.is_none_or(|numbers| numbers > HOLD_ABOVE)
}

pub(super) async fn lines(reader: &Reader, ask: &Ask, aim: &Aim) -> Result<Vec<Line>, StoreError> {
    let Some(StoredWorkflow { workflow, .. }) = &aim.workflow else { return Ok(Vec::new()) };
    let marks = reader.known_sources(&ask.account).await?;
    let tasks = reader.tasks(&ask.account, &workflow.id).await?;
    let calls_as_of = calls_as_of(&tasks, &marks);
    let chats_as_of = read_at(&marks, Key::ChatSessions, "");
    match (ask.verb, &aim.number) {
        (Verb::StopWorkflow, _) => {
            let waba = reader.waba_tasks(&ask.account, &workflow.id).await?;
            let running = reader.calls_running(&ask.account, &workflow.id).await?;
            let chats = reader.open_sessions(&ask.account, &workflow.id).await?;
            Ok(of_workflow(workflow, &waba, (running, calls_as_of), (chats, chats_as_of)))
        }
        (Verb::CancelRest, Number::Known { callee, .. }) => {
            let list = of_number(&ask.account, &workflow.id, callee);
            let running = calls_running(reader, &list, callee).await?;
            let chats = open_chats(reader, &list, callee).await?;
            Ok(vec![
                // The title of its page says: the later steps of one number.
                line(Left::Numbers, Some(1), None, Evidence::Documented),
                line(Left::CallsRunning, Some(running), calls_as_of, Evidence::Assumed),
                // Queued messages are reported by count only, not by number.
                line(Left::WabaQueued, None, None, Evidence::Assumed),
                line(Left::OpenChats, chats, chats_as_of, Evidence::Assumed),
            ])
        }
        (Verb::CancelRest, _) => Ok(Vec::new()),
    }
}

/// That a stop ends the dialling of what is left is read from its name; what it does to running calls,
/// queued messages and open chats nobody told us.
fn of_workflow(
    workflow: &Workflow,
    waba: &[WabaTask],
    calls: (i64, Option<Timestamp>),
    chats: (Option<i64>, Option<Timestamp>),
) -> Vec<Line> {
    let numbers =
        workflow.total.zip(workflow.finished).map(|(all, done)| all.saturating_sub(done).max(0));
    let waba_as_of = waba.iter().map(|task| task.as_of).min();
    vec![
        line(Left::Numbers, numbers, Some(workflow.as_of), Evidence::Inferred),
        line(Left::CallsRunning, Some(calls.0), calls.1, Evidence::Assumed),
        line(Left::WabaQueued, waba_queued(waba), waba_as_of, Evidence::Assumed),
        line(Left::OpenChats, chats.0, chats.1, Evidence::Assumed),
    ]
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

fn of_number(account: &AccountId, workflow: &WorkflowId, callee: &Callee) -> ListAsk {
    ListAsk {
        account: Some(account.clone()),
        workflow: Some((account.clone(), workflow.clone())),
        task: None,
        filter: callee.full().chars().filter(char::is_ascii_digit).collect(),
        sort: None,
        anchor: 0,
        count: ROWS_OF_A_NUMBER,
    }
}

async fn calls_running(
    reader: &Reader,
    list: &ListAsk,
    callee: &Callee,
) -> Result<i64, StoreError> {
    let calls = reader.calls(list).await?.rows.into_iter().map(|stored| stored.call);
    let runs = calls
        .filter(|c| c.callee.as_ref() == Some(callee))
        .filter(|c| c.called_at.is_some() && c.ended_at.is_none());
    Ok(runs.count() as i64)
}

async fn open_chats(
    reader: &Reader,
    list: &ListAsk,
    callee: &Callee,
) -> Result<Option<i64>, StoreError> {
    let sessions = reader.sessions(list).await?.rows.into_iter().map(|stored| stored.session);
    let own: Vec<_> = sessions.filter(|s| s.callee.as_ref() == Some(callee)).collect();
    let open = own.iter().filter(|s| s.ended_at.is_none()).count() as i64;
    Ok((!own.is_empty()).then_some(open))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::tests::{waba_task, workflow};

    const AT: Timestamp = Timestamp(5);

    fn lines(total: Option<i64>, finished: Option<i64>, waba: &[WabaTask]) -> Vec<Line> {
        let workflow = Workflow { total, finished, ..workflow("w1", None) };
        of_workflow(&workflow, waba, (3, Some(AT)), (None, None))
    }

    #[test]
    fn what_the_vendor_did_not_count_is_not_reported() {
        let values: Vec<_> = lines(Some(10), None, &[]).iter().map(|l| (l.what, l.value)).collect();
        assert_eq!(
            values,
            [
                (Left::Numbers, None),
                (Left::CallsRunning, Some(3)),
                (Left::WabaQueued, None),
                (Left::OpenChats, None),
            ]
        );
        assert_eq!(lines(Some(10), Some(4), &[])[0].value, Some(6));
        assert_eq!(lines(Some(10), Some(14), &[])[0].value, Some(0));
    }

    #[test]
    fn queued_messages_are_those_neither_sent_nor_failed() {
        let two = [waba_task(Some(100), Some(60), Some(5)), waba_task(Some(10), Some(10), None)];
        assert_eq!(waba_queued(&two), Some(35));
        assert_eq!(waba_queued(&[two[0].clone(), waba_task(None, Some(1), None)]), None);
        assert_eq!(waba_queued(&[]), None);
    }

    #[test]
    fn nothing_but_the_numbers_is_known_to_be_touched() {
        let evidence: Vec<_> = lines(None, None, &[]).iter().map(|l| l.evidence).collect();
        assert_eq!(evidence[0], Evidence::Inferred);
        assert!(evidence[1..].iter().all(|e| *e == Evidence::Assumed));
    }

    #[test]
    fn many_numbers_or_nobody_knows_how_many_are_held() {
        let held = |total| is_held(Verb::StopWorkflow, &lines(total, Some(0), &[]));
        assert!(!held(Some(HOLD_ABOVE)));
        assert!(held(Some(HOLD_ABOVE + 1)));
        assert!(held(None));
        assert!(!is_held(Verb::CancelRest, &lines(None, None, &[])));
    }
}
