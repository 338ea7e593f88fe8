//! What goes into the store and what comes out of it.

use crate::domain::{
    action::Action,
    call::Call,
    chat::{Message, Said, Session, Signature, Tick, Transcript},
    ids::{AccountId, CallId, Callee, MessageId, SessionId, TaskId, WabaTaskId, WorkflowId},
    shape::ShapeChange,
    status::Status,
    task::{CallingTask, Plan, Round},
    time::Timestamp,
    waba::{WabaMessage, WabaTask},
    workflow::{Need, Node, OutboundTask, Seen, Source, Workflow},
};

/// Number of a change: grows with every commit that changed something, never with a clock.
pub type Seq = i64;

/// The key of something that changed. Its content is read from the store, so it is never stale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub seq: Seq,
    pub account: AccountId,
    pub kind: Kind,
    /// The vendor's id; of a message `<session>#<position>`, see [`message_key`].
    pub id: String,
    pub op: Op,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Workflow,
    Node,
    Task,
    Call,
    Session,
    Message,
    WabaTask,
    /// A WhatsApp template message.
    Waba,
    Action,
    Account,
    /// A received event, by its number in the inbox.
    Event,
    CallingTask,
    Plan,
    /// One round of a plan.
    Round,
    /// A warning, by its number.
    Alert,
}

impl Kind {
    pub const ALL: [Self; 15] = [
        Self::Workflow,
        Self::Node,
        Self::Task,
        Self::Call,
        Self::Session,
        Self::Message,
        Self::WabaTask,
        Self::Waba,
        Self::Action,
        Self::Account,
        Self::Event,
        Self::CallingTask,
        Self::Plan,
        Self::Round,
        Self::Alert,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Workflow => "workflows",
            Self::Node => "nodes",
            Self::Task => "tasks",
            Self::Call => "calls",
            Self::Session => "sessions",
            Self::Message => "messages",
            Self::WabaTask => "waba_tasks",
            Self::Waba => "waba",
            Self::Action => "actions",
            Self::Account => "accounts",
            Self::Event => "events",
            Self::CallingTask => "calling_tasks",
            Self::Plan => "plans",
            Self::Round => "rounds",
            Self::Alert => "alerts",
        }
    }

    /// The number that stands for it in `changes`: its place in [`Kind::ALL`].
    pub(super) fn code(self) -> i64 {
        self as i64
    }

    pub(super) fn of(code: i64) -> Option<Self> {
        usize::try_from(code).ok().and_then(|at| Self::ALL.get(at).copied())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Upsert,
    Remove,
}

/// The id of a message in the change log.
pub fn message_key(session: &SessionId, position: i64) -> String {
    format!("{session}#{position}")
}

/// The session and position of a message's id in the change log.
pub fn message_of_key(key: &str) -> Option<(SessionId, i64)> {
    // A session id is text from outside and may hold a `#` itself; a position holds none.
    let (session, position) = key.rsplit_once('#')?;
    Some((SessionId::new(session), position.parse().ok()?))
}

/// An account as far as the store has to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAccount {
    pub id: AccountId,
    pub name: String,
    pub base_url: String,
}

/// What one answer (or one drained event) brought.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub workflows: Vec<Seen<Workflow>>,
    /// In the vendor's order.
    pub nodes: Vec<Seen<Node>>,
    pub tasks: Vec<Seen<OutboundTask>>,
    pub calls: Vec<Seen<Call>>,
    pub sessions: Vec<Seen<Session>>,
    pub transcripts: Vec<Transcript>,
    /// Messages that events brought one by one.
    pub said: Vec<Said>,
    /// After the messages: a tick of one that has not come yet waits for it.
    pub ticks: Vec<Tick>,
    pub waba_tasks: Vec<Seen<WabaTask>>,
    pub waba_messages: Vec<Seen<WabaMessage>>,
    pub calling_tasks: Vec<Seen<CallingTask>>,
    pub plans: Vec<Seen<Plan>>,
    pub rounds: Vec<Seen<Round>>,
    /// Kind and id of what a complete, error-free listing no longer has.
    pub removals: Vec<(Kind, String)>,
    pub marks: Vec<SourceMark>,
    pub shapes: Vec<ShapeMark>,
    pub drained: Vec<InboxDone>,
}

