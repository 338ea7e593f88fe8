// Generated from src-tauri/ipc by `cargo xtask bind`.

/**
 * What a warning is about, by its row id where it is not the account.
 */
export type AboutDto = { "kind": "account" } | { "kind": "workflow", "id": string } | { "kind": "session", "id": string };

/**
 * What a person typed. `null` leaves what is there; an empty text takes it away.
 */
export type AccountDraft = { 
/**
 * `null`: a new account.
 */
account: string | null, name: string, colour: string, base_url: string, key: string | null, secret: string | null, zone: string, callee_zone: string | null, lines: Array<LineDto>, masked: boolean, read_only: boolean, budget: number, chatbot_key: string | null, chatbot_secret: string | null, chatbot_sign: string | null, pds_key: string | null, pds_secret: string | null, documentation_url: string | null, guesses: boolean, };

export type AccountDto = { account: string, name: string, 
/**
 * `#rrggbb`.
 */
colour: string, base_url: string, 
/**
 * `+08:00`: the zone of times without an offset.
 */
zone: string, 
/**
 * Of the people called, as a person set it; the vendor does not report it.
 */
callee_zone: string | null, demo: boolean, 
/**
 * Numbers are shown by their last four digits.
 */
masked: boolean, read_only: boolean, 
/**
 * What has to be done before the chatbot's own conversations are read; `nothing`: they are.
 */
own_sessions: NextStep, 
/**
 * What has to be done before calling tasks, and before plans, are read; `nothing`: they are.
 */
tasks: NextStep, plans: NextStep, };

export type AccountHealth = { account: string, state: LinkState, 
/**
 * Since when this state holds.
 */
since: number, 
/**
 * Why, when the state is not `live` or `starting`.
 */
error: UiError | null, next_try: number | null, 
/**
 * Requests sent in the last 60 s.
 */
requests_last_minute: number, 
/**
 * Requests per second that this account may send.
 */
budget_per_s: number, sources: Array<SourceHealth>, 
/**
 * Everything that the API lists has been read once.
 */
caught_up: boolean, 
/**
 * How far the reading is behind, by kind, of what runs or is on screen.
 */
lag: Array<LagDto>, 
/**
 * How records came to differ from those before, the newest first.
 */
shape_changes: Array<ShapeChangeDto>, };

export type AccountSettings = { account: string, name: string, 
/**
 * `#rrggbb`.
 */
colour: string, base_url: string, 
/**
 * The last four characters of the APPKey.
 */
key_hint: string, 
/**
 * Key and secret are at hand in this session.
 */
has_keys: boolean, secrets_in: SecretsIn, 
/**
 * `+08:00`: of times that the vendor sends without an offset.
 */
zone: string, 
/**
 * Of the people called; `null`: the account's counts.
 */
callee_zone: string | null, lines: Array<LineDto>, masked: boolean, read_only: boolean, 
/**
 * Requests a second at most.
 */
budget: number, has_chatbot_keys: boolean, 
/**
 * The algorithm's word; `null`: not chosen, so chatbot reads wait.
 */
chatbot_sign: string | null, has_pds_keys: boolean, documentation_url: string | null, 
/**
 * Reads on guessed paths are allowed.
 */
guesses: boolean, demo: boolean, };

export type AccountTest = { steps: Array<TestStep>, 
/**
 * The address can be asked and the sign-in was accepted.
 */
may_keep: boolean, };

/**
 * What `act` takes.
 */
export type ActRequest = { 
/**
 * Made by the window when the user confirms; the same id never acts twice.
 */
action_id: string, verb: VerbDto, 
/**
 * The row id (`account/id`) of what the verb is aimed at: a workflow, task, plan or session.
 */
target: string, 
/**
 * For a verb of one number: the row id of a call or a session of it.
 */
number_of: NumberOf | null, reason: string, how: HowDto, 
/**
 * For a trial: the target's id or name as the user typed it.
 */
named: string | null, };

/**
 * A warning that holds.
 */
export type AlertRow = { id: string, account: string, rule: RuleDto, severity: SeverityDto, about: AboutDto, 
/**
 * Of the workflow that it is about.
 */
name: string | null, 
/**
 * When what it warns of began.
 */
since: number, evidence: Array<NamedNumber>, 
/**
 * The row id of a call that shows it best.
 */
call: string | null, 
/**
 * It held before the app was opened.
 */
carried: boolean, 
/**
 * Put off until then; a time that has passed puts nothing off.
 */
snoozed_until: number | null, };

/**
 * What a person set.
 */
export type AlertSettingsDraft = { rules: Array<RuleDraft>, shift_ends: number, announcing: AnnouncingDto, };

/**
 * How the rules are set.
 */
export type AlertSettingsView = { rules: Array<RuleView>, 
/**
 * Minute of the day by the machine's clock.
 */
shift_ends: number, announcing: AnnouncingDto, };

/**
 * What is warned of, in numbers.
 */
export type AlertsHealth = { 
/**
 * When it was judged last; `null`: not yet.
 */
judged_at: number | null, 
/**
 * Those that hold and are not put off.
 */
holding: number, snoozed: number, 
/**
 * Why the last judgement failed.
 */
error: UiError | null, 
/**
 * Why the desktop is told of none; `null` also where nobody tells it.
 */
silent: SilentDto | null, 
/**
 * A person wants the desktop to be told of none until then; `null`: not muted.
 */
muted_until: number | null, };

/**
 * A page that could be several endpoints, or an endpoint that has several pages: nothing is chosen.
 */
export type AmbiguousPage = { title: string, address: string, candidates: Array<string>, };

/**
 * When the desktop is told of what begins.
 */
export type AnnouncingDto = { on: boolean, quiet: QuietHoursDto | null, };

/**
 * Whether the endpoint is asked with this account, and why not.
 */
export type AskedDto = "asked" | "guessed" | "parked" | "sign_unknown" | "no_keys" | "unconfirmed" | "received" | "not_used";

export type BlastKind = "numbers_left" | "calls_running" | "waba_queued" | "open_chats" | "rounds";

/**
 * One line of what is left.
 */
