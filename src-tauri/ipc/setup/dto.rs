//! What crosses to the settings screens. No secret is part of any of these on its way out: a draft is
//! the only place that holds one, and a draft only comes in.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ipc::dto::{EvidenceDto, Ms, VerbDto};

/// The vendor's business lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineDto {
    Collection,
    Telemarketing,
    InfoCheck,
    LeadsGeneration,
    Chatbot,
    Pds,
}

/// Where secrets are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecretsIn {
    /// The keychain of the operating system.
    Keychain,
    /// No keychain was found: until the app is closed, and no longer.
    Session,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AccountSettings {
    pub account: String,
    pub name: String,
    /// `#rrggbb`.
    pub colour: String,
    pub base_url: String,
    /// The last four characters of the APPKey.
    pub key_hint: String,
    /// Key and secret are at hand in this session.
    pub has_keys: bool,
    pub secrets_in: SecretsIn,
    /// `+08:00`: of times that the vendor sends without an offset.
    pub zone: String,
    /// Of the people called; `null`: the account's counts.
    pub callee_zone: Option<String>,
    pub lines: Vec<LineDto>,
    pub masked: bool,
    pub read_only: bool,
    /// Requests a second at most.
    pub budget: f64,
    pub has_chatbot_keys: bool,
    /// The algorithm's word; `null`: not chosen, so chatbot reads wait.
    pub chatbot_sign: Option<String>,
    pub has_pds_keys: bool,
    pub documentation_url: Option<String>,
    /// Reads on guessed paths are allowed.
    pub guesses: bool,
    pub demo: bool,
}

/// What a person typed. `null` leaves what is there; an empty text takes it away.
#[derive(Clone, Deserialize, Serialize, TS)]
pub struct AccountDraft {
    /// `null`: a new account.
    pub account: Option<String>,
    pub name: String,
    pub colour: String,
    pub base_url: String,
    pub key: Option<String>,
    pub secret: Option<String>,
    pub zone: String,
    pub callee_zone: Option<String>,
    pub lines: Vec<LineDto>,
    pub masked: bool,
    pub read_only: bool,
    pub budget: f64,
    pub chatbot_key: Option<String>,
    pub chatbot_secret: Option<String>,
    pub chatbot_sign: Option<String>,
    pub pds_key: Option<String>,
    pub pds_secret: Option<String>,
    pub documentation_url: Option<String>,
    pub guesses: bool,
}

impl fmt::Debug for AccountDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountDraft").field("account", &self.account).finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepOutcome {
    Good,
    /// It works, and something should be looked at.
    Look,
    Trouble,
    /// A part is missing; what it would open is not there until then.
    NotTested,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepName {
    Address,
    SignIn,
    Zone,
    Chatbot,
    Pds,
    Keychain,
}

/// One thing that was tried before an account is kept.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct TestStep {
    pub step: StepName,
    pub outcome: StepOutcome,
    /// In the vendor's or the system's own words, where there are any.
    pub detail: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AccountTest {
    pub steps: Vec<TestStep>,
    /// The address can be asked and the sign-in was accepted.
    pub may_keep: bool,
}

/// A place in the profile's text that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ProfileFault {
    /// From 1.
    pub line: u32,
    pub key: String,
    pub sentence: String,
}

/// One thing that the profile says differently: of a proposal, or typed by hand.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, TS)]
pub struct ChangeDto {
    /// `["endpoint", "workflow.list", "path"]`.
    pub path: Vec<String>,
    /// TOML; `null`: not in the profile.
    pub from: Option<String>,
    /// TOML; `null`: taken out.
    pub to: Option<String>,
    /// `documentation page 45267515, read 2026-11-22`.
    pub source: String,
}

/// Where a value of the contract comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FromWhere {
    BuiltIn,
    Profile,
}

/// One value of the contract as it is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ContractValue {
    /// Where it stands in the profile: `["endpoint", "workflow.list", "path"]`.
    pub path: Vec<String>,
    /// As a person reads it: without quotes.
    pub value: String,
    /// As it stands in TOML.
    pub toml: String,
    pub from: FromWhere,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EndpointKind {
    Read,
    Write,
    Hook,
}

/// Whether the endpoint is asked with this account, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AskedDto {
    Asked,
    Guessed,
    Parked,
    SignUnknown,
    /// Keys of their own are needed for it, and are not entered.
    NoKeys,
    Unconfirmed,
    /// The vendor comes to us.
    Received,
    /// Known by name, not used by this version.
    NotUsed,
}

