import type { AccountDraft, AccountSettings, CheckRow, FoundView, NextStep, StepOutcome, TestStep } from '../../bindings/types';
import { contractLines } from './contract';
import type { Wish } from './wish';

const base: AccountSettings = {
  account: 'demo', name: 'Demo Jakarta', colour: '#2f7d4f', base_url: 'http://127.0.0.1:4010', key_hint: 'demo', has_keys: true,
  secrets_in: 'session', zone: '+08:00', callee_zone: null, lines: ['collection', 'chatbot'], masked: true, read_only: false, budget: 5,
  has_chatbot_keys: false, chatbot_sign: 'none', has_pds_keys: false, documentation_url: null, guesses: true, demo: true,
};

export function demoAccounts(): AccountSettings[] {
  return [base, { ...base, account: 'demo-cn', name: '演示账号', colour: '#b0562a' }];
}

export function realAccount(keychain: boolean): AccountSettings {
  return {
    ...base, account: 'api.airudder.com-5f0c', name: 'Bank Nusantara', colour: '#2563a8', base_url: 'https://api.airudder.com', key_hint: '81f3',
    secrets_in: keychain ? 'keychain' : 'session', zone: '+07:00', chatbot_sign: null, guesses: false, demo: false,
  };
}

/** A kept draft, as the core answers: without a secret. */
export function accountOf(draft: AccountDraft, before: AccountSettings | undefined, keychain: boolean): AccountSettings {
  const had = before ?? { ...realAccount(keychain), has_keys: false, chatbot_sign: null };
  const has = (typed: string | null, kept: boolean) => (typed === null ? kept : typed !== '');
  return {
    ...had,
    account: before?.account ?? `${new URL(draft.base_url).hostname}-77aa`, name: draft.name, colour: draft.colour, base_url: draft.base_url,
    key_hint: draft.key?.slice(-4) ?? had.key_hint, has_keys: has(draft.secret, had.has_keys), zone: draft.zone, lines: draft.lines,
    masked: draft.masked, read_only: draft.read_only, budget: draft.budget, has_chatbot_keys: has(draft.chatbot_secret, had.has_chatbot_keys),
    chatbot_sign: draft.chatbot_sign, has_pds_keys: has(draft.pds_secret, had.has_pds_keys), documentation_url: draft.documentation_url,
    guesses: draft.guesses, callee_zone: draft.callee_zone === null ? had.callee_zone : draft.callee_zone || null,
  };
}

export function stepsOf(draft: AccountDraft, wish: Wish): TestStep[] {
  const signIn: StepOutcome = wish.test === 'refused' ? 'trouble' : 'good';
  const after: StepOutcome = signIn === 'good' ? 'good' : 'not_tested';
  const zone: StepOutcome = wish.test === 'look' ? 'look' : after;
  return [
    { step: 'address', outcome: 'good', detail: '143 ms' },
    { step: 'sign_in', outcome: signIn, detail: signIn === 'good' ? null : 'code 401: invalid APPSecret' },
    { step: 'zone', outcome: zone, detail: zone === 'look' ? 'the newest record is 1 h ahead of the Date header' : null },
    { step: 'chatbot', outcome: draft.chatbot_secret ? 'look' : 'not_tested', detail: null },
    { step: 'pds', outcome: draft.pds_secret ? after : 'not_tested', detail: null },
    { step: 'keychain', outcome: wish.keychain ? 'good' : 'look', detail: wish.keychain ? 'Secret Service' : null },
  ];
}