export type BlastLine = { what: BlastKind, 
/**
 * `null`: not reported.
 */
value: number | null, 
/**
 * When the count was true.
 */
as_of: number | null, 
/**
 * How we know that the action touches this.
 */
evidence: EvidenceDto, };

/**
 * What the confirm dialog shows, all from what is stored: it never waits for the network.
 */
export type BlastRadius = { subject: SubjectKind, subject_id: string, name: string | null, status: StatusDto | null, 
/**
 * Masked: the number concerned.
 */
callee: string | null, lines: Array<BlastLine>, 
/**
 * Why the action is not offered; `null` when it is.
 */
refusal: UiError | null, 
/**
 * The evidence of the path that would be asked.
 */
evidence: EvidenceDto, 
/**
 * On what the path was confirmed, as the profile says.
 */
confirmed: string | null, 
/**
 * The request as it would be sent, without the token and with the number masked.
 */
request: string, 
/**
 * Confirm by holding: more numbers than the threshold are concerned.
 */
hold: boolean, };

/**
 * An opened call.
 */
export type CallDetailRow = { id: string, call: CallRow, 
/**
 * What the letter of its intention means, as the contract profile says.
 */
intention_meaning: string | null, labels: Array<PairDto>, slots: Array<PairDto>, dialogue: Array<TurnDto>, 
/**
 * What may be cancelled for its number.
 */
offers: Array<OfferDto>, 
/**
 * The newest action that one of them made.
 */
receipt: ReceiptDto | null, 
/**
 * The vendor's own JSON, pretty, with the number masked and links left out.
 */
raw: string, };

/**
 * Figures of the calls that are stored of one task or round. `null`: not reported.
 */
export type CallFiguresDto = { 
/**
 * Distinct numbers with a call.
 */
dialled: number | null, 
/**
 * Numbers with at least one connected call ÷ numbers dialled.
 */
reached: RatioDto | null, 
/**
 * Total talk time in ms ÷ numbers reached.
 */
talk_ms: RatioDto | null, 
/**
 * Calls ÷ numbers dialled.
 */
attempts: RatioDto | null, calls: number, last_call_at: number | null, };

/**
 * One call of a list.
 */
export type CallRow = { id: string, account: string, call_id: string, workflow_id: string | null, workflow_name: string | null, node_name: string | null, task_id: string | null, 
/**
 * Masked as the account says.
 */
callee: string | null, case_id: string | null, round: number | null, 
/**
 * The vendor's result word.
 */
result: string | null, connected: boolean | null, 
/**
 * As written.
 */
hangup: string | null, 
/**
 * The predictive dialer's meaning of that code, a key of the text catalogue (`hangup.busy`): a
 * guess here, shown as one.
 */
hangup_guess: string | null, called_at: number | null, answered_at: number | null, ended_at: number | null, talk_ms: number | null, turns: number | null, intention: string | null, 
/**
 * What the query names, where it was sent.
 */
named: { [key in string]: string }, has_recording: boolean, 
/**
 * It lies on this computer: it plays without a network.
 */
recording_kept: boolean, 
/**
 * Times came without an offset and were read in the account's zone.
 */
zone_assumed: boolean, source: SourceDto, };

export type CallingTaskDetailRow = { id: string, task: DiallingRow, 
/**
 * The plan that made it, where it is stored.
 */
plan: DiallingRow | null, figures: CallFiguresDto, 
/**
 * The newest action on it or on one of its numbers.
 */
receipt: ReceiptDto | null, };

export type CardDto = { title: string | null, subtitle: string | null, buttons: Array<string>, };

/**
 * One thing that the profile says differently: of a proposal, or typed by hand.
 */
export type ChangeDto = { 
/**
 * `["endpoint", "workflow.list", "path"]`.
 */
path: Array<string>, 
/**
 * TOML; `null`: not in the profile.
 */
from: string | null, 
/**
 * TOML; `null`: taken out.
 */
to: string | null, 
/**
 * `documentation page 45267515, read 2026-11-22`.
 */
source: string, };

/**
 * What would become of the profile.
 */
export type ChangePreview = { fault: ProfileFault | null, 
/**
 * Field maps among the changes that would find nothing in any stored record.
 */
empty_fields: Array<string>, };

/**
 * One row of the check, in the order in which things are tried.
 */
export type CheckRow = { 
/**
 * `dns`, `tls`, `proxy`, `clock`, `cloud.auth`, `zone`, or an endpoint's key.
 */
key: string, evidence: EvidenceDto | null, outcome: StepOutcome, 
/**
 * The HTTP status of the answer.
 */
http: number | null, 
/**
 * Rows read, of those in the answer.
 */
parsed: boolean | null, rows: number | null, 
/**
 * Fields of the answer that we have no use for.
 */
unknown: Array<string>, ms: number | null, next: NextStep, detail: string | null, };

export type ChoiceDto = { id: string | null, title: string, };

/**
 * Every text here is plain text from outside and never markup. Media are not loaded by the web view:
 * only their kind and name cross.
 */
export type ContentDto = { "type": "text", text: string, } | { "type": "media", media: string, name: string | null, host: string | null, } | { "type": "button", text: string, } | { "type": "list", body: string | null, footer: string | null, button: string | null, sections: Array<SectionDto>, 
/**
 * The id of the row that the user chose later, where the transcript shows it.
 */
chosen: string | null, } | { "type": "buttons", body: string | null, footer: string | null, options: Array<ChoiceDto>, chosen: string | null, } | { "type": "chosen", choice: ChoiceDto, } | { "type": "template", header: HeaderDto | null, body: string | null, footer: string | null, buttons: Array<TemplateButtonDto>, name: string | null, language: string | null, } | { "type": "cards", cards: Array<CardDto>, } | { "type": "system", event: string, from_seat: string | null, to_seat: string | null, } | { "type": "unknown", json: string, };

/**
 * One endpoint of the catalogue with the profile over it.
 */
export type ContractRow = { key: string, title: string, family: string, kind: EndpointKind, method: string, path: string, evidence: EvidenceDto, asked: AskedDto, 
/**
 * On what evidence it is confirmed.
 */
confirmed: string | null, 
/**
 * Everything that can be corrected.
 */
values: Array<ContractValue>, };