/// One endpoint of the catalogue with the profile over it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ContractRow {
    pub key: String,
    pub title: String,
    pub family: String,
    pub kind: EndpointKind,
    pub method: String,
    pub path: String,
    pub evidence: EvidenceDto,
    pub asked: AskedDto,
    /// On what evidence it is confirmed.
    pub confirmed: Option<String>,
    /// Everything that can be corrected.
    pub values: Vec<ContractValue>,
}

/// What a record's field is called here and at the vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FieldRow {
    /// `call`, `workflow`, …
    pub record: String,
    /// Our name.
    pub field: String,
    /// `id`, `text`, `integer`, `time`, `duration`, `pairs`, `list`, `status`, `word`.
    pub kind: String,
    /// Where it is looked for; empty: under its own name.
    pub pointer: Option<String>,
    pub unit: Option<String>,
    /// Of a time whose zone is not the account's: `+08:00`.
    pub zone: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ContractView {
    pub rows: Vec<ContractRow>,
    pub fields: Vec<FieldRow>,
    /// Words of the vendor with the user's reading: `["status", "workflow", "3"]` → `running`.
    pub words: Vec<ContractValue>,
    /// Consent, zone, addresses, signatures.
    pub general: Vec<ContractValue>,
    /// The whole profile, for who wants to read it.
    pub text: String,
    /// The profile on the disk cannot be used; the built-in contract is in force.
    pub fault: Option<ProfileFault>,
}

/// What a profile's text would change, or why it cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ProfilePreview {
    pub changes: Vec<ChangeDto>,
    pub fault: Option<ProfileFault>,
}

/// What would become of the profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChangePreview {
    pub fault: Option<ProfileFault>,
    /// Field maps among the changes that would find nothing in any stored record.
    pub empty_fields: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "from", content = "what")]
pub enum DocumentationSource {
    /// The documentation address of the profile.
    Address,
    /// Files or a folder on this computer.
    Files(Vec<String>),
    /// A page, or an OpenAPI export, as text.
    Pasted(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReadProgress {
    pub done: u32,
    pub all: Option<u32>,
}

/// One endpoint that pages were found for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ProposedKey {
    /// A key of the catalogue, `record.call`, `status.workflow`.
    pub key: String,
    pub title: String,
    pub kind: EndpointKind,
    pub changes: Vec<ChangeDto>,
    pub notes: Vec<String>,
}

/// A page that could be several endpoints, or an endpoint that has several pages: nothing is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AmbiguousPage {
    pub title: String,
    pub address: String,
    pub candidates: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct UnmatchedPage {
    pub title: String,
    pub address: String,
    pub why: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ProposalDto {
    pub pages: u32,
    pub keys: Vec<ProposedKey>,
    pub ambiguous: Vec<AmbiguousPage>,
    pub unmatched: Vec<UnmatchedPage>,
    pub notes: Vec<String>,
}

/// What to do about a row of the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    Nothing,
    /// See to the network or the proxy.
    Network,
    /// See to the certificate, or to a proxy that opens TLS.
    Certificate,
    /// Set this computer's clock.
    Clock,
    /// Check key and secret.
    Keys,
    /// Set the account's zone.
    Zone,
    /// Import the vendor's documentation, or correct the path.
    Path,
    /// Allow reads on guessed paths, or confirm this one.
    Consent,
    /// Say in the settings that the account has this business line.
    Line,
    /// Choose how chatbot requests are signed.
    Sign,
    /// Map the fields by click: the answer was not understood.
    Map,
    /// Ask later: the vendor has a fault or asks for fewer requests.
    Later,
    /// There is nothing yet that it could be asked with: start a workflow first.
    NoExample,
    /// Ask the AI Rudder contact: the account may lack this right.
    AskVendor,
}

/// One row of the check, in the order in which things are tried.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CheckRow {
    /// `dns`, `tls`, `proxy`, `clock`, `cloud.auth`, `zone`, or an endpoint's key.
    pub key: String,
    pub evidence: Option<EvidenceDto>,
    pub outcome: StepOutcome,
    /// The HTTP status of the answer.
    pub http: Option<u16>,
    /// Rows read, of those in the answer.
    pub parsed: Option<bool>,
    pub rows: Option<u32>,
    /// Fields of the answer that we have no use for.
    pub unknown: Vec<String>,
    pub ms: Option<u32>,
    pub next: NextStep,
    pub detail: Option<String>,
}