/// What the records of a source are made of by now, and how that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeMark {
    /// The catalogue's key.
    pub key: String,
    /// Whatever says it to those who wrote it.
    pub shape: String,
    pub changes: Vec<ShapeChange>,
}

/// What a batch did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The newest change after it.
    pub seq: Seq,
    /// Rows whose content differed.
    pub written: usize,
    /// Rows removed, dependants included.
    pub removed: usize,
}

/// How far one source was read: lets a restart go on instead of reading everything again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMark {
    /// The catalogue's key.
    pub key: String,
    /// The workflow, task or session id that it was asked for, or nothing.
    pub scope: String,
    pub answered_at: Timestamp,
    /// What stood for the source's content elsewhere (status and counts) when it was read.
    pub fingerprint: i64,
    pub total: Option<i64>,
    pub complete: bool,
}

/// A window of a list: `rows` of `total`.
#[derive(Clone, Debug, PartialEq)]
pub struct Window<T> {
    pub total: i64,
    pub rows: Vec<T>,
}

impl<T> Default for Window<T> {
    fn default() -> Self {
        Self { total: 0, rows: Vec::new() }
    }
}

/// Which window of which list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListAsk {
    pub account: Option<AccountId>,
    pub workflow: Option<(AccountId, WorkflowId)>,
    /// Of calls: those of one calling task.
    pub task: Option<(AccountId, TaskId)>,
    /// As a person wrote it, see [`crate::domain::filter`]; case of ASCII letters is ignored.
    pub filter: String,
    /// What ages are counted back from.
    pub now: Timestamp,
    /// Key and whether descending. An unknown key is the default order.
    pub sort: Option<(String, bool)>,
    /// Of calls and sessions: with the details, which have to be unpacked.
    pub detailed: bool,
    pub anchor: u32,
    pub count: u32,
}

/// Whose calls are counted.
#[derive(Clone, Copy, Debug)]
pub enum CallsOf<'a> {
    Workflow(&'a WorkflowId),
    /// Of tasks outside workflows.
    Tasks(&'a [TaskId]),
    /// Of a task of the predictive dialer, to which a workflow may have handed them.
    Dialer(&'a TaskId),
}

pub type WorkflowAsk = ListAsk;
pub type CallAsk = ListAsk;

/// Which window of the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionAsk {
    pub account: Option<AccountId>,
    pub workflow: Option<(AccountId, WorkflowId)>,
    pub anchor: u32,
    pub count: u32,
}

/// A person is named by a record that belongs to them, so that no number stands in an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonOf {
    Call(CallId),
    Session(SessionId),
    Waba(MessageId),
}

/// All that is stored of one person: the newest rows of each kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoredPerson {
    /// One spelling of each.
    pub numbers: Vec<Callee>,
    pub case_id: Option<String>,
    /// So many numbers share the case that it names no person: it was not followed.
    pub crowded: bool,
    pub calls: Window<StoredCall>,
    pub sessions: Window<StoredSession>,
    pub messages: Window<WabaMessage>,
}

/// Stored template messages of one batch that ended alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WabaTally {
    pub task: WabaTaskId,
    pub status: Option<String>,
    pub failure_code: Option<String>,
    pub failure_reason: Option<String>,
    pub messages: i64,
    /// Those of them with a time of being sent, delivered, read.
    pub sent: i64,
    pub delivered: i64,
    pub read: i64,
}