/**
 * One value of the contract as it is in force.
 */
export type ContractValue = { 
/**
 * Where it stands in the profile: `["endpoint", "workflow.list", "path"]`.
 */
path: Array<string>, 
/**
 * As a person reads it: without quotes.
 */
value: string, 
/**
 * As it stands in TOML.
 */
toml: string, from: FromWhere, };

export type ContractView = { rows: Array<ContractRow>, fields: Array<FieldRow>, 
/**
 * Words of the vendor with the user's reading: `["status", "workflow", "3"]` → `running`.
 */
words: Array<ContractValue>, 
/**
 * Consent, zone, addresses, signatures.
 */
general: Array<ContractValue>, 
/**
 * The whole profile, for who wants to read it.
 */
text: string, 
/**
 * The profile on the disk cannot be used; the built-in contract is in force.
 */
fault: ProfileFault | null, };

export type CourseView = { 
/**
 * Oldest first, at most 360: what the figures were at the end of a minute in which they changed.
 */
points: Array<TrendPointDto>, 
/**
 * Stretches between the points in which nobody asked or nobody answered.
 */
gaps: Array<GapDto>, 
/**
 * The figures are known to have held until then.
 */
until: number | null, forecast: ForecastDto | null, rounds: Array<WorkflowRoundDto>, nodes: Array<NodeCourseDto>, 
/**
 * What letters of this workflow mean, as the account's profile says.
 */
intentions: Array<MeaningDto>, 
/**
 * What hang-up codes mean at the predictive dialer, keys of the text catalogue: a guess elsewhere.
 */
hangups: Array<MeaningDto>, };

export type Delta = { sub: number, from: number, to: number, total: number, 
/**
 * The ids of the window in order, when it changed; ids that left are not in it.
 */
order: Array<string> | null, 
/**
 * Rows that are new or changed.
 */
upserts: Array<RowDto>, facets: Array<ShareDto>, };

export type DiallingKind = "task" | "plan";

/**
 * A calling task or a dialing plan.
 */
export type DiallingRow = { 
/**
 * `task/…` or `plan/…` with its `scope`: unique over tasks and plans of all accounts.
 */
id: string, 
/**
 * `account/id`: the scope of what belongs to it.
 */
scope: string, account: string, kind: DiallingKind, 
/**
 * The vendor's id.
 */
dialling_id: string, name: string | null, 
/**
 * As the vendor writes them; empty where it does not say.
 */
lines: Array<LineWord>, 
/**
 * Of a task: the plan that made it.
 */
plan_id: string | null, 
/**
 * Of a plan.
 */
strategy: string | null, status: StatusDto | null, 
/**
 * Numbers in all, and those done with, as the vendor counts them.
 */
total: number | null, finished: number | null, 
/**
 * Of a task: numbers reached, as the vendor counts them.
 */
connected: number | null, created_at: number | null, started_at: number | null, ended_at: number | null, 
/**
 * When what is said here was last different.
 */
as_of: number, source: SourceDto, };

export type DiffersDto = "new" | "lacks" | "other_type";

export type DocumentationSource = { "from": "address" } | { "from": "files", "what": Array<string> } | { "from": "pasted", "what": string };

export type EndpointKind = "read" | "write" | "hook";

/**
 * A code exists only because the screen acts on it: other words, another way out.
 */
export type ErrorCode = "filter" | "unreachable" | "tls" | "sign_in" | "rate_limited" | "vendor_fault" | "vendor_refused" | "unreadable_answer" | "too_large" | "not_confirmed" | "read_only" | "already_over" | "not_found" | "no_recording" | "recording_gone" | "not_audio" | "recording_archive" | "store" | "not_saved" | "view_exists" | "not_printed" | "bad_request";

/**
 * The newest event of a kind.
 */
export type EventKindRow = { 
/**
 * The catalogue's key: `hook.chat_ended`; `unknown` for JSON of no known kind.
 */
key: string, title: string, evidence: EvidenceDto, count: number, last_at: number | null, };

export type EventRow = { id: number, at: number, key: string, state: EventState, signed: boolean, why: string | null, 
/**
 * Pretty, masked.
 */
raw: string, };

export type EventState = "waiting" | "merged" | "kept" | "quarantined" | "unreadable";

/**
 * How we know a thing about the vendor.
 */
export type EvidenceDto = "assumed" | "inferred" | "observed" | "documented" | "confirmed";

export type ExportAsk = { 
/**
 * Made by the page; the export is cancelled by it.
 */
id: string, 
/**
 * Where it begins and how many are asked for is not looked at.
 */
query: Query, columns: Array<ExportColumn>, 
/**
 * Words for the file's name.
 */
name: string, };

export type ExportColumn = { 
/**
 * As the page calls it.
 */
id: string, title: string, };

export type ExportProgress = { done: number, total: number, };

export type FailureDto = { code: string | null, reason: string | null, count: number, };

/**
 * What a record's field is called here and at the vendor.
 */
export type FieldRow = { 
/**
 * `call`, `workflow`, …
 */
record: string, 
/**
 * Our name.
 */
field: string, 
/**
 * `id`, `text`, `integer`, `time`, `duration`, `pairs`, `list`, `status`, `word`.
 */
kind: string, 
/**
 * Where it is looked for; empty: under its own name.
 */
pointer: string | null, unit: string | null, 
/**
 * Of a time whose zone is not the account's: `+08:00`.
 */
zone: string | null, };

/**
 * The figures of a workflow (definitions: the insight room). All are `null` when not reported.
 */
export type FiguresDto = { 
/**
 * List entries finished ÷ total, as the vendor counts them.
 */
progress: RatioDto | null, 
/**
 * Numbers with at least one connected call ÷ numbers dialled.
 */
reached: RatioDto | null, 
/**
 * Total talk time in ms ÷ numbers reached.
 */
talk_ms: RatioDto | null, 
/**
 * Share of each result letter, over numbers reached; most frequent first.
 */
intentions: Array<ShareDto> | null, 
/**
 * Calls ÷ numbers dialled.
 */
attempts: RatioDto | null, 
/**
 * Connected calls under 10 s ÷ connected calls.
 */
short_calls: RatioDto | null, 
/**
 * Calls by hang-up reason as written; most frequent first.
 */
hangups: Array<ShareDto> | null, calls: number, sessions: number, 
/**
 * Start of the newest call.
 */
last_call_at: number | null, };

