import type { AccountHealth, CallRow, ListName, MessageRow, Query, ReceiptDto, SourceHealth } from '../bindings/types';

/** Rows for tests: everything absent but what the test is about. */
export function testCall(id: string, more: Partial<CallRow> = {}): CallRow {
  return {
    id, account: 'a', call_id: id, workflow_id: null, workflow_name: null, node_name: null, task_id: null, callee: null,
    case_id: null, round: 1, result: null, connected: null, hangup: null, hangup_guess: null, called_at: null,
    answered_at: null, ended_at: null, talk_ms: null, turns: null, intention: null, named: {}, has_recording: false, recording_kept: false,
    zone_assumed: false, source: 'api', ...more,
  };
}

export function testMessage(position: number, more: Partial<MessageRow> = {}): MessageRow {
  return {
    id: `s/${position}`, account: 'a', session_id: 's', position, msg_id: null, sender: 'user', seat: null,
    sent_at: position * 60_000, odd_time: false, status: null, content: { type: 'text', text: String(position) }, reply: null, ...more,
  };
}

export function testReceipt(more: Partial<ReceiptDto> = {}): ReceiptDto {
  return {
    id: 'r', account: 'a', verb: 'stop_workflow', how: 'send', subject: 'workflow', subject_id: 'w', name: null, workflow_id: 'w', callee: null, reason: '', by: '',
    requested_at: 1, outcome: 'requested', outcome_at: null, detail: null, status_before: null, seen_at: null,
    status_seen: null, calls_since: null, ...more,
  };
}

export function testSource(key: string, more: Partial<SourceHealth> = {}): SourceHealth {
  return { key, scope: null, evidence: 'assumed', answered_at: 1000, error: null, next_try: null, not_asked: false, oddity: null, ...more };
}

export function testAccount(account: string, more: Partial<AccountHealth> = {}): AccountHealth {
  return {
    account, state: 'live', since: 0, error: null, next_try: null, requests_last_minute: 0, budget_per_s: 5, sources: [],
    caught_up: true, lag: [], shape_changes: [], ...more,
  };
}

export function queryFor(list: ListName): Query {
  return { list, account: null, scope: null, filter: '', sort: null, named: [], anchor: 0, count: 100 };
}
