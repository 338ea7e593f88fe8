//! What a window subscribes to, and the frames that it gets.
//!
//! One channel per window carries the frames of all its subscriptions. A [`Frame::Delta`] applies only
//! when its `from` is the window's own `seq` of that subscription; otherwise the window asks for a new
//! snapshot with `resync`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    dto::{EvidenceDto, Ms, RowDto, ShareDto},
    filtering::FilterFault,
    setup::dto::NextStep,
};

/// A window never holds more rows of a list than this.
pub const MAX_ROWS: u32 = 500;

/// What a view wants to see. `scope` is a row id (`account/…`) where the list belongs to one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Query {
    pub list: ListName,
    /// Only this account; all of them when absent.
    pub account: Option<String>,
    /// The row id of the workflow, call or session that the list belongs to.
    pub scope: Option<String>,
    /// As a person writes it: words, and tests of the list's fields (`status:running reached<20%`), all of
    /// which must hold; case is ignored. One that cannot be read is answered with a [`FilterFault`].
    pub filter: String,
    pub sort: Option<Sort>,
    /// Of calls and sessions: labels, slots and variables that the rows are to have, as `slot:amount`.
    pub named: Vec<String>,
    /// Index of the first row wanted.
    pub anchor: u32,
    /// How many; capped at 500.
    pub count: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ListName {
    /// All workflows. Sorts: `status` (need of attention first), `name`, `progress`, `reached`, `talk`, `started`.
    Workflows,
    /// One row: the workflow named by `scope`.
    Workflow,
    /// Nodes of the workflow `scope`, in the vendor's order.
    Nodes,
    /// Outbound tasks of the workflow `scope`.
    Tasks,
    /// WhatsApp messages of the workflow `scope`.
    Waba,
    /// One row: the WhatsApp message named by `scope`.
    WabaMessage,
    /// What became of the WhatsApp messages of the workflow `scope`: of all, then by template and by
    /// node where there is more than one.
    WabaFunnel,
    /// Everything of the person that the record `scope` (`account/call/id`, `account/session/id`,
    /// `account/waba/id`) belongs to, newest first. Facets: how much there is of each kind.
    Person,
    /// Calls of the workflow `scope` or, without one, all. Sorts: `called`, `talk`, `round`, `result`, `intention`.
    Calls,
    /// One row: the call named by `scope`.
    Call,
    /// Sessions of the workflow `scope` or, without one, all. Sorts: `started`, `rounds`, `reason`. The
    /// words `from:workflow` and `from:chatbot` of the filter ask for one origin.
    Sessions,
    /// One row: the session named by `scope`.
    Session,
    /// Messages of the session `scope`, oldest first.
    Messages,
    /// History of the workflow `scope`, newest first.
    Timeline,
    /// All actions, newest first.
    Journal,
    /// Calling tasks and plans. Words of the filter: `line:collection` (`telemarketing`, `info_check`,
    /// `other`), `status:running`. Sorts: `status` (need of attention first), `name`, `kind`,
    /// `progress`, `total`, `connected`, `started`. Facets: `all` and each line, whatever line the
    /// filter asks for.
    Dialling,
    /// One row: the calling task named by `scope`.
    CallingTask,
    /// One row: the plan named by `scope`.
    Plan,
    /// Rounds of the plan `scope`, the first one first.
    Rounds,
    /// One row: the round named by `scope`.
    Round,
    /// Calls of the calling task named by `scope`, which may be one round of a plan. Sorts as `calls`.
    TaskCalls,
    /// Warnings that hold: the worse first, then the newest; those that are put off last.
    Alerts,
    /// What was said in conversations and calls and has the words of `filter`, newest first. Facets,
    /// while not all that is stored can be found yet: `looked` through so many rows, `of` so many.
    ///
    /// With a session as `scope`: its messages that have the text as it stands, oldest first, or, where
    /// none has, those that have its words (the facet `words` says so).
    Spoken,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sort {
    pub key: String,
    pub descending: bool,
}

/// A message to the window.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "frame")]
pub enum Frame {
    Snapshot(Snapshot),
    Delta(Delta),
    Health(Box<Health>),
    /// A subscription that could not be answered, with the reason where the user looks.
    Failed {
        sub: u32,
        error: UiError,
    },
    /// The desktop leads here: `wheelhouse://…`, from a notification, another program or a second
    /// start. Whoever wrote it is not known: it may open a screen and nothing else.
    Open {
        link: String,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Snapshot {
    pub sub: u32,
    pub seq: i64,
    /// Rows that match, of which `rows` are a window.
    pub total: i64,
    pub anchor: u32,
    pub rows: Vec<RowDto>,
    /// Counts over all that match, where the list has them (Watch: workflows by phase).
    pub facets: Vec<ShareDto>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Delta {
    pub sub: u32,
    pub from: i64,
    pub to: i64,
    pub total: i64,
    /// The ids of the window in order, when it changed; ids that left are not in it.
    pub order: Option<Vec<String>>,
    /// Rows that are new or changed.
    pub upserts: Vec<RowDto>,
    pub facets: Vec<ShareDto>,
}

/// What is warned of, in numbers.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AlertsHealth {
    /// When it was judged last; `null`: not yet.
    pub judged_at: Option<Ms>,
    /// Those that hold and are not put off.
    pub holding: u32,
    pub snoozed: u32,
    /// Why the last judgement failed.
    pub error: Option<UiError>,
    /// Why the desktop is told of none; `null` also where nobody tells it.
    pub silent: Option<SilentDto>,
    /// A person wants the desktop to be told of none until then; `null`: not muted.
    pub muted_until: Option<Ms>,
}

/// Why there are no notifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "why", content = "detail")]
pub enum SilentDto {
    /// The desktop has no bus on which it could be told anything.
    NoBus,
    /// Nothing on the desktop shows notifications.
    NobodyShows,
    Failed(String),
}

/// How the reading of each account goes: the freshness ledger.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Health {
    pub now: Ms,
    pub accounts: Vec<AccountHealth>,
    pub receiver: ReceiverHealth,
    pub alerts: AlertsHealth,
    pub retention: RetentionHealth,
}

/// How old rows were thrown away the last time.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct RetentionHealth {
    /// `null`: not yet in this run.
    pub at: Option<Ms>,
    /// Bodies of received messages that went.
    pub bodies: i64,
    /// Points of curves that went.
    pub points: i64,
    /// Why not all of it went.
    pub error: Option<UiError>,
    /// Bodies go after this many days,
    pub body_days: u32,
    /// and beyond this many bytes on the disk, the oldest first.
    pub body_bytes: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AccountHealth {
    pub account: String,
    pub state: LinkState,
    /// Since when this state holds.
    pub since: Ms,
    /// Why, when the state is not `live` or `starting`.
    pub error: Option<UiError>,
    pub next_try: Option<Ms>,
    /// Requests sent in the last 60 s.
    pub requests_last_minute: u32,
    /// Requests per second that this account may send.
    pub budget_per_s: f64,
    pub sources: Vec<SourceHealth>,
    /// Everything that the API lists has been read once.
    pub caught_up: bool,
    /// How far the reading is behind, by kind, of what runs or is on screen.
    pub lag: Vec<LagDto>,
    /// How records came to differ from those before, the newest first.
    pub shape_changes: Vec<ShapeChangeDto>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct LagDto {
    /// Of the catalogue.
    pub key: String,
    /// Of the pages where rows may still change, the reading that is longest ago.
    pub oldest_at: Option<Ms>,
    /// Pages that were never read.
    pub unread: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ShapeChangeDto {
    /// The catalogue's key.
    pub source: String,
    /// A JSON pointer in which `*` stands for every element of a list.
    pub field: String,
    pub differs: DiffersDto,
    /// Words for types; empty where the field was not there, or is not any more.
    pub was: String,
    pub now: String,
    pub at: Ms,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiffersDto {
    New,
    Lacks,
    OtherType,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Nothing was asked yet.
    Starting,
    Live,
    /// The last answer is older than it should be.
    Late,
    /// The vendor refuses the key.
    SignInFailed,
    /// No connection.
    Unreachable,
    /// The vendor answers with errors.
    Failing,
    /// The contract profile allows no listing: only webhooks, files and look-ups bring data.
    NotAsked,
}

/// One source call of what is on screen.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct SourceHealth {
    /// The catalogue's key: `workflow.list`.
    pub key: String,
    /// The row id of the workflow or session that it was asked for, if for one.
    pub scope: Option<String>,
    pub evidence: EvidenceDto,
    /// When the last good answer was received.
    pub answered_at: Option<Ms>,
    pub error: Option<UiError>,
    /// Asked again at.
    pub next_try: Option<Ms>,
    /// Never asked: the path is a guess and the profile does not allow guesses.
    pub not_asked: bool,
    /// What the last whole reading saw that does not fit together.
    pub oddity: Option<OddityDto>,
}

/// Why a list removes nothing although it was read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OddityDto {
    /// Rows stand on more than one page.
    RowsRepeat,
    /// The count changed while the rows were read.
    TotalChanged,
    /// There are not as many rows as the vendor counts.
    TotalDiffers,
    /// Null stood where the rows should be, and no total of 0 said that there are none.
    NoList,
    /// The cursor led back to a page that was read.
    CursorLoops,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ReceiverHealth {
    /// `127.0.0.1:4321`; absent when no receiver runs.
    pub address: Option<String>,
    pub last_event_at: Option<Ms>,
    pub received: i64,
    /// Bodies kept that could not be read.
    pub unreadable: i64,
    /// Another number: the events are not as they were, and whoever shows them asks for them again.
    pub events: i64,
}

/// Something that went wrong, for a person: the text catalogue has a sentence for each `code`;
/// `message` is the English detail beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct UiError {
    pub code: ErrorCode,
    pub message: String,
    /// What the log calls this, to be quoted when asking for help.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// Of a filter that could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub filter: Option<Box<FilterFault>>,
}

/// A code exists only because the screen acts on it: other words, another way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The filter has a fault; the list stays as it was.
    Filter,
    /// Check the network; we try again.
    Unreachable,
    /// Check the certificate or the proxy; we try again.
    Tls,
    /// Check key and secret.
    SignIn,
    /// The vendor asks us to wait.
    RateLimited,
    /// The vendor has a fault of its own; we try again.
    VendorFault,
    /// The vendor says no: `message` has its words.
    VendorRefused,
    /// The answer is not what the contract says.
    UnreadableAnswer,
    /// The answer is over its limit.
    TooLarge,
    /// The path is a guess and the profile does not allow it.
    NotConfirmed,
    /// This is a look at an account that may not write.
    ReadOnly,
    /// The thing is over, or gone: nothing was sent.
    AlreadyOver,
    /// Nothing is stored under that id.
    NotFound,
    /// There is no recording.
    NoRecording,
    /// There is one, and the vendor does not hand it out any more.
    RecordingGone,
    /// What came is no audio that can be played.
    NotAudio,
    /// The recordings came as an archive, and this one could not be taken out of it.
    RecordingArchive,
    /// The local store failed: `message` says how.
    Store,
    /// A file could not be written into the folder of the downloads: `message` says why.
    NotSaved,
    /// The name of a saved view is taken.
    ViewExists,
    /// The system's dialog to print could not be opened.
    NotPrinted,
    /// The request of the window makes no sense: a fault of ours.
    BadRequest,
}

/// What the window learns when it connects.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Hello {
    pub version: String,
    /// The data is the built-in simulator's.
    pub demo: bool,
    pub accounts: Vec<AccountDto>,
    /// Numbers, names of people and case ids are pseudonyms, because the screen is shared.
    pub sharing: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AccountDto {
    pub account: String,
    pub name: String,
    /// `#rrggbb`.
    pub colour: String,
    pub base_url: String,
    /// `+08:00`: the zone of times without an offset.
    pub zone: String,
    /// Of the people called, as a person set it; the vendor does not report it.
    pub callee_zone: Option<String>,
    pub demo: bool,
    /// Numbers are shown by their last four digits.
    pub masked: bool,
    pub read_only: bool,
    /// What has to be done before the chatbot's own conversations are read; `nothing`: they are.
    pub own_sessions: NextStep,
    /// What has to be done before calling tasks, and before plans, are read; `nothing`: they are.
    pub tasks: NextStep,
    pub plans: NextStep,
}

/// What the confirm dialog shows, all from what is stored: it never waits for the network.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct BlastRadius {
    pub subject: super::dto::SubjectKind,
    pub subject_id: String,
    pub name: Option<String>,
    pub status: Option<super::dto::StatusDto>,
    /// Masked: the number concerned.
    pub callee: Option<String>,
    pub lines: Vec<BlastLine>,
    /// Why the action is not offered; `null` when it is.
    pub refusal: Option<UiError>,
    /// The evidence of the path that would be asked.
    pub evidence: EvidenceDto,
    /// On what the path was confirmed, as the profile says.
    pub confirmed: Option<String>,
    /// The request as it would be sent, without the token and with the number masked.
    pub request: String,
    /// Confirm by holding: more numbers than the threshold are concerned.
    pub hold: bool,
}

/// One line of what is left.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct BlastLine {
    pub what: BlastKind,
    /// `null`: not reported.
    pub value: Option<i64>,
    /// When the count was true.
    pub as_of: Option<Ms>,
    /// How we know that the action touches this.
    pub evidence: EvidenceDto,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BlastKind {
    /// List entries not finished.
    NumbersLeft,
    /// Calls that started and have no end yet.
    CallsRunning,
    /// WhatsApp messages not sent yet.
    WabaQueued,
    /// Sessions without an end.
    OpenChats,
    /// Rounds of a plan that are not over.
    Rounds,
}

/// What `act` takes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, TS)]
pub struct ActRequest {
    /// Made by the window when the user confirms; the same id never acts twice.
    pub action_id: String,
    pub verb: super::dto::VerbDto,
    /// The row id (`account/id`) of what the verb is aimed at: a workflow, task, plan or session.
    pub target: String,
    /// For a verb of one number: the row id of a call or a session of it.
    pub number_of: Option<NumberOf>,
    pub reason: String,
    #[serde(default)]
    pub how: super::dto::HowDto,
    /// For a trial: the target's id or name as the user typed it.
    #[serde(default)]
    pub named: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum NumberOf {
    Call(String),
    Session(String),
}

/// A recording's shape, for drawing: one pair of lanes, `buckets` long, each value 0–255.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Peaks {
    pub duration_ms: i64,
    pub sample_rate: u32,
    /// One or two lanes: left, right.
    pub lanes: Vec<Vec<u8>>,
    /// Stretches without sound on every lane, in ms from the start.
    pub silences: Vec<SilenceDto>,
    /// `audio/wav`, `audio/mpeg`.
    pub mime: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct SilenceDto {
    pub from_ms: i64,
    pub to_ms: i64,
}