/**
 * Where a filter cannot be read; counts are of characters (Unicode code points).
 */
export type FilterFault = { at: number, length: number, problem: ProblemDto, word: string, 
/**
 * What was probably meant in the place of `word`.
 */
suggestion: string | null, 
/**
 * The fields or values that could stand there, where only some can.
 */
known: Array<string>, };

/**
 * When the list is through if it goes on as it did in the last ten minutes, half hour and two hours.
 */
export type ForecastDto = { 
/**
 * List entries finished ÷ milliseconds, of the last ten minutes or what there is of them.
 */
pace: RatioDto, 
/**
 * The earliest and the latest of them; `null` where nothing moved, nothing is left or it would be
 * more than a week ahead.
 */
ends: [number, number] | null, };

export type FoundKind = "workflow" | "task" | "calling_task" | "plan" | "call" | "session" | "number" | "case" | "message";

/**
 * Something that a pasted id is.
 */
export type FoundThing = { kind: FoundKind, account: string, 
/**
 * The row id to open; `null` where it has no screen of its own.
 */
id: string | null, workflow: string | null, title: string, 
/**
 * From the vendor's answer just now, not from the store.
 */
asked: boolean, };

export type FoundView = { things: Array<FoundThing>, would_need: Array<NotFoundYet>, };

/**
 * A message to the window.
 */
export type Frame = { "frame": "snapshot" } & Snapshot | { "frame": "delta" } & Delta | { "frame": "health" } & Health | { "frame": "failed", sub: number, error: UiError, } | { "frame": "open", link: string, };

/**
 * Where a value of the contract comes from.
 */
export type FromWhere = "built_in" | "profile";

export type FunnelOf = "all" | "template" | "node";

export type GapDto = { from: number, to: number, };

export type HeaderDto = { "type": "text", text: string, } | { "type": "media", media: string, host: string | null, };

/**
 * How the reading of each account goes: the freshness ledger.
 */
export type Health = { now: number, accounts: Array<AccountHealth>, receiver: ReceiverHealth, alerts: AlertsHealth, retention: RetentionHealth, };

/**
 * What the window learns when it connects.
 */
export type Hello = { version: string, 
/**
 * The data is the built-in simulator's.
 */
demo: boolean, accounts: Array<AccountDto>, 
/**
 * Numbers, names of people and case ids are pseudonyms, because the screen is shared.
 */
sharing: boolean, };

/**
 * How an action is carried out.
 */
export type HowDto = "send" | "trial" | "outside";

export type LagDto = { 
/**
 * Of the catalogue.
 */
key: string, 
/**
 * Of the pages where rows may still change, the reading that is longest ago.
 */
oldest_at: number | null, 
/**
 * Pages that were never read.
 */
unread: number, };

export type LimitView = { name: string, value: number, default: number, least: number, most: number, };

/**
 * The vendor's business lines.
 */
export type LineDto = "collection" | "telemarketing" | "info_check" | "leads_generation" | "chatbot" | "pds";

/**
 * A business line as the vendor writes it, and our reading of it; `null` of a word that is not known.
 */
export type LineWord = { written: string, line: LineDto | null, };

export type LinkState = "starting" | "live" | "late" | "sign_in_failed" | "unreachable" | "failing" | "not_asked";

export type ListName = "workflows" | "workflow" | "nodes" | "tasks" | "waba" | "waba_message" | "waba_funnel" | "person" | "calls" | "call" | "sessions" | "session" | "messages" | "timeline" | "journal" | "dialling" | "calling_task" | "plan" | "rounds" | "round" | "task_calls" | "alerts" | "spoken";

export type MappingDraft = { record: string, field: string, pointer: string, 
/**
 * `ms`, `s`, `min` for durations.
 */
unit: string | null, };

export type MappingPreview = { 
/**
 * Stored records that were looked at.
 */
looked_at: number, 
/**
 * Of those, the ones in which the pointer leads to a value that can be used.
 */
filled: number, 
/**
 * Before → after, of a few records.
 */
samples: Array<MappingSample>, changes: Array<ChangeDto>, };

export type MappingSample = { before: string | null, after: string | null, };

/**
 * In units of UTF-16, as JavaScript counts.
 */
export type MarkDto = { from: number, to: number, };

export type MeaningDto = { word: string, meaning: string, };

export type MessageRow = { id: string, account: string, session_id: string, 
/**
 * Place in the conversation, oldest first, as the vendor's array has it.
 */
position: number, msg_id: string | null, 
/**
 * system, user, robot, agent, chatbot — or as written.
 */
sender: string | null, seat: string | null, sent_at: number | null, 
/**
 * The time lies outside the session or before the message above it.
 */
odd_time: boolean, 
/**
 * sent, delivery, read — or as written.
 */
status: string | null, content: ContentDto, reply: QuotedDto | null, };

/**
 * A number by name; one whose name ends in `_at` is an instant in milliseconds.
 */
export type NamedNumber = { name: string, value: number, };

export type NeedDto = "failed" | "stop_not_seen" | "no_calls" | "few_reached";

/**
 * What to do about a row of the check.
 */
export type NextStep = "nothing" | "network" | "certificate" | "clock" | "keys" | "zone" | "path" | "consent" | "line" | "sign" | "map" | "later" | "no_example" | "ask_vendor";

/**
 * What happened in a node; a count whose records name no node is not here.
 */
export type NodeCourseDto = { node_id: string, calls: number, 
/**
 * Numbers with a connected call ÷ numbers dialled.
 */
reached: RatioDto | null, sessions: number, 
/**
 * Template messages as the vendor counts them.
 */
waba: WabaCountsDto | null, };

export type NodeRow = { id: string, account: string, workflow_id: string, node_id: string, name: string | null, 
/**
 * The vendor's word, as written.
 */
node_type: string | null, status: StatusDto | null, task_id: string | null, total: number | null, finished: number | null, started_at: number | null, ended_at: number | null, };