/** The check's rows: the network first, then each read once. */
export function checkRows(guesses: boolean, wish: Wish): CheckRow[] {
  const row = (key: string, more: Partial<CheckRow>): CheckRow => ({
    key, evidence: null, outcome: 'good', http: null, parsed: null, rows: null, unknown: [], ms: null, next: 'nothing', detail: null, ...more,
  });
  const refused = wish.test === 'refused';
  const first = [
    row('dns', { ms: 18, detail: 'api.airudder.com' }), row('proxy', { detail: null }), row('tls', { ms: 64, detail: 'TLS 1.3' }),
    row('clock', wish.test === 'look' ? { outcome: 'look', next: 'clock', detail: '94 s behind the vendor' } : { detail: null }),
    refused
      ? row('cloud.auth', { evidence: 'documented', outcome: 'trouble', http: 200, ms: 201, next: 'keys', detail: 'code 401: invalid APPSecret' })
      : row('cloud.auth', { evidence: 'documented', http: 200, parsed: true, ms: 188 }),
    row('zone', wish.test === 'look' ? { outcome: 'look', next: 'zone', detail: 'the newest record is 1 h ahead of the Date header' } : {}),
  ];
  const reads = contractLines.filter(([key, , kind]) => kind === 'read' && key !== 'cloud.auth');
  return [...first, ...reads.map(([key, , , method, , evidence], at) => {
    const own = { evidence, ms: 90 + ((at * 37) % 240) };
    if (refused) return row(key, { evidence, outcome: 'not_tested', next: 'keys' });
    if (key.startsWith('chat') || key.startsWith('waba')) return row(key, { evidence, outcome: 'not_tested', next: 'sign' });
    if (key.startsWith('pds')) return row(key, { evidence, outcome: 'not_tested', next: 'keys' });
    if (evidence === 'assumed' && method !== 'GET') return row(key, { evidence, outcome: 'not_tested', next: 'path' });
    if (evidence === 'assumed' && !guesses) return row(key, { evidence, outcome: 'not_tested', next: 'consent' });
    return row(key, { ...own, ...answerOf(key, at) });
  })];
}

function answerOf(key: string, at: number): Partial<CheckRow> {
  const next = (outcome: StepOutcome, step: NextStep, more: Partial<CheckRow> = {}) => ({ outcome, next: step, http: 200, ...more });
  if (key === 'workflow.list') return { http: 200, parsed: true, rows: 20, unknown: ['creator', 'robotGroup'] };
  if (key === 'workflow.subtasks') return next('look', 'map', { parsed: false, rows: 4, unknown: ['nodeId', 'nodeName', 'state', 'progressRate', 'ext_info'] });
  if (key === 'workflow.waba_tasks') return next('trouble', 'path', { http: 404 });
  if (key === 'workflow.verify_push') return { outcome: 'not_tested', next: 'no_example' };
  if (key === 'task.recording') return next('trouble', 'ask_vendor', { http: 403, detail: 'code 403: no permission' });
  if (key === 'plan.status') return next('look', 'later', { http: 429, detail: 'Retry-After: 30' });
  return { http: 200, parsed: true, rows: at * 3 };
}

/** What the pasted text could be. Only a few endings of an id are known to the recording. */
/** `person`: the record that names whom the number belongs to. */
export function foundIn(text: string, ask: boolean, person: string | null): FoundView {
  const pasted = text.trim();
  const hex = /^[0-9a-f]{32}$/i.test(pasted);
  const number = /^\+?\d{7,15}$/.test(pasted);
  const asked = { kind: 'workflow' as const, account: 'demo', id: null, workflow: 'e3b0c44298fc1c149afbf4c8996fb924', title: 'Due in 3 days · Bandung', asked: true };
  return {
    things: [
      ...(number ? [{ kind: 'number' as const, account: 'demo', id: person, workflow: null, title: `•••• ${pasted.slice(-4)}`, asked: false }] : []),
      ...(ask && (number || /^case/i.test(pasted)) ? [asked] : []),
    ],
    would_need: hex
      ? [
          { kind: 'workflow', key: 'workflow.subtasks', next: 'path' }, { kind: 'task', key: 'workflow.outbound_details', next: 'nothing' },
          { kind: 'call', key: 'workflow.call_by_id', next: 'consent' }, { kind: 'session', key: 'chat.messages', next: 'sign' },
        ]
      : [{ kind: 'call', key: 'workflow.calls_by_person', next: 'consent' }],
  };
}
