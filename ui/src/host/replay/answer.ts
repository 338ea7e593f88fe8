import type { CallRow, DiallingRow, FilterFault, ListName, Query, RowDto, SessionRow, ShareDto, UiError, WabaRow, WorkflowRow } from '../../bindings/types';
import { offersOfCall, offersOfSession, receiptOf } from './acts';
import { callsOf, diallingDetail, lineFacets, ofLine, withoutLine } from './dialling';
import { spokenFacets, spokenRows } from './spoken';
import { personFacets, personRows, wabaDetail } from './person';
import type { Wish } from './wish';

export type Lists = Map<ListName, RowDto[]>;

const PHASES = ['failed', 'stopping', 'running', 'paused', 'pending', 'stopped', 'finished', 'unknown'];

/** The window that a query asks for. A small likeness of the core, enough to look at every screen. */
export function answer(lists: Lists, query: Query): { total: number; rows: RowDto[] } {
  const all = matching(lists, query);
  if (query.sort) all.sort(order(query.sort.key, query.sort.descending));
  const rows = all.slice(query.anchor, query.anchor + query.count);
  return { total: all.length, rows: query.named.length > 0 ? rows.map((row) => withNamed(lists, row, query.named)) : rows };
}

/** The row with the labels, slots and variables that are asked for. */
function withNamed(lists: Lists, row: RowDto, ids: string[]): RowDto {
  if (row.list !== 'call' && row.list !== 'session') return row;
  const { labels, slots, ...more } = row.list === 'call' ? callDetail(lists, row.row) : sessionDetail(lists, row.row);
  const pairs: Record<string, { name: string; value: string }[]> = { label: labels, slot: slots, variable: 'variables' in more ? more.variables : [] };
  const value = (id: string) => pairs[id.slice(0, id.indexOf(':'))]?.find(({ name }) => name === id.slice(id.indexOf(':') + 1))?.value;
  const named = Object.fromEntries(ids.flatMap((id) => (value(id) === undefined ? [] : [[id, value(id)]])));
  return { ...row, row: { ...row.row, named } } as RowDto;
}

export function facetsOf(lists: Lists, query: Query, wish: Pick<Wish, 'indexing'>): ShareDto[] {
  if (query.list === 'spoken') return spokenFacets(lists, query, wish.indexing);
  if (query.list === 'person') return personFacets(personRows(lists, query.scope ?? ''));
  if (query.list === 'dialling') return lineFacets(matching(lists, withoutLine(query)).map((row) => row.row as DiallingRow));
  if (query.list !== 'workflows') return [];
  const rows = matching(lists, query).map((row) => row.row as WorkflowRow);
  return PHASES.map((label) => ({ label, count: rows.filter((row) => row.status?.phase === label).length }));
}

function matching(lists: Lists, query: Query): RowDto[] {
  const { list, scope, account, filter } = query;
  const one = (name: ListName) => (lists.get(name) ?? []).filter((row) => row.row.id === scope);
  if (list === 'workflow') return one('workflows');
  if (list === 'spoken') return spokenRows(lists, query);
  if (list === 'calling_task' || list === 'plan' || list === 'round') return diallingDetail(lists, query);
  if (list === 'call') return [...one('calls'), ...one('task_calls')].map((row) => ({ list: 'call_detail', row: callDetail(lists, row.row as CallRow) }));
  if (list === 'session') return one('sessions').map((row) => ({ list: 'session_detail', row: sessionDetail(lists, row.row as SessionRow) }));
  if (list === 'waba_message') return one('waba').map((row) => wabaDetail(row.row as WabaRow));
  if (list === 'person') return personRows(lists, scope ?? '').map((row) => ({ list: 'person', row }));
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const held = list === 'task_calls' ? callsOf(lists, scope ?? '').map((row): RowDto => ({ list: 'call', row })) : (lists.get(list) ?? []);
  return held.filter((row) => {
    if (scope !== null && list !== 'task_calls' && !belongs(row, scope)) return false;
    if (account !== null && 'account' in row.row && row.row.account !== account) return false;
    return words.every((word) => matches(row, word));
  });
}

function belongs(row: RowDto, scope: string): boolean {
  if (row.list === 'timeline') return row.row.id.startsWith(`${scope}/`);
  if (row.list === 'round') return row.row.scope.startsWith(`${scope}#`);
  if (row.list === 'message') return `${row.row.account}/${row.row.session_id}` === scope;
  return 'workflow_id' in row.row && `${row.row.account}/${row.row.workflow_id}` === scope;
}

function matches(row: RowDto, word: string): boolean {
  if (word.startsWith('status:')) return (row.list === 'workflow' || row.list === 'dialling') && row.row.status?.phase === word.slice(7);
  const reached = /^reached<(\d+)%$/.exec(word)?.[1];
  if (reached !== undefined) return row.list === 'workflow' && ratio(row.row.figures.reached) >= 0 && ratio(row.row.figures.reached) < Number(reached) / 100;
  if (word.startsWith('line:')) return row.list === 'dialling' && ofLine(row.row, word.slice(5));
  if (word.startsWith('from:')) return row.list === 'session' && row.row.origin === word.slice(5);
  return Object.values(row.row).some((value) => typeof value === 'string' && value.toLowerCase().includes(word));
}