/**
 * What else it could be, and what would have to be known to ask.
 */
export type NotFoundYet = { kind: FoundKind, key: string, next: NextStep, };

/**
 * What is done to the notes of a recording.
 */
export type NoteChange = { "kind": "add", at_ms: number, text: string, } | { "kind": "edit", id: number, text: string, } | { "kind": "remove", id: number, };

/**
 * A note at a time of a recording.
 */
export type NoteRow = { id: number, 
/**
 * From the start of the recording.
 */
at_ms: number, 
/**
 * Free text: it is masked only where it spells the call's own number.
 */
text: string, 
/**
 * It is not shown as it was written: editing it would lose what is hidden.
 */
masked: boolean, created_at: number, edited_at: number | null, };

export type NoticeDto = { kind: NoticeKind, field: string, };

export type NoticeKind = "missing" | "new" | "other_type";

/**
 * The words of the page's language; `{…}` stands for what is put in.
 */
export type NoticeWords = { rules: Array<RuleWords>, 
/**
 * Two or more warnings: `{count} warnings`.
 */
several: string, 
/**
 * Those that are not named: `and {count} more`.
 */
more: string, 
/**
 * What a click does.
 */
open: string, tray: TrayWords, };

export type NumberOf = { "kind": "call", "id": string } | { "kind": "session", "id": string };

/**
 * Why a list removes nothing although it was read to its end.
 */
export type OddityDto = "rows_repeat" | "total_changed" | "total_differs" | "no_list" | "cursor_loops";

/**
 * An action that a record's screen offers.
 */
export type OfferDto = { verb: VerbDto, 
/**
 * The row id (`account/id`) of what it is aimed at; the verb says of which kind that is.
 */
target: string, };

/**
 * What started a conversation.
 */
export type OriginDto = "workflow" | "chatbot";

export type OutcomeDto = "requested" | "accepted" | "refused" | "failed" | "unknown" | "outside";

/**
 * What the page says in the language of the screen.
 */
export type PageWords = { 
/**
 * As HTML names it: `en`, `zh-CN`.
 */
language: string, 
/**
 * East of UTC: the zone that the times are written in.
 */
offset_minutes: number, title: string, account: string, channel: string, workflow: string, started: string, ended: string, reason: string, intention: string, rounds: string, messages: string, slots: string, labels: string, times_in: string, 
/**
 * That numbers are shown by their last four digits only.
 */
masked: string, no_number: string, no_sender: string, not_reported: string, no_messages: string, no_time: string, odd_time: string, quoted: string, pressed: string, chose: string, chosen: string, offered: string, template: string, not_loaded: string, unknown: string, 
/**
 * The vendor's words as the screen says them, by `sender.…`, `tick.…`, `media.…`, `system.…`
 * and `reason.…`; others are shown as written.
 */
terms: Record<string, string>, };

export type PairDto = { name: string, value: string, };

/**
 * A recording's shape, for drawing: one pair of lanes, `buckets` long, each value 0–255.
 */
export type Peaks = { duration_ms: number, sample_rate: number, 
/**
 * One or two lanes: left, right.
 */
lanes: Array<Array<number>>, 
/**
 * Stretches without sound on every lane, in ms from the start.
 */
silences: Array<SilenceDto>, 
/**
 * `audio/wav`, `audio/mpeg`.
 */
mime: string, };

export type PersonEvent = { "kind": "call", call: CallRow, } | { "kind": "session", session: SessionRow, } | { "kind": "waba", message: WabaRow, workflow_name: string | null, template_name: string | null, node_name: string | null, };

/**
 * One thing that happened with a person.
 */
export type PersonRow = { 
/**
 * `call/…`, `session/…` or `waba/…` with the record's own row id.
 */
id: string, 
/**
 * When it began; `null`: not reported.
 */
at: number | null, 
/**
 * The vendor gave no time: this is when the status was true.
 */
at_seen: boolean, event: PersonEvent, };

export type PhaseDto = "failed" | "stopping" | "running" | "paused" | "pending" | "stopped" | "finished" | "unknown";

export type PlanDetailRow = { id: string, plan: DiallingRow, 
/**
 * Numbers reached in all rounds ÷ numbers of the plan, as the vendor counts them.
 */
reached: RatioDto | null, rounds: number, 
/**
 * The newest action on it or on one of its numbers.
 */
receipt: ReceiptDto | null, };

export type ProblemDto = "unknown_field" | "unknown_value" | "no_value" | "no_share" | "no_count" | "no_duration" | "not_ordered" | "open_quote";

/**
 * A place in the profile's text that cannot be used.
 */
export type ProfileFault = { 
/**
 * From 1.
 */
line: number, key: string, sentence: string, };

/**
 * What a profile's text would change, or why it cannot be used.
 */
export type ProfilePreview = { changes: Array<ChangeDto>, fault: ProfileFault | null, };

export type ProposalDto = { pages: number, keys: Array<ProposedKey>, ambiguous: Array<AmbiguousPage>, unmatched: Array<UnmatchedPage>, notes: Array<string>, };

/**
 * One endpoint that pages were found for.
 */
export type ProposedKey = { 
/**
 * A key of the catalogue, `record.call`, `status.workflow`.
 */
key: string, title: string, kind: EndpointKind, changes: Array<ChangeDto>, notes: Array<string>, };

/**
 * What a view wants to see. `scope` is a row id (`account/…`) where the list belongs to one thing.
 */
export type Query = { list: ListName, 
/**
 * Only this account; all of them when absent.
 */
account: string | null, 
/**
 * The row id of the workflow, call or session that the list belongs to.
 */
scope: string | null, 
/**
 * As a person writes it: words, and tests of the list's fields (`status:running reached<20%`), all of
 * which must hold; case is ignored. One that cannot be read is answered with a [`FilterFault`].
 */
filter: string, sort: Sort | null, 
/**
 * Of calls and sessions: labels, slots and variables that the rows are to have, as `slot:amount`.
 */
named: Array<string>, 
/**
 * Index of the first row wanted.
 */
anchor: number, 
/**
 * How many; capped at 500.
 */
count: number, };

