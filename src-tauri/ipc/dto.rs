//! What crosses to the web view, with its TypeScript. Numbers are masked here and nowhere later; no
//! vendor URL, token or file path is part of any of these.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    alerts::AlertRow,
    dialling::{CallingTaskDetailRow, DiallingRow, PlanDetailRow, RoundDetailRow, RoundRow},
    notices::NoticeDto,
    person::PersonRow,
    spoken::SpokenRow,
    waba::{WabaDetailRow, WabaFunnelRow},
};

/// Milliseconds since 1970 in UTC.
pub type Ms = i64;

/// A status as the vendor wrote it and our reading of it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct StatusDto {
    pub written: String,
    pub phase: PhaseDto,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum PhaseDto {
    Failed,
    Stopping,
    Running,
    Paused,
    Pending,
    Stopped,
    Finished,
    Unknown,
}

/// How we know a thing about the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceDto {
    Assumed,
    Inferred,
    Observed,
    Documented,
    Confirmed,
}

/// A share with its two sides, so that the screen can show both. The value is `num / den`; a `den` of
/// 0 has no value. A figure whose fields the vendor did not send is `null` as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct RatioDto {
    pub num: i64,
    pub den: i64,
}

/// Part of a distribution.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ShareDto {
    /// As written: an intention letter, a hang-up code.
    pub label: String,
    pub count: i64,
}

/// Where a record was last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum SourceDto {
    Api,
    Webhook,
    File,
}

/// The figures of a workflow (definitions: the insight room). All are `null` when not reported.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FiguresDto {
    /// List entries finished ÷ total, as the vendor counts them.
    pub progress: Option<RatioDto>,
    /// Numbers with at least one connected call ÷ numbers dialled.
    pub reached: Option<RatioDto>,
    /// Total talk time in ms ÷ numbers reached.
    pub talk_ms: Option<RatioDto>,
    /// Share of each result letter, over numbers reached; most frequent first.
    pub intentions: Option<Vec<ShareDto>>,
    /// Calls ÷ numbers dialled.
    pub attempts: Option<RatioDto>,
    /// Connected calls under 10 s ÷ connected calls.
    pub short_calls: Option<RatioDto>,
    /// Calls by hang-up reason as written; most frequent first.
    pub hangups: Option<Vec<ShareDto>>,
    pub calls: i64,
    pub sessions: i64,
    /// Start of the newest call.
    pub last_call_at: Option<Ms>,
}

