// Generated from src-tauri/ipc by `cargo xtask bind`.

export type AccountDto = { account: string, name: string, 
/**
 * `#rrggbb`.
 */
colour: string, base_url: string, 
/**
 * `+08:00`: the zone of times without an offset.
 */
zone: string, demo: boolean, 
/**
 * Numbers are shown by their last four digits.
 */
masked: boolean, read_only: boolean, };

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
caught_up: boolean, };

/**
 * What `act` takes.
 */
export type ActRequest = { 
/**
 * Made by the window when the user confirms; the same id never acts twice.
 */
action_id: string, verb: VerbDto, 
/**
 * The row id of the workflow (`account/workflow_id`).
 */
workflow: string, 
/**
 * For `cancel_rest`: the row id of a call or a session of the number.
 */
number_of: NumberOf | null, reason: string, };

export type BlastKind = "numbers_left" | "calls_running" | "waba_queued" | "open_chats";

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
export type BlastRadius = { workflow_id: string, workflow_name: string | null, status: StatusDto | null, 
/**
 * Masked; only for `cancel_rest`.
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
export type CallDetailRow = { id: string, call: CallRow, labels: Array<PairDto>, slots: Array<PairDto>, dialogue: Array<TurnDto>, 
/**
 * The vendor's own JSON, pretty, with the number masked and links left out.
 */
raw: string, };

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
hangup_guess: string | null, called_at: number | null, answered_at: number | null, ended_at: number | null, talk_ms: number | null, turns: number | null, intention: string | null, has_recording: boolean, 
/**
 * Times came without an offset and were read in the account's zone.
 */
zone_assumed: boolean, source: SourceDto, };

export type CardDto = { title: string | null, subtitle: string | null, buttons: Array<string>, };

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

export type Delta = { sub: number, from: number, to: number, total: number, 
/**
 * The ids of the window in order, when it changed; ids that left are not in it.
 */
order: Array<string> | null, 
/**
 * Rows that are new or changed.
 */
upserts: Array<RowDto>, facets: Array<ShareDto>, };

/**
 * A code exists only because the screen acts on it: other words, another way out.
 */
export type ErrorCode = "unreachable" | "tls" | "sign_in" | "rate_limited" | "vendor_fault" | "vendor_refused" | "unreadable_answer" | "too_large" | "not_confirmed" | "read_only" | "already_over" | "not_found" | "no_recording" | "recording_gone" | "not_audio" | "store" | "bad_request";

/**
 * How we know a thing about the vendor.
 */
export type EvidenceDto = "assumed" | "inferred" | "observed" | "documented" | "confirmed";

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
 * A message to the window.
 */
export type Frame = { "frame": "snapshot" } & Snapshot | { "frame": "delta" } & Delta | { "frame": "health" } & Health | { "frame": "failed", sub: number, error: UiError, };

export type HeaderDto = { "type": "text", text: string, } | { "type": "media", media: string, host: string | null, };

/**
 * How the reading of each account goes: the freshness ledger.
 */
export type Health = { now: number, accounts: Array<AccountHealth>, receiver: ReceiverHealth, };

/**
 * What the window learns when it connects.
 */
export type Hello = { version: string, 
/**
 * The data is the built-in simulator's.
 */
demo: boolean, accounts: Array<AccountDto>, };

export type LinkState = "starting" | "live" | "late" | "sign_in_failed" | "unreachable" | "failing" | "not_asked";

export type ListName = "workflows" | "workflow" | "nodes" | "tasks" | "waba" | "calls" | "call" | "sessions" | "session" | "messages" | "timeline" | "journal";

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

export type NodeRow = { id: string, account: string, workflow_id: string, node_id: string, name: string | null, 
/**
 * The vendor's word, as written.
 */
node_type: string | null, status: StatusDto | null, task_id: string | null, total: number | null, finished: number | null, started_at: number | null, ended_at: number | null, };

export type NoticeDto = { kind: NoticeKind, field: string, };

export type NoticeKind = "missing" | "new" | "other_type";

export type NumberOf = { "kind": "call", "id": string } | { "kind": "session", "id": string };

export type OutcomeDto = "requested" | "accepted" | "refused" | "failed" | "unknown";

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