/**
 * Minutes of the day by the machine's clock; over midnight where `from` is the later one.
 */
export type QuietHoursDto = { from: number, to: number, };

export type QuotedDto = { msg_id: string | null, sender: string | null, sent_at: number | null, content: ContentDto, };

/**
 * A share with its two sides, so that the screen can show both. The value is `num / den`; a `den` of
 * 0 has no value. A figure whose fields the vendor did not send is `null` as a whole.
 */
export type RatioDto = { num: number, den: number, };

export type RawLeaf = { 
/**
 * JSON pointer.
 */
pointer: string, 
/**
 * Masked, cut at 200 characters.
 */
value: string, 
/**
 * Our field that it fills.
 */
used_as: string | null, };

/**
 * The vendor's own JSON of one record and what we make of it.
 */
export type RawView = { 
/**
 * Pretty, numbers masked, links left out.
 */
json: string, record: string, leaves: Array<RawLeaf>, 
/**
 * Our fields that this record could fill.
 */
fields: Array<FieldRow>, };

export type ReadProgress = { done: number, all: number | null, };

/**
 * A receipt: what was asked, what the vendor said, what was seen afterwards. Also a journal line.
 */
export type ReceiptDto = { 
/**
 * The action's id.
 */
id: string, account: string, verb: VerbDto, how: HowDto, subject: SubjectKind, subject_id: string, 
/**
 * The subject's name at the click.
 */
name: string | null, 
/**
 * The workflow in whose timeline it stands.
 */
workflow_id: string | null, 
/**
 * Masked: the number concerned.
 */
callee: string | null, reason: string, by: string, requested_at: number, outcome: OutcomeDto, outcome_at: number | null, detail: string | null, status_before: string | null, 
/**
 * When a later poll showed the effect.
 */
seen_at: number | null, status_seen: string | null, 
/**
 * Calls of the target that started after the acceptance; above 0 the receipt is red.
 */
calls_since: number | null, };

export type ReceiverHealth = { 
/**
 * `127.0.0.1:4321`; absent when no receiver runs.
 */
address: string | null, last_event_at: number | null, received: number, 
/**
 * Bodies kept that could not be read.
 */
unreadable: number, 
/**
 * Another number: the events are not as they were, and whoever shows them asks for them again.
 */
events: number, };

/**
 * What a person set.
 */
export type RecordingsDraft = { gigabytes: number, days: number, };

export type RecordingsView = { recordings: number, bytes: number, 
/**
 * Of 2^30 bytes.
 */
gigabytes: LimitView, 
/**
 * From the download on.
 */
days: LimitView, };

/**
 * How old rows were thrown away the last time.
 */
export type RetentionHealth = { 
/**
 * `null`: not yet in this run.
 */
at: number | null, 
/**
 * Bodies of received messages that went.
 */
bodies: number, 
/**
 * Points of curves that went.
 */
points: number, 
/**
 * Why not all of it went.
 */
error: UiError | null, 
/**
 * Bodies go after this many days,
 */
body_days: number, 
/**
 * and beyond this many bytes on the disk, the oldest first.
 */
body_bytes: number, };

export type RoundDetailRow = { id: string, round: RoundRow, 
/**
 * `plan/account/id`, to be opened.
 */
plan: string, plan_id: string, plan_name: string | null, 
/**
 * The task that dials it, where the vendor lists it.
 */
task: DiallingRow | null, figures: CallFiguresDto, };

/**
 * One round of a plan.
 */
export type RoundRow = { 
/**
 * `round/…` with its `scope`.
 */
id: string, scope: string, account: string, number: number, 
/**
 * `account/task`: the scope of its calls; `null` where the vendor names no task.
 */
task: string | null, status: StatusDto | null, 
/**
 * As the vendor counts them.
 */
dialled: number | null, reached: number | null, 
/**
 * Numbers newly reached in the round ÷ numbers dialled in it.
 */
round_yield: RatioDto | null, started_at: number | null, ended_at: number | null, };

/**
 * A row of any list.
 */
export type RowDto = { "list": "workflow", "row": WorkflowRow } | { "list": "node", "row": NodeRow } | { "list": "task", "row": TaskRow } | { "list": "waba", "row": WabaRow } | { "list": "waba_detail", "row": WabaDetailRow } | { "list": "waba_funnel", "row": WabaFunnelRow } | { "list": "person", "row": PersonRow } | { "list": "call", "row": CallRow } | { "list": "call_detail", "row": CallDetailRow } | { "list": "session", "row": SessionRow } | { "list": "session_detail", "row": SessionDetailRow } | { "list": "message", "row": MessageRow } | { "list": "receipt", "row": ReceiptDto } | { "list": "timeline", "row": TimelineRow } | { "list": "dialling", "row": DiallingRow } | { "list": "calling_task_detail", "row": CallingTaskDetailRow } | { "list": "plan_detail", "row": PlanDetailRow } | { "list": "round", "row": RoundRow } | { "list": "round_detail", "row": RoundDetailRow } | { "list": "alert", "row": AlertRow } | { "list": "spoken", "row": SpokenRow };

export type RuleDraft = { rule: RuleDto, on: boolean, limits: Array<NamedNumber>, };

export type RuleDto = "data_stale" | "sign_in_failing" | "workflow_failed" | "no_new_calls" | "reached_falling" | "session_errors" | "webhook_silent" | "no_agent" | "outside_hours" | "contact_limit" | "called_after_opt_out";

export type RuleView = { rule: RuleDto, severity: SeverityDto, on: boolean, limits: Array<LimitView>, 
/**
 * Accounts of which the vendor does not send what the rule needs.
 */
unreported: Array<string>, };

export type RuleWords = { rule: RuleDto, words: string, };

export type SavedColumn = { id: string, 
/**
 * `null`: as it is built.
 */
shown: boolean | null, 
/**
 * CSS pixels; `null`: as it is built.
 */
width: number | null, };

export type SavedExport = { 
/**
 * As shown to the person; `null` when it was cancelled.
 */
path: string | null, rows: number, };

/**
 * A screen as somebody wants to find it again.
 */