/// The vendor's own JSON of one record and what we make of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RawView {
    /// Pretty, numbers masked, links left out.
    pub json: String,
    pub record: String,
    pub leaves: Vec<RawLeaf>,
    /// Our fields that this record could fill.
    pub fields: Vec<FieldRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RawLeaf {
    /// JSON pointer.
    pub pointer: String,
    /// Masked, cut at 200 characters.
    pub value: String,
    /// Our field that it fills.
    pub used_as: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, TS)]
pub struct MappingDraft {
    pub record: String,
    pub field: String,
    pub pointer: String,
    /// `ms`, `s`, `min` for durations.
    pub unit: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MappingPreview {
    /// Stored records that were looked at.
    pub looked_at: u32,
    /// Of those, the ones in which the pointer leads to a value that can be used.
    pub filled: u32,
    /// Before → after, of a few records.
    pub samples: Vec<MappingSample>,
    pub changes: Vec<ChangeDto>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MappingSample {
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    Workflow,
    Task,
    CallingTask,
    Plan,
    Call,
    Session,
    Number,
    Case,
    Message,
}

/// Something that a pasted id is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FoundThing {
    pub kind: FoundKind,
    pub account: String,
    /// The row id to open; `null` where it has no screen of its own.
    pub id: Option<String>,
    pub workflow: Option<String>,
    pub title: String,
    /// From the vendor's answer just now, not from the store.
    pub asked: bool,
}

/// What else it could be, and what would have to be known to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NotFoundYet {
    pub kind: FoundKind,
    pub key: String,
    pub next: NextStep,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FoundView {
    pub things: Vec<FoundThing>,
    pub would_need: Vec<NotFoundYet>,
}

/// A first write on a path that nobody confirmed, on what the user names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TrialView {
    pub verb: VerbDto,
    pub evidence: EvidenceDto,
    /// Method, path and body as they would be sent, without the token.
    pub request: String,
    /// A trial was made before; once per account and verb.
    pub made: bool,
    /// Its effect was seen afterwards: the path can be confirmed.
    pub seen: bool,
    pub outcome: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignatureMode {
    RecordOnly,
    Enforce,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EventState {
    Waiting,
    Merged,
    Kept,
    Quarantined,
    Unreadable,
}

/// The newest event of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EventKindRow {
    /// The catalogue's key: `hook.chat_ended`; `unknown` for JSON of no known kind.
    pub key: String,
    pub title: String,
    pub evidence: EvidenceDto,
    pub count: i64,
    pub last_at: Option<Ms>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EventRow {
    pub id: i64,
    pub at: Ms,
    pub key: String,
    pub state: EventState,
    pub signed: bool,
    pub why: Option<String>,
    /// Pretty, masked.
    pub raw: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct WebhooksView {
    /// Where the receiver listens; `null`: it does not run.
    pub address: Option<String>,
    pub bind: String,
    pub port: u16,
    /// The secret segment is part of it: the user needs it, to hand it to the vendor.
    pub path: String,
    pub running: bool,
    pub trouble: Option<String>,
    pub mode: SignatureMode,
    pub matches: i64,
    pub mismatches: i64,
    /// Enough matches were seen to offer `enforce`.
    pub may_enforce: bool,
    pub aes: Option<String>,
    pub folder: Option<String>,
    pub relay_url: Option<String>,
    pub relay_trouble: Option<String>,
    pub kinds: Vec<EventKindRow>,
    pub quarantined: i64,
    pub unreadable: i64,
    /// For the AI Rudder contact.
    pub message_en: String,
    pub message_zh: String,
}

/// `null` leaves what is there; an empty text takes it away.
#[derive(Clone, Deserialize, Serialize, TS)]
pub struct WebhooksDraft {
    pub account: String,
    pub receive: bool,
    pub bind: String,
    pub port: u16,
    pub new_path: bool,
    pub mode: SignatureMode,
    /// `aes-256-cbc`, …; empty: bodies are not encrypted.
    pub aes: Option<String>,
    pub aes_key: Option<String>,
    pub aes_field: Option<String>,
    pub folder: Option<String>,
    pub relay_url: Option<String>,
    pub relay_token: Option<String>,
}

impl fmt::Debug for WebhooksDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhooksDraft").field("account", &self.account).finish_non_exhaustive()
    }
}