/// One workflow, on the Watch list and as the head of its own screen.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct WorkflowRow {
    /// `account/workflow_id`: unique over all accounts.
    pub id: String,
    pub account: String,
    pub workflow_id: String,
    pub name: Option<String>,
    pub template: Option<String>,
    pub template_name: Option<String>,
    pub status: Option<StatusDto>,
    pub created_at: Option<Ms>,
    pub started_at: Option<Ms>,
    pub ended_at: Option<Ms>,
    /// List entries in all, as the vendor counts them.
    pub total: Option<i64>,
    pub finished: Option<i64>,
    pub figures: FiguresDto,
    /// Why somebody should look at it, the most urgent first.
    pub needs: Vec<NeedDto>,
    pub source: SourceDto,
    /// The newest action on this workflow, for the receipt in the row.
    pub receipt: Option<ReceiptDto>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NeedDto {
    Failed,
    StopNotSeen,
    NoCalls,
    FewReached,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct NodeRow {
    pub id: String,
    pub account: String,
    pub workflow_id: String,
    pub node_id: String,
    pub name: Option<String>,
    /// The vendor's word, as written.
    pub node_type: Option<String>,
    pub status: Option<StatusDto>,
    pub task_id: Option<String>,
    pub total: Option<i64>,
    pub finished: Option<i64>,
    pub started_at: Option<Ms>,
    pub ended_at: Option<Ms>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct TaskRow {
    pub id: String,
    pub account: String,
    pub workflow_id: String,
    pub task_id: String,
    pub name: Option<String>,
    pub node_name: Option<String>,
    pub status: Option<StatusDto>,
    pub total: Option<i64>,
    pub finished: Option<i64>,
    pub connected: Option<i64>,
    pub started_at: Option<Ms>,
    pub ended_at: Option<Ms>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct WabaRow {
    pub id: String,
    pub account: String,
    pub workflow_id: Option<String>,
    pub waba_task_id: String,
    pub msg_id: String,
    pub callee: Option<String>,
    pub case_id: Option<String>,
    pub status: Option<String>,
    pub failure_code: Option<String>,
    pub failure_reason: Option<String>,
    pub sent_at: Option<Ms>,
    pub delivered_at: Option<Ms>,
    pub read_at: Option<Ms>,
    /// When the status was true.
    pub as_of: Ms,
}

/// One call of a list.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CallRow {
    pub id: String,
    pub account: String,
    pub call_id: String,
    pub workflow_id: Option<String>,
    pub workflow_name: Option<String>,
    pub node_name: Option<String>,
    pub task_id: Option<String>,
    /// Masked as the account says.
    pub callee: Option<String>,
    pub case_id: Option<String>,
    pub round: Option<i64>,
    /// The vendor's result word.
    pub result: Option<String>,
    pub connected: Option<bool>,
    /// As written.
    pub hangup: Option<String>,
    /// The predictive dialer's meaning of that code, a key of the text catalogue (`hangup.busy`): a
    /// guess here, shown as one.
    pub hangup_guess: Option<String>,
    pub called_at: Option<Ms>,
    pub answered_at: Option<Ms>,
    pub ended_at: Option<Ms>,
    pub talk_ms: Option<i64>,
    pub turns: Option<i64>,
    pub intention: Option<String>,
    /// What the query names, where it was sent.
    pub named: BTreeMap<String, String>,
    pub has_recording: bool,
    /// It lies on this computer: it plays without a network.
    pub recording_kept: bool,
    /// Times came without an offset and were read in the account's zone.
    pub zone_assumed: bool,
    pub source: SourceDto,
}

/// An opened call.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CallDetailRow {
    pub id: String,
    pub call: CallRow,
    /// What the letter of its intention means, as the contract profile says.
    pub intention_meaning: Option<String>,
    pub labels: Vec<PairDto>,
    pub slots: Vec<PairDto>,
    pub dialogue: Vec<TurnDto>,
    /// What may be cancelled for its number.
    pub offers: Vec<OfferDto>,
    /// The newest action that one of them made.
    pub receipt: Option<ReceiptDto>,
    /// The vendor's own JSON, pretty, with the number masked and links left out.
    pub raw: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PairDto {
    pub name: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct TurnDto {
    pub role: String,
    pub text: String,
    pub start_ms: Option<i64>,
    pub end_ms: Option<i64>,
}

/// What is known of a webhook's signature: never more than what was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignatureDto {
    NotApplicable,
    Unsigned,
    Unchecked,
    Matched,
    Mismatched,
}

/// What started a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OriginDto {
    /// An outbound workflow: it names one, or a step, batch or list entry of one.
    Workflow,
    /// None is named: the chatbot's own.
    Chatbot,
}

/// One chatbot conversation of a list.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct SessionRow {
    pub id: String,
    pub account: String,
    pub session_id: String,
    pub workflow_id: Option<String>,
    pub workflow_name: Option<String>,
    pub node_name: Option<String>,
    pub channel: Option<String>,
    pub channel_id: Option<String>,
    /// Masked as the account says.
    pub callee: Option<String>,
    pub status: Option<String>,
    pub started_at: Option<Ms>,
    pub ended_at: Option<Ms>,
    /// robot, agent, error, expire, user — or as written.
    pub end_reason: Option<String>,
    pub intention: Option<String>,
    pub talk_round: Option<i64>,
    /// Messages stored; `null` when none were ever reported.
    pub messages: Option<i64>,
    /// What the query names, where it was sent.
    pub named: BTreeMap<String, String>,
    pub origin: OriginDto,
    pub signature: SignatureDto,
    pub source: SourceDto,
}