export type SavedView = { 
/**
 * Unique among the views.
 */
name: string, 
/**
 * The table whose columns these are.
 */
table: string, 
/**
 * Of the page, from `#/` on: screen, filter, sort and account.
 */
address: string, 
/**
 * Those that were arranged; the others stand as they are built.
 */
columns: Array<SavedColumn>, };

/**
 * Where secrets are kept.
 */
export type SecretsIn = "keychain" | "session";

export type SectionDto = { title: string | null, rows: Array<ChoiceDto>, };

/**
 * An opened session; its messages are a list of their own.
 */
export type SessionDetailRow = { id: string, session: SessionRow, robot: string | null, waba_task_id: string | null, entry_id: string | null, slots: Array<PairDto>, labels: Array<PairDto>, variables: Array<PairDto>, notices: Array<NoticeDto>, 
/**
 * What may be done to it and to what is still to come for its number.
 */
offers: Array<OfferDto>, 
/**
 * The newest action that one of them made.
 */
receipt: ReceiptDto | null, raw: string, };

/**
 * One chatbot conversation of a list.
 */
export type SessionRow = { id: string, account: string, session_id: string, workflow_id: string | null, workflow_name: string | null, node_name: string | null, channel: string | null, channel_id: string | null, 
/**
 * Masked as the account says.
 */
callee: string | null, status: string | null, started_at: number | null, ended_at: number | null, 
/**
 * robot, agent, error, expire, user — or as written.
 */
end_reason: string | null, intention: string | null, talk_round: number | null, 
/**
 * Messages stored; `null` when none were ever reported.
 */
messages: number | null, 
/**
 * What the query names, where it was sent.
 */
named: { [key in string]: string }, origin: OriginDto, signature: SignatureDto, source: SourceDto, };

export type SeverityDto = "critical" | "warning";

export type ShapeChangeDto = { 
/**
 * The catalogue's key.
 */
source: string, 
/**
 * A JSON pointer in which `*` stands for every element of a list.
 */
field: string, differs: DiffersDto, 
/**
 * Words for types; empty where the field was not there, or is not any more.
 */
was: string, now: string, at: number, };

/**
 * Part of a distribution.
 */
export type ShareDto = { 
/**
 * As written: an intention letter, a hang-up code.
 */
label: string, count: number, };

/**
 * What is known of a webhook's signature: never more than what was checked.
 */
export type SignatureDto = "not_applicable" | "unsigned" | "unchecked" | "matched" | "mismatched";

export type SignatureMode = "record_only" | "enforce";

export type SilenceDto = { from_ms: number, to_ms: number, };

/**
 * Why there are no notifications.
 */
export type SilentDto = { "why": "no_bus" } | { "why": "nobody_shows" } | { "why": "failed", "detail": string };

export type Snapshot = { sub: number, seq: number, 
/**
 * Rows that match, of which `rows` are a window.
 */
total: number, anchor: number, rows: Array<RowDto>, 
/**
 * Counts over all that match, where the list has them (Watch: workflows by phase).
 */
facets: Array<ShareDto>, };

export type Sort = { key: string, descending: boolean, };

/**
 * Where a record was last seen.
 */
export type SourceDto = "api" | "webhook" | "file";

/**
 * One source call of what is on screen.
 */
export type SourceHealth = { 
/**
 * The catalogue's key: `workflow.list`.
 */
key: string, 
/**
 * The row id of the workflow or session that it was asked for, if for one.
 */
scope: string | null, evidence: EvidenceDto, 
/**
 * When the last good answer was received.
 */
answered_at: number | null, error: UiError | null, 
/**
 * Asked again at.
 */
next_try: number | null, 
/**
 * Never asked: the path is a guess and the profile does not allow guesses.
 */
not_asked: boolean, 
/**
 * What the last whole reading saw that does not fit together.
 */
oddity: OddityDto | null, };

export type SpokenIn = "session" | "call";

export type SpokenRow = { id: string, account: string, 
/**
 * `session` or `call`, and the row id of it.
 */
kind: SpokenIn, record: string, 
/**
 * Of the message in its conversation, or of the turn in its call.
 */
position: number, 
/**
 * The row id of the workflow, where the record names one.
 */
workflow: string | null, workflow_name: string | null, 
/**
 * Masked as the account says.
 */
callee: string | null, 
/**
 * Of a turn: when its call began.
 */
at: number | null, 
/**
 * As written.
 */
sender: string | null, text: string, 
/**
 * The text goes on before it, and behind it.
 */
cut_before: boolean, cut_after: boolean, 
/**
 * Where the words stand in `text`.
 */
marks: Array<MarkDto>, };

export type StageDto = { count: number | null, ratio: RatioDto | null, 
/**
 * Batches that do not say this; their messages are in neither side of the ratio.
 */
silent: number, };

/**
 * `null`: not reported.
 */
export type StagesDto = { all: number | null, 
/**
 * ÷ all.
 */
sent: StageDto, 
/**
 * ÷ sent.
 */
delivered: StageDto, 
/**
 * ÷ delivered.
 */
read: StageDto, 
/**
 * ÷ delivered.
 */
replied: StageDto, 
/**
 * ÷ all.
 */
failed: StageDto, };

/**
 * A status as the vendor wrote it and our reading of it.
 */
export type StatusDto = { written: string, phase: PhaseDto, };

export type StepName = "address" | "sign_in" | "zone" | "chatbot" | "pds" | "keychain";

export type StepOutcome = "good" | "look" | "trouble" | "not_tested";

/**
 * What an action is about.
 */
export type SubjectKind = "workflow" | "task" | "plan" | "dialer_task" | "session";

export type TaskRow = { id: string, account: string, workflow_id: string, task_id: string, name: string | null, node_name: string | null, status: StatusDto | null, total: number | null, finished: number | null, connected: number | null, started_at: number | null, ended_at: number | null, };

export type TemplateButtonDto = { kind: string, text: string, };

/**
 * One thing that was tried before an account is kept.
 */
export type TestStep = { step: StepName, outcome: StepOutcome, 
/**
 * In the vendor's or the system's own words, where there are any.
 */
detail: string | null, };