/** What the core answers to these mistakes; tests type them. */
const FAULTS: Record<string, FilterFault> = {
  stauts: { at: 0, length: 6, problem: 'unknown_field', word: 'stauts', suggestion: 'status', known: ['status', 'name', 'template', 'progress', 'reached', 'talk', 'total', 'calls', 'sessions', 'called', 'started'] },
  runing: { at: 7, length: 6, problem: 'unknown_value', word: 'runing', suggestion: 'running', known: PHASES },
  twenty: { at: 8, length: 6, problem: 'no_share', word: 'twenty', suggestion: null, known: [] },
};

export function faultOf({ list, filter }: Query): UiError | null {
  const own = list === 'calls' || list === 'sessions' ? filter.search(/\breached[<>]/) : -1;
  if (own >= 0) return { code: 'filter', message: '', ref: null, filter: { at: own, length: 7, problem: 'unknown_field', word: 'reached', suggestion: null, known: [] } };
  const found = Object.keys(FAULTS).find((word) => filter.includes(word));
  const fault = found === undefined ? undefined : FAULTS[found];
  return fault ? { code: 'filter', message: '', ref: null, filter: { ...fault, at: filter.indexOf(fault.word) } } : null;
}

const ratio = (value: { num: number; den: number } | null) => (value && value.den ? value.num / value.den : -1);

function valueOf(row: RowDto, key: string): number | string {
  if (row.list === 'workflow') {
    const { figures } = row.row;
    const values: Record<string, number | string> = {
      status: PHASES.indexOf(row.row.status?.phase ?? 'unknown'), name: row.row.name ?? '', progress: ratio(figures.progress),
      reached: ratio(figures.reached), talk: ratio(figures.talk_ms), started: row.row.started_at ?? 0,
    };
    return values[key] ?? 0;
  }
  if (row.list === 'dialling') {
    const { status, name, kind, total, finished, connected, started_at } = row.row;
    const progress = total && finished !== null ? finished / total : -1;
    const values: Record<string, number | string> = {
      status: PHASES.indexOf(status?.phase ?? 'unknown'), name: name ?? '', kind, progress, connected: connected ?? -1, started: started_at ?? 0,
    };
    return values[key] ?? 0;
  }
  const keys: Record<string, string> = {
    called: 'called_at', talk: 'talk_ms', started: 'started_at', rounds: 'talk_round', reason: 'end_reason',
  };
  const value = (row.row as unknown as Record<string, number | string | null>)[keys[key] ?? key];
  return value ?? (typeof value === 'string' ? '' : -1);
}

function order(key: string, descending: boolean) {
  return (a: RowDto, b: RowDto) => {
    const [left, right] = [valueOf(a, key), valueOf(b, key)];
    const way = left < right ? -1 : left > right ? 1 : 0;
    return descending ? -way : way;
  };
}

function callDetail(lists: Lists, call: CallRow) {
  const offers = offersOfCall(call);
  // What a webhook brings has turns without times here, so that both kinds can be looked at.
  const timed = call.source === 'api';
  const said = [
    ['robot', 'Hello, this is a reminder from your bank. Am I speaking with Ibu Sari?', 0, 9000],
    ['user', 'Ya, saya sendiri. Ada apa?', 9600, 13_000],
    ['robot', '您的账单本周五到期，请问您方便按时还款吗？', 13_400, 24_000],
    ['user', 'Next week is better for me, can you wait until Monday?', 28_000, 33_000],
    ['robot', 'Of course. I have noted Monday. Thank you and have a good day.', 33_200, 44_000],
    ['user', 'Thanks, bye.', 44_400, 46_500],
  ] as const;
  return {
    id: call.id,
    call,
    offers,
    receipt: receiptOf(lists, offers),
    intention_meaning: call.intention === 'B' ? 'promised to pay' : null,
    labels: call.connected ? [{ name: 'EventLabel', value: 'promised to pay' }, { name: 'mood', value: 'calm' }] : [],
    slots: call.connected ? [{ name: 'date', value: '2026-11-30' }] : [],
    dialogue: call.connected ? said.map(([role, text, start_ms, end_ms]) => ({ role, text, ...(timed ? { start_ms, end_ms } : { start_ms: null, end_ms: null }) })) : [],
    raw: JSON.stringify({ callid: call.call_id, talkResult: call.result, nthCall: call.round, hangupReason: call.hangup }, null, 2),
  };
}

function sessionDetail(lists: Lists, session: SessionRow) {
  const offers = offersOfSession(session);
  const strange = session.signature === 'unsigned';
  return {
    id: session.id,
    session,
    offers,
    receipt: receiptOf(lists, offers),
    robot: '88231',
    waba_task_id: 'wt-20931',
    entry_id: 'e-1f00',
    slots: [{ name: 'date', value: '2026-11-27' }, { name: '姓名', value: '王女士' }],
    labels: [{ name: 'EventLabel', value: 'promise' }],
    variables: [{ name: 'name', value: 'Sari' }, { name: 'project', value: 'M1 collection' }],
    notices: strange ? [{ kind: 'missing' as const, field: 'robot_id' }, { kind: 'new' as const, field: 'session_score' }] : [],
    raw: JSON.stringify({ call_id: session.session_id, status: session.status }, null, 2),
  };
}
