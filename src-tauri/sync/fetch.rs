//! Performs one ask and turns the answer into what the store and the plan need.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{
    listing::{Answer, IdHash},
    plan::{Ask, Listing},
};
use crate::{
    domain::{
        call::Call,
        chat::{Said, Session, Transcript},
        ids::{MessageId, SessionId, WorkflowId},
        status::Status,
        task::{CallingTask, Plan, Round},
        waba::WabaTask,
        workflow::{OutboundTask, Seen, Workflow},
    },
    store::Batch,
    vendor::{Key, Page, PageAsk, ReadError, Reads},
};

/// What an answer teaches the plan.
pub enum Learned {
    Workflow { id: WorkflowId, over: bool, print: u64 },
    Child { listing: Listing, over: bool, print: u64 },
    Session { id: SessionId, over: bool, print: u64 },
}

pub struct Fetched {
    pub answer: Answer,
    pub batch: Batch,
    pub learned: Vec<Learned>,
}

pub async fn page(
    reads: &Reads,
    listing: &Listing,
    page: u32,
    known: Option<u64>,
) -> Result<Fetched, ReadError> {
    let ask = PageAsk { page, page_size: reads.page_size(listing.key()), known };
    Ok(match listing {
        Listing::Workflows => workflows(reads.workflows(ask).await?),
        Listing::Nodes(w) => {
            let page = reads.nodes(w, ask).await?;
            let answer = answer(&page, |n| n.id.as_str(), |n| over(n.status.as_ref()));
            let batch = Batch { nodes: page.rows, ..Batch::default() };
            Fetched { answer, batch, learned: Vec::new() }
        }
        Listing::Tasks(w) => tasks(reads.outbound_tasks(w, ask).await?),
        Listing::WabaTasks(w) => waba_tasks(reads.waba_tasks(w, ask).await?),
        Listing::Calls(w, task) => calls(reads.calls(w, task, ask).await?),
        Listing::WabaMessages(w, task) => {
            let page = reads.waba_messages(w, task, ask).await?;
            let last_word = |m: &crate::domain::waba::WabaMessage| {
                matches!(m.status.as_deref(), Some("read" | "replied" | "failed"))
            };
            let answer = answer(&page, |m| m.id.as_str(), last_word);
            let batch = Batch { waba_messages: page.rows, ..Batch::default() };
            Fetched { answer, batch, learned: Vec::new() }
        }
        Listing::Sessions => sessions(reads.sessions(ask).await?),
        Listing::CallingTasks => calling_tasks(reads.calling_tasks(ask).await?),
        Listing::TaskCalls(task) => calls(reads.calls_of_task(task, ask).await?),
        Listing::Plans => plans(reads.plans(ask).await?),
        Listing::Rounds(plan) => rounds(reads.rounds(plan, ask).await?),
        Listing::DialerCalls(task) => calls(reads.dialer_calls(task, ask).await?),
    })
}

fn calls(page: Page<Call>) -> Fetched {
    let done = |c: &Call| c.ended_at.is_some() || c.hangup.is_some();
    let answer = answer(&page, |c| c.id.as_str(), done);
    Fetched { answer, batch: Batch { calls: page.rows, ..Batch::default() }, learned: Vec::new() }
}

fn calling_tasks(page: Page<CallingTask>) -> Fetched {
    let answer = answer(&page, |t| t.id.as_str(), |t| over(t.status.as_ref()));
    let learned = page.rows.iter().map(|Seen { value, .. }| learn_calling_task(value)).collect();
    Fetched { answer, batch: Batch { calling_tasks: page.rows, ..Batch::default() }, learned }
}

pub fn learn_calling_task(task: &CallingTask) -> Learned {
    Learned::Child {
        listing: Listing::TaskCalls(task.id.clone()),
        over: over(task.status.as_ref()),
        print: fingerprint((written(&task.status), task.total, task.finished, task.connected)),
    }
}

fn plans(page: Page<Plan>) -> Fetched {
    let answer = answer(&page, |p| p.id.as_str(), |p| over(p.status.as_ref()));
    let learned = page.rows.iter().map(|Seen { value, .. }| learn_plan(value)).collect();
    Fetched { answer, batch: Batch { plans: page.rows, ..Batch::default() }, learned }
}

pub fn learn_plan(plan: &Plan) -> Learned {
    Learned::Child {
        listing: Listing::Rounds(plan.id.clone()),
        over: over(plan.status.as_ref()),
        print: fingerprint((written(&plan.status), plan.total, plan.finished)),
    }
}

/// The calls of a round are those of the task that dials it.
fn rounds(page: Page<Round>) -> Fetched {
    let answer = answer(&page, |r| r.id.as_str(), |r| over(r.status.as_ref()));
    let learned = page.rows.iter().filter_map(|Seen { value: round, .. }| {
        Some(Learned::Child {
            listing: Listing::TaskCalls(round.task.clone()?),
            over: over(round.status.as_ref()),
            print: fingerprint((written(&round.status), round.dialled, round.reached)),
        })
    });
    let learned = learned.collect();
    Fetched { answer, batch: Batch { rounds: page.rows, ..Batch::default() }, learned }
}

fn workflows(page: Page<Workflow>) -> Fetched {
    let answer = answer(&page, |w| w.id.as_str(), |w| over(w.status.as_ref()));
    let learned = page.rows.iter().map(|Seen { value, .. }| learn_workflow(value)).collect();
    Fetched { answer, batch: Batch { workflows: page.rows, ..Batch::default() }, learned }
}

pub fn learn_workflow(workflow: &Workflow) -> Learned {
    let print = fingerprint((written(&workflow.status), workflow.total, workflow.finished));
    Learned::Workflow { id: workflow.id.clone(), over: over(workflow.status.as_ref()), print }
}