/// An opened session; its messages are a list of their own.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct SessionDetailRow {
    pub id: String,
    pub session: SessionRow,
    pub robot: Option<String>,
    pub waba_task_id: Option<String>,
    pub entry_id: Option<String>,
    pub slots: Vec<PairDto>,
    pub labels: Vec<PairDto>,
    pub variables: Vec<PairDto>,
    pub notices: Vec<NoticeDto>,
    /// What may be done to it and to what is still to come for its number.
    pub offers: Vec<OfferDto>,
    /// The newest action that one of them made.
    pub receipt: Option<ReceiptDto>,
    pub raw: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct MessageRow {
    pub id: String,
    pub account: String,
    pub session_id: String,
    /// Place in the conversation, oldest first, as the vendor's array has it.
    pub position: i64,
    pub msg_id: Option<String>,
    /// system, user, robot, agent, chatbot — or as written.
    pub sender: Option<String>,
    pub seat: Option<String>,
    pub sent_at: Option<Ms>,
    /// The time lies outside the session or before the message above it.
    pub odd_time: bool,
    /// sent, delivery, read — or as written.
    pub status: Option<String>,
    pub content: ContentDto,
    pub reply: Option<QuotedDto>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct QuotedDto {
    pub msg_id: Option<String>,
    pub sender: Option<String>,
    pub sent_at: Option<Ms>,
    pub content: ContentDto,
}

/// Every text here is plain text from outside and never markup. Media are not loaded by the web view:
/// only their kind and name cross.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum ContentDto {
    Text {
        text: String,
    },
    Media {
        media: String,
        name: Option<String>,
        host: Option<String>,
    },
    Button {
        text: String,
    },
    List {
        body: Option<String>,
        footer: Option<String>,
        button: Option<String>,
        sections: Vec<SectionDto>,
        /// The id of the row that the user chose later, where the transcript shows it.
        chosen: Option<String>,
    },
    Buttons {
        body: Option<String>,
        footer: Option<String>,
        options: Vec<ChoiceDto>,
        chosen: Option<String>,
    },
    Chosen {
        choice: ChoiceDto,
    },
    Template {
        header: Option<HeaderDto>,
        body: Option<String>,
        footer: Option<String>,
        buttons: Vec<TemplateButtonDto>,
        name: Option<String>,
        language: Option<String>,
    },
    Cards {
        cards: Vec<CardDto>,
    },
    System {
        event: String,
        from_seat: Option<String>,
        to_seat: Option<String>,
    },
    Unknown {
        json: String,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct SectionDto {
    pub title: Option<String>,
    pub rows: Vec<ChoiceDto>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ChoiceDto {
    pub id: Option<String>,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum HeaderDto {
    Text { text: String },
    Media { media: String, host: Option<String> },
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct TemplateButtonDto {
    pub kind: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CardDto {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub buttons: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VerbDto {
    StopWorkflow,
    CancelRest,
    CancelTask,
    CancelPlan,
    CancelTaskRest,
    CancelPlanRest,
    CancelContact,
    EndSession,
    CancelLeadsCall,
}

/// What an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    Workflow,
    Task,
    Plan,
    DialerTask,
    Session,
}

/// An action that a record's screen offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OfferDto {
    pub verb: VerbDto,
    /// The row id (`account/id`) of what it is aimed at; the verb says of which kind that is.
    pub target: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeDto {
    Requested,
    Accepted,
    Refused,
    Failed,
    Unknown,
    /// Nothing was sent from here: it is done in the vendor's console.
    Outside,
}

/// How an action is carried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HowDto {
    /// On a confirmed path.
    #[default]
    Send,
    /// The one request on a path that nobody confirmed.
    Trial,
    /// In the vendor's console: nothing is sent from here.
    Outside,
}

/// A receipt: what was asked, what the vendor said, what was seen afterwards. Also a journal line.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ReceiptDto {
    /// The action's id.
    pub id: String,
    pub account: String,
    pub verb: VerbDto,
    pub how: HowDto,
    pub subject: SubjectKind,
    pub subject_id: String,
    /// The subject's name at the click.
    pub name: Option<String>,
    /// The workflow in whose timeline it stands.
    pub workflow_id: Option<String>,
    /// Masked: the number concerned.
    pub callee: Option<String>,
    pub reason: String,
    pub by: String,
    pub requested_at: Ms,
    pub outcome: OutcomeDto,
    pub outcome_at: Option<Ms>,
    pub detail: Option<String>,
    pub status_before: Option<String>,
    /// When a later poll showed the effect.
    pub seen_at: Option<Ms>,
    pub status_seen: Option<String>,
    /// Calls of the target that started after the acceptance; above 0 the receipt is red.
    pub calls_since: Option<i64>,
}

/// A line of a workflow's history: the vendor's changes as we saw them and our own actions.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct TimelineRow {
    pub id: String,
    pub at: Ms,
    pub event: TimelineEvent,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum TimelineEvent {
    FirstSeen { source: SourceDto },
    WorkflowStatus { from: Option<StatusDto>, to: StatusDto, source: SourceDto },
    NodeStatus { node: String, from: Option<StatusDto>, to: StatusDto, source: SourceDto },
    Action { receipt: Box<ReceiptDto> },
}

/// A row of any list.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "list", content = "row")]
pub enum RowDto {
    Workflow(WorkflowRow),
    Node(NodeRow),
    Task(TaskRow),
    Waba(WabaRow),
    WabaDetail(WabaDetailRow),
    WabaFunnel(WabaFunnelRow),
    Person(PersonRow),
    Call(CallRow),
    CallDetail(CallDetailRow),
    Session(SessionRow),
    SessionDetail(SessionDetailRow),
    Message(MessageRow),
    Receipt(ReceiptDto),
    Timeline(TimelineRow),
    Dialling(DiallingRow),
    CallingTaskDetail(Box<CallingTaskDetailRow>),
    PlanDetail(PlanDetailRow),
    Round(RoundRow),
    RoundDetail(RoundDetailRow),
    Alert(AlertRow),
    Spoken(SpokenRow),
}

impl RowDto {
    /// The id that a window knows the row by.
    pub fn id(&self) -> &str {
        match self {
            Self::Workflow(row) => &row.id,
            Self::Node(row) => &row.id,
            Self::Task(row) => &row.id,
            Self::Waba(row) => &row.id,
            Self::WabaDetail(row) => &row.id,
            Self::WabaFunnel(row) => &row.id,
            Self::Person(row) => &row.id,
            Self::Call(row) => &row.id,
            Self::CallDetail(row) => &row.id,
            Self::Session(row) => &row.id,
            Self::SessionDetail(row) => &row.id,
            Self::Message(row) => &row.id,
            Self::Receipt(row) => &row.id,
            Self::Timeline(row) => &row.id,
            Self::Dialling(row) => &row.id,
            Self::CallingTaskDetail(row) => &row.id,
            Self::PlanDetail(row) => &row.id,
            Self::Round(row) => &row.id,
            Self::RoundDetail(row) => &row.id,
            Self::Alert(row) => &row.id,
            Self::Spoken(row) => &row.id,
        }
    }
}