export type PhaseDto = "failed" | "stopping" | "running" | "paused" | "pending" | "stopped" | "finished" | "unknown";

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
 * Words that all must match, case ignored; on Watch also `status:running`.
 */
filter: string, sort: Sort | null, 
/**
 * Index of the first row wanted.
 */
anchor: number, 
/**
 * How many; capped at 500.
 */
count: number, };

export type QuotedDto = { msg_id: string | null, sender: string | null, sent_at: number | null, content: ContentDto, };

/**
 * A share with its two sides, so that the screen can show both. The value is `num / den`; a `den` of
 * 0 has no value. A figure whose fields the vendor did not send is `null` as a whole.
 */
export type RatioDto = { num: number, den: number, };

/**
 * A receipt: what was asked, what the vendor said, what was seen afterwards. Also a journal line.
 */
export type ReceiptDto = { 
/**
 * The action's id.
 */
id: string, account: string, verb: VerbDto, workflow_id: string, workflow_name: string | null, 
/**
 * Masked; only for `cancel_rest`.
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
unreadable: number, };

/**
 * A row of any list.
 */
export type RowDto = { "list": "workflow", "row": WorkflowRow } | { "list": "node", "row": NodeRow } | { "list": "task", "row": TaskRow } | { "list": "waba", "row": WabaRow } | { "list": "call", "row": CallRow } | { "list": "call_detail", "row": CallDetailRow } | { "list": "session", "row": SessionRow } | { "list": "session_detail", "row": SessionDetailRow } | { "list": "message", "row": MessageRow } | { "list": "receipt", "row": ReceiptDto } | { "list": "timeline", "row": TimelineRow };

export type SectionDto = { title: string | null, rows: Array<ChoiceDto>, };

/**
 * An opened session; its messages are a list of their own.
 */
export type SessionDetailRow = { id: string, session: SessionRow, robot: string | null, waba_task_id: string | null, entry_id: string | null, slots: Array<PairDto>, labels: Array<PairDto>, variables: Array<PairDto>, notices: Array<NoticeDto>, raw: string, };

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
messages: number | null, signature: SignatureDto, source: SourceDto, };

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
export type SignatureDto = "not_applicable" | "unsigned" | "unchecked";

export type SilenceDto = { from_ms: number, to_ms: number, };

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
 * The row id that it was asked for, if for one.
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
not_asked: boolean, };

/**
 * A status as the vendor wrote it and our reading of it.
 */
export type StatusDto = { written: string, phase: PhaseDto, };

export type TaskRow = { id: string, account: string, workflow_id: string, task_id: string, name: string | null, node_name: string | null, status: StatusDto | null, total: number | null, finished: number | null, connected: number | null, started_at: number | null, ended_at: number | null, };

export type TemplateButtonDto = { kind: string, text: string, };

export type TimelineEvent = { "kind": "first_seen", source: SourceDto, } | { "kind": "workflow_status", from: StatusDto | null, to: StatusDto, source: SourceDto, } | { "kind": "node_status", node: string, from: StatusDto | null, to: StatusDto, source: SourceDto, } | { "kind": "action", receipt: ReceiptDto, };

/**
 * A line of a workflow's history: the vendor's changes as we saw them and our own actions.
 */
export type TimelineRow = { id: string, at: number, event: TimelineEvent, };

export type TurnDto = { role: string, text: string, start_ms: number | null, end_ms: number | null, };

/**
 * Something that went wrong, for a person: the text catalogue has a sentence for each `code`;
 * `message` is the English detail beside it.
 */
export type UiError = { code: ErrorCode, message: string, 
/**
 * What the log calls this, to be quoted when asking for help.
 */
ref: string | null, };

export type VerbDto = "stop_workflow" | "cancel_rest";

export type WabaRow = { id: string, account: string, workflow_id: string | null, waba_task_id: string, msg_id: string, callee: string | null, case_id: string | null, status: string | null, failure_code: string | null, failure_reason: string | null, sent_at: number | null, delivered_at: number | null, read_at: number | null, };

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
total: number | null, finished: number | null, figures: FiguresDto, source: SourceDto, 
/**
 * The newest action on this workflow, for the receipt in the row.
 */
receipt: ReceiptDto | null, };
