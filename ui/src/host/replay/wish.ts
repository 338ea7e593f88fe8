import type { AccountDto, ActRequest, ErrorCode, NextStep, ReceiptDto } from '../../bindings/types';

/** What a test wants of the page, from its address: `?still&world=empty&link=sign_in_failed`. */
export interface Wish {
  /** Nothing moves by itself. */
  still: boolean;
  empty: boolean;
  /** An account of somebody's own instead of the demo; `none`: nobody connected one yet. */
  whose: 'demo' | 'real' | 'none';
  link: string | null;
  refusal: ErrorCode | null;
  hold: boolean;
  /** Of each act in turn, the last one for all that follow. */
  outcomes: ReceiptDto['outcome'][];
  recording: ErrorCode | null;
  /** Recordings have one lane. */
  mono: boolean;
  /** What the settings ask fails so, or never answers. */
  setup: ErrorCode | 'never' | null;
  /** How the test of an account, and the check of the connection, go. */
  test: 'good' | 'refused' | 'look';
  keychain: boolean;
  /** No webhook ever came, or many with a matching signature did. */
  hooks: 'some' | 'none' | 'signed' | 'off';
  /** The profile on the disk cannot be used. */
  fault: boolean;
  /** A field map finds nothing. */
  emptyMap: boolean;
  /** What an older version stored is still being made searchable. */
  indexing: boolean;
  /** What is to be done before tasks and plans are asked for: `?tasks=line&plans=line`. */
  dialling: Pick<AccountDto, 'tasks' | 'plans'>;
  /** The lists of tasks and plans fail so. */
  diallingFault: ErrorCode | null;
  /** How the rules of warnings were judged: `?judged=late`. */
  judged: 'now' | 'late' | 'never' | 'failed';
  /** Files cannot be written. */
  unsaved: boolean;
  /** What can be cancelled takes its time. */
  slow: boolean;
  /** Somebody saved views, and left a broken file among them. */
  views: boolean;
  /** Why the desktop takes no notifications. */
  silent: 'no_bus' | 'nobody_shows' | null;
  /** The desktop leads there once: `?goes=wheelhouse://alert/1`. */
  goes: string | null;
}

/** One call of a setup method. */
export interface Asked {
  name: string;
  args: unknown[];
}

declare global {
  interface Window {
    /** What the replay host was asked to do, for a test to look at. */
    replayed?: { acts: ActRequest[]; asked: Asked[] };
  }
}

export function wishOf(search: string): Wish {
  const asked = new URLSearchParams(search);
  return {
    still: asked.has('still'),
    empty: asked.get('world') === 'empty',
    whose: asked.get('accounts') === 'none' ? 'none' : asked.has('real') ? 'real' : 'demo',
    link: asked.get('link'),
    refusal: asked.get('refusal') as ErrorCode | null,
    hold: asked.has('hold'),
    outcomes: (asked.get('outcome') ?? 'accepted').split(',') as ReceiptDto['outcome'][],
    recording: asked.get('recording') as ErrorCode | null,
    mono: asked.has('mono'),
    setup: asked.get('setup') as Wish['setup'],
    test: (asked.get('test') ?? 'good') as Wish['test'],
    keychain: !asked.has('nokeychain'),
    hooks: (asked.get('hooks') ?? 'some') as Wish['hooks'],
    fault: asked.has('fault'),
    emptyMap: asked.has('emptymap'),
    indexing: asked.has('indexing'),
    unsaved: asked.has('unsaved'),
    views: asked.has('views'),
    slow: asked.has('slow'),
    judged: (asked.get('judged') ?? 'now') as Wish['judged'],
    silent: asked.get('silent') as Wish['silent'],
    goes: asked.get('goes'),
    diallingFault: asked.get('dialling') as ErrorCode | null,
    dialling: { tasks: (asked.get('tasks') ?? 'nothing') as NextStep, plans: (asked.get('plans') ?? 'nothing') as NextStep },
  };
}

const KEPT = 'wheelhouse.replay';

/** What was kept survives the reload that follows, as it does in the app. */
export interface Kept {
  asked: Asked[];
  accounts: unknown[] | null;
  changes: unknown[];
  webhooks: unknown;
}

export function readKept(): Kept {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as Partial<Kept>;
  return { asked: kept.asked ?? [], accounts: kept.accounts ?? null, changes: kept.changes ?? [], webhooks: kept.webhooks ?? null };
}

export function keep(kept: Kept): void {
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}
