import type { CallRow, PersonRow, RowDto, SessionRow, ShareDto, WabaRow } from '../../bindings/types';
import type { Lists } from './answer';

type Known = { list: 'call' | 'session' | 'waba'; row: CallRow | SessionRow | WabaRow };
const LISTS = { call: 'calls', session: 'sessions', waba: 'waba' } as const;

/** Everything of whom the record `account/kind/id` is about. */
export function personRows(lists: Lists, scope: string): PersonRow[] {
  const [account = '', kind = '', ...rest] = scope.split('/');
  const id = [account, ...rest].join('/');
  const all = Object.values(LISTS).flatMap((list) => (lists.get(list) ?? []) as unknown as Known[]);
  const named = all.find(({ list, row }) => list === kind && row.id === id)?.row;
  if (!named) return [];
  const same = (row: CallRow | SessionRow | WabaRow) =>
    row.account === account && ((row.callee !== null && row.callee === named.callee) || ('case_id' in row && 'case_id' in named && row.case_id !== null && row.case_id === named.case_id));
  return all.filter(({ row }) => same(row)).map(entry).sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
}

function entry({ list, row }: Known): PersonRow {
  const id = `${list}/${row.id}`;
  if (list === 'call') return { id, at: (row as CallRow).called_at, at_seen: false, event: { kind: 'call', call: row as CallRow } };
  if (list === 'session') return { id, at: (row as SessionRow).started_at, at_seen: false, event: { kind: 'session', session: row as SessionRow } };
  const message = row as WabaRow;
  return {
    id, at: message.sent_at ?? message.as_of, at_seen: message.sent_at === null,
    event: { kind: 'waba', message, workflow_name: 'Collection M1 · Due in 3 days', template_name: 'due_reminder_v3', node_name: 'WhatsApp follow-up' },
  };
}

export function personFacets(rows: PersonRow[]): ShareDto[] {
  const count = (kind: string) => rows.filter(({ event }) => event.kind === kind).length;
  return [{ label: 'calls', count: count('call') }, { label: 'messages', count: count('waba') }, { label: 'sessions', count: count('session') }, { label: 'numbers', count: 1 }, { label: 'crowded', count: 0 }];
}

export function wabaDetail(message: WabaRow): RowDto {
  return {
    list: 'waba_detail',
    row: {
      id: message.id, message, workflow_name: 'Collection M1 · Due in 3 days', template_name: 'due_reminder_v3', template_id: '700213', node_name: 'WhatsApp follow-up',
      batch_status: { written: 'RUNNING', phase: 'running' },
      raw: JSON.stringify({ msg_id: message.msg_id, status: message.status, failure_code: message.failure_code, failure_reason: message.failure_reason }, null, 2),
    },
  };
}