export type TimelineEvent = { "kind": "first_seen", source: SourceDto, } | { "kind": "workflow_status", from: StatusDto | null, to: StatusDto, source: SourceDto, } | { "kind": "node_status", node: string, from: StatusDto | null, to: StatusDto, source: SourceDto, } | { "kind": "action", receipt: ReceiptDto, };

/**
 * A line of a workflow's history: the vendor's changes as we saw them and our own actions.
 */
export type TimelineRow = { id: string, at: number, event: TimelineEvent, };

/**
 * The words of the page's language; `{count}` stands for the number.
 */
export type TrayWords = { 
/**
 * Nothing was judged yet.
 */
unknown: string, quiet: string, one: string, several: string, 
/**
 * Opens the window.
 */
show: string, 
/**
 * Mutes notifications for an hour.
 */
mute: string, quit: string, };

export type TrendPointDto = { at: number, progress: RatioDto | null, reached: RatioDto | null, talk_ms: RatioDto | null, attempts: RatioDto | null, short_calls: RatioDto | null, finished: number | null, calls: number, sessions: number, };

/**
 * A first write on a path that nobody confirmed, on what the user names.
 */
export type TrialView = { verb: VerbDto, evidence: EvidenceDto, 
/**
 * Method, path and body as they would be sent, without the token.
 */
request: string, 
/**
 * A trial was made before; once per account and verb.
 */
made: boolean, 
/**
 * Its effect was seen afterwards: the path can be confirmed.
 */
seen: boolean, outcome: string | null, };

export type TurnDto = { role: string, text: string, start_ms: number | null, end_ms: number | null, };

/**
 * Something that went wrong, for a person: the text catalogue has a sentence for each `code`;
 * `message` is the English detail beside it.
 */
export type UiError = { code: ErrorCode, message: string, 
/**
 * What the log calls this, to be quoted when asking for help.
 */
ref: string | null, 
/**
 * Of a filter that could not be read.
 */
filter?: FilterFault, };

export type UnmatchedPage = { title: string, address: string, why: string, };

export type VerbDto = "stop_workflow" | "cancel_rest" | "cancel_task" | "cancel_plan" | "cancel_task_rest" | "cancel_plan_rest" | "cancel_contact" | "end_session" | "cancel_leads_call";

/**
 * A file of the folder that is no view.
 */
export type ViewFault = { file: string, problem: string, };

export type ViewFolder = { 
/**
 * As shown to the person.
 */
folder: string, 
/**
 * By name.
 */
views: Array<SavedView>, faults: Array<ViewFault>, };

export type WabaCountsDto = { total: number | null, sent: number | null, failed: number | null, };

/**
 * An opened template message.
 */
export type WabaDetailRow = { id: string, message: WabaRow, workflow_name: string | null, 
/**
 * Of its batch, where that is stored.
 */
template_name: string | null, template_id: string | null, node_name: string | null, batch_status: StatusDto | null, 
/**
 * The vendor's own JSON, pretty, with the number masked and links left out.
 */
raw: string, };

/**
 * What became of the template messages of a workflow, of one template, or of one node of it: by the
 * vendor's counts and by the messages stored here, which are never mixed.
 */
export type WabaFunnelRow = { id: string, account: string, workflow_id: string, of: FunnelOf, 
/**
 * Of the template or node; `null`: not reported.
 */
name: string | null, 
/**
 * Batches that the vendor reported.
 */
batches: number, 
/**
 * When the oldest of the vendor's counts was true.
 */
as_of: number | null, 
/**
 * `null`: no batch was reported.
 */
vendor: StagesDto | null, 
/**
 * `null`: no message is stored.
 */
stored: StagesDto | null, 
/**
 * Of stored messages, as written; most frequent first.
 */
failures: Array<FailureDto>, 
/**
 * Messages that failed for reasons beyond those.
 */
other_failures: number, };

export type WabaRow = { id: string, account: string, workflow_id: string | null, waba_task_id: string, msg_id: string, callee: string | null, case_id: string | null, status: string | null, failure_code: string | null, failure_reason: string | null, sent_at: number | null, delivered_at: number | null, read_at: number | null, 
/**
 * When the status was true.
 */
as_of: number, };

/**
 * `null` leaves what is there; an empty text takes it away.
 */
export type WebhooksDraft = { account: string, receive: boolean, bind: string, port: number, new_path: boolean, mode: SignatureMode, 
/**
 * `aes-256-cbc`, …; empty: bodies are not encrypted.
 */
aes: string | null, aes_key: string | null, aes_field: string | null, folder: string | null, relay_url: string | null, relay_token: string | null, };

export type WebhooksView = { 
/**
 * Where the receiver listens; `null`: it does not run.
 */
address: string | null, bind: string, port: number, 
/**
 * The secret segment is part of it: the user needs it, to hand it to the vendor.
 */
path: string, running: boolean, trouble: string | null, mode: SignatureMode, matches: number, mismatches: number, 
/**
 * Enough matches were seen to offer `enforce`.
 */
may_enforce: boolean, aes: string | null, folder: string | null, relay_url: string | null, relay_trouble: string | null, kinds: Array<EventKindRow>, quarantined: number, unreadable: number, 
/**
 * For the AI Rudder contact.
 */
message_en: string, message_zh: string, };

export type WorkflowRoundDto = { 
/**
 * `null`: the calls did not say.
 */
round: number | null, calls: number, dialled: number, 
/**
 * Numbers first reached in this round ÷ numbers dialled in it.
 */
newly_reached: RatioDto | null, };

/**
 * One workflow, on the Watch list and as the head of its own screen.
 */
export type WorkflowRow = { 
/**
 * `account/workflow_id`: unique over all accounts.
 */
id: string, account: string, workflow_id: string, name: string | null, template: string | null, template_name: string | null, status: StatusDto | null, created_at: number | null, started_at: number | null, ended_at: number | null, 
/**
 * List entries in all, as the vendor counts them.
 */
total: number | null, finished: number | null, figures: FiguresDto, 
/**
 * Why somebody should look at it, the most urgent first.
 */
needs: Array<NeedDto>, source: SourceDto, 
/**
 * The newest action on this workflow, for the receipt in the row.
 */
receipt: ReceiptDto | null, };