fn tasks(page: Page<OutboundTask>) -> Fetched {
    let answer = answer(&page, |t| t.id.as_str(), |t| over(t.status.as_ref()));
    let learned = page.rows.iter().map(|Seen { value: task, .. }| Learned::Child {
        listing: Listing::Calls(task.workflow.clone(), task.id.clone()),
        over: over(task.status.as_ref()),
        print: fingerprint((written(&task.status), task.total, task.finished, task.connected)),
    });
    let learned = learned.collect();
    Fetched { answer, batch: Batch { tasks: page.rows, ..Batch::default() }, learned }
}

fn waba_tasks(page: Page<WabaTask>) -> Fetched {
    let answer = answer(&page, |t| t.id.as_str(), |t| over(t.status.as_ref()));
    let learned = page.rows.iter().map(|Seen { value: task, .. }| Learned::Child {
        listing: Listing::WabaMessages(task.workflow.clone(), task.id.clone()),
        over: over(task.status.as_ref()),
        print: fingerprint((
            written(&task.status),
            (task.total, task.sent, task.delivered),
            (task.read, task.replied, task.failed),
        )),
    });
    let learned = learned.collect();
    Fetched { answer, batch: Batch { waba_tasks: page.rows, ..Batch::default() }, learned }
}

fn sessions(page: Page<Session>) -> Fetched {
    let answer = answer(&page, |s| s.id.as_str(), |s| s.ended_at.is_some());
    let learned = page.rows.iter().map(|Seen { value, .. }| learn_session(value)).collect();
    Fetched { answer, batch: Batch { sessions: page.rows, ..Batch::default() }, learned }
}

pub fn learn_session(session: &Session) -> Learned {
    let print = fingerprint((&session.status, session.ended_at, session.talk_round));
    Learned::Session { id: session.id.clone(), over: session.ended_at.is_some(), print }
}

/// What a reading of a session's messages brought.
pub enum Messages {
    /// From the newest back to the first.
    Whole(Transcript),
    /// The list did not lead to its beginning, so nobody knows where these stand in the conversation.
    Circle(Said),
}

/// Reads a session's messages, in pages from the newest back to the first.
pub async fn messages(reads: &Reads, session: &SessionId) -> Result<Messages, ReadError> {
    // A conversation has hundreds of messages at the most; a cursor that never ends is a fault.
    const MOST_PAGES: usize = 1_000;
    let size = reads.page_size(Key::ChatMessages);
    let (mut newest_first, mut as_of) = (Vec::new(), None);
    let mut known: HashSet<MessageId> = HashSet::new();
    let mut before: Option<MessageId> = None;
    let mut whole = false;
    for _ in 0..MOST_PAGES {
        let page = reads.messages(session, before.as_ref(), size).await?;
        as_of.get_or_insert(page.received_at);
        before = page.rows.last().and_then(|row| row.value.id.clone());
        let ended = page.last_page || page.rows.is_empty();
        let had = newest_first.len();
        let mut is_new = |id: &Option<MessageId>| id.clone().is_none_or(|id| known.insert(id));
        newest_first.extend(page.rows.into_iter().filter(|row| is_new(&row.value.id)));
        whole = ended;
        // A page of nothing new leads nowhere, and neither does a message without an id.
        if ended || newest_first.len() == had || before.is_none() {
            break;
        }
    }
    let mut messages: Vec<_> = newest_first.into_iter().rev().collect();
    for (position, message) in (0..).zip(&mut messages) {
        message.value.position = position;
    }
    let (session, at) = (session.clone(), as_of.unwrap_or_default());
    Ok(match whole {
        true => Messages::Whole(Transcript { session, messages, complete: true, as_of: at }),
        false => Messages::Circle(Said { session, messages, at }),
    })
}

/// Every message of ours has its last tick; those of the callee and the system have none to wait for.
pub fn is_ticked(transcript: &Transcript) -> bool {
    transcript.messages.iter().all(|Seen { value: message, .. }| {
        matches!(message.sender.as_deref(), Some("user" | "system"))
            || message.status.as_deref() == Some("read")
    })
}

fn answer<T>(page: &Page<T>, id: impl Fn(&T) -> &str, settled: impl Fn(&T) -> bool) -> Answer {
    let ids: Vec<IdHash> = page.rows.iter().map(|row| IdHash::of(id(&row.value))).collect();
    Answer {
        page: page.page,
        page_size: page.page_size,
        total: page.total,
        hash: page.hash,
        same: page.same,
        last: page.last_page,
        settled: page.rows.iter().all(|row| settled(&row.value)),
        skipped: !page.skipped.is_empty() || page.windowed,
        absent: page.absent,
        by_cursor: page.by_cursor,
        loops: page.loops,
        written: 0,
        ids,
    }
}

fn over(status: Option<&Status>) -> bool {
    status.is_some_and(|status| status.phase.is_over())
}

fn written(status: &Option<Status>) -> Option<&str> {
    status.as_ref().map(|status| status.written.as_str())
}

fn fingerprint(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

impl Ask {
    /// The catalogue key and the vendor's id that the ledger files this under.
    pub fn source(&self) -> (Key, &str) {
        match self {
            Self::Page { listing, .. } => (listing.key(), listing.scope()),
            Self::Transcript(session) => (Key::ChatMessages, session.as_str()),
        }
    }
    /// The workflow on whose screen it shows.
    pub fn workflow(&self) -> Option<&WorkflowId> {
        match self {
            Self::Page { listing, .. } => listing.workflow(),
            Self::Transcript(_) => None,
        }
    }
}