/// A record with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored<T> {
    pub account: AccountId,
    pub value: T,
    pub source: Source,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StoredWorkflow {
    pub account: AccountId,
    pub workflow: Workflow,
    pub source: Source,
    pub tally: Tally,
    pub sessions: i64,
    /// Why somebody should look at it, the most urgent first; told by a list of workflows only, which knows
    /// what the time is.
    pub needs: Vec<Need>,
    /// The newest action on the workflow or on a number of it.
    pub receipt: Option<Action>,
}

/// A row of the list of what is dialled outside workflows.
#[derive(Clone, Debug, PartialEq)]
pub enum StoredDialling {
    Task(Stored<CallingTask>),
    Plan(Stored<Plan>),
}

/// The figures of a workflow's calls, kept as the calls change and never counted when asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub calls: i64,
    pub connected_calls: i64,
    /// Connected calls with a talk time under 10 s.
    pub short_calls: i64,
    /// Sum over all calls that reported a talk time.
    pub talk_ms: i64,
    /// Distinct numbers.
    pub dialled: i64,
    /// Numbers with at least one connected call.
    pub reached: i64,
    /// Some call said whether it connected.
    pub connected_reported: bool,
    /// Some call said how long it talked.
    pub talk_reported: bool,
    pub last_call_at: Option<Timestamp>,
    /// Per number reached: the intention of its latest connected call, where that has one. Most
    /// frequent first.
    pub intentions: Vec<(String, i64)>,
    /// Calls by hang-up code as written, most frequent first.
    pub hangups: Vec<(String, i64)>,
}

/// A call in a list. `call.detail` is empty there; `call.recording`, which is not for a list, is an
/// empty text where there is a recording. [`StoredCallDetail`] has both.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredCall {
    pub account: AccountId,
    pub call: Call,
    pub source: Source,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StoredCallDetail {
    pub account: AccountId,
    pub call: Call,
    pub source: Source,
    pub raw: String,
}

/// A session in a list: `session.detail` is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSession {
    pub account: AccountId,
    pub session: Session,
    pub source: Source,
    /// Messages stored; `None` when none were ever reported, 0 when an empty array was.
    pub messages: Option<i64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StoredSessionDetail {
    pub account: AccountId,
    pub session: Session,
    pub source: Source,
    pub messages: Option<i64>,
    pub raw: String,
}

/// A record's own JSON, with what stood around it when it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct RawRow {
    /// Its number in its table, by which reading goes on.
    pub n: i64,
    /// The vendor's id; of a message, that of its session.
    pub id: String,
    pub workflow: Option<WorkflowId>,
    /// The task of a call or of a template message, the plan of a round.
    pub parent: Option<String>,
    /// The place of a message in its session, of a node in its workflow.
    pub position: i64,
    /// Not kept for calls and messages.
    pub as_of: Timestamp,
    pub source: Source,
    pub raw: String,
}

/// A line of a workflow's history.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineEntry {
    pub id: i64,
    pub at: Timestamp,
    pub source: Source,
    pub what: TimelineWhat,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TimelineWhat {
    FirstSeen,
    WorkflowStatus {
        from: Option<Status>,
        to: Status,
    },
    /// `node`: its name, or its id where it has none.
    NodeStatus {
        node: String,
        from: Option<Status>,
        to: Status,
    },
}

/// A webhook's or file's body to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    pub account: AccountId,
    pub at: Timestamp,
    /// [`Source::Webhook`] or [`Source::File`].
    pub source: Source,
    pub path: String,
    /// The header as it came.
    pub signature: Option<String>,
    /// What is known of it.
    pub verdict: Signature,
    /// A body whose signature does not match may not be merged.
    pub enforced: bool,
    /// Why an encrypted body could not be opened: it is then kept as it came, and not drained.
    pub sealed: Option<String>,
    pub body: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    New(i64),
    /// The same account received the same bytes before.
    Duplicate,
}

/// A body that waits to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct InboxItem {
    pub id: i64,
    pub account: AccountId,
    pub at: Timestamp,
    pub source: Source,
    pub verdict: Signature,
    pub enforced: bool,
    pub body: Vec<u8>,
}

/// What became of a received body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventState {
    /// Received, not yet looked at.
    Waiting,
    /// What it says is in the store.
    Merged,
    /// Its signature does not match: never merged, never thrown away.
    Quarantined,
    /// Nothing in it could be merged.
    Kept,
    /// No JSON object, or encrypted and not opened.
    Unreadable,
}

impl EventState {
    pub const ALL: [Self; 5] =
        [Self::Waiting, Self::Merged, Self::Quarantined, Self::Kept, Self::Unreadable];

    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Merged => "merged",
            Self::Quarantined => "quarantined",
            Self::Kept => "kept",
            Self::Unreadable => "unreadable",
        }
    }

    /// The number that stands for it in `inbox`: its place in [`EventState::ALL`].
    pub(super) fn code(self) -> i64 {
        self as i64
    }

    pub(super) fn of(code: i64) -> Self {
        let at = usize::try_from(code).ok();
        at.and_then(|at| Self::ALL.get(at).copied()).unwrap_or(Self::Waiting)
    }
}

/// A body that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxDone {
    pub id: i64,
    /// The catalogue's key of the event (`hook.chat_ended`), or `unknown`, or `unreadable`.
    pub kind: String,
    pub state: EventState,
    /// Why it was not merged, where it was not.
    pub note: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InboxState {
    pub received: i64,
    /// Bodies kept that could not be read.
    pub unreadable: i64,
    pub last_event_at: Option<Timestamp>,
}

/// What was ever received of one kind of event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventTally {
    /// As in [`InboxDone::kind`].
    pub kind: String,
    pub received: i64,
    pub quarantined: i64,
    pub unreadable: i64,
    pub last_at: Option<Timestamp>,
}

/// Which received events: the newest first, before the number `before`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventAsk {
    pub account: AccountId,
    pub kind: Option<String>,
    pub state: Option<EventState>,
    pub before: Option<i64>,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StoredEvent {
    pub id: i64,
    pub at: Timestamp,
    pub source: Source,
    /// The file's name, or where it was received (never the secret segment).
    pub path: String,
    pub verdict: Signature,
    /// `None` while it waits.
    pub kind: Option<String>,
    pub state: EventState,
    pub note: Option<String>,
    /// As received or, of an encrypted one that could be opened, as opened.
    pub body: Vec<u8>,
}

/// A received body on its way to another store.
#[derive(Clone, Debug, PartialEq)]
pub struct Forwarded {
    pub id: i64,
    pub at: Timestamp,
    pub signature: Option<String>,
    pub body: Vec<u8>,
}

/// Signatures compared since the algorithm was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignatureTally {
    pub matched: i64,
    pub mismatched: i64,
}

/// A row on its way out of the app.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportRow {
    Workflow(Box<StoredWorkflow>),
    Node(Stored<Node>),
    Task(Stored<OutboundTask>),
    Call(Box<StoredCall>),
    Session(Box<StoredSession>),
    Message { account: AccountId, session: SessionId, message: Box<Message> },
    WabaTask(Stored<WabaTask>),
    Waba(Stored<WabaMessage>),
    CallingTask(Stored<CallingTask>),
    Plan(Stored<Plan>),
    Action(Box<Action>),
}

/// Where an export goes on.
pub type ExportKey = i64;

/// Something that a pasted text is the id of, or that belongs to a pasted number or case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRow {
    pub kind: Kind,
    pub account: AccountId,
    pub id: String,
    pub workflow: Option<String>,
    /// A name, a result, a status: what tells it from others of its kind.
    pub title: Option<String>,
}

/// One record as the vendor sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRecord {
    pub raw: String,
    /// In full: it is masked on its way out.
    pub callee: Option<Callee>,
}
