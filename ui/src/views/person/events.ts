import type { PersonRow, WabaRow } from '../../bindings/types';
import type { Span } from './axis';

export const LANES = ['call', 'waba', 'session'] as const;
export type Lane = (typeof LANES)[number];

/** The record that a row opens: its kind and row id. */
export function recordOf({ event }: PersonRow): { kind: Lane; id: string } {
  if (event.kind === 'call') return { kind: 'call', id: event.call.id };
  if (event.kind === 'session') return { kind: 'session', id: event.session.id };
  return { kind: 'waba', id: event.message.id };
}

export interface Stage {
  stage: 'sent' | 'delivered' | 'read' | 'replied' | 'failed';
  /** `null`: the vendor gave no time of it. */
  at: number | null;
}

const RANKS: Record<string, number> = { send: 1, sent: 1, delivery: 2, delivered: 2, read: 3, replied: 4 };

/** How far a message got: what has a time, what its status says, and that it failed. */
export function stagesOf(message: WabaRow): Stage[] {
  const rank = RANKS[message.status?.trim().toLowerCase() ?? ''] ?? 0;
  const stages: Stage[] = [];
  if (message.sent_at !== null || rank >= 1) stages.push({ stage: 'sent', at: message.sent_at });
  if (message.delivered_at !== null || rank >= 2) stages.push({ stage: 'delivered', at: message.delivered_at });
  if (message.read_at !== null || rank >= 3) stages.push({ stage: 'read', at: message.read_at });
  if (rank >= 4) stages.push({ stage: 'replied', at: null });
  if (isFailed(message)) stages.push({ stage: 'failed', at: null });
  return stages;
}

export function isFailed(message: WabaRow): boolean {
  return message.failure_code !== null || message.failure_reason !== null || /^(failed|failure|fail|error)$/i.test(message.status ?? '');
}

/** When something happened, and until when; `null` where no time is known. */
export function spanOf(row: PersonRow, now: number): Span | null {
  const { at, event } = row;
  if (at === null) return null;
  if (event.kind === 'call') return { from: at, to: Math.max(at + (event.call.talk_ms ?? 0), event.call.ended_at ?? at) };
  if (event.kind === 'session') {
    const { started_at, ended_at, end_reason } = event.session;
    const open = started_at !== null && ended_at === null && end_reason === null;
    return { from: at, to: Math.max(at, ended_at ?? (open ? now : at)) };
  }
  return { from: at, to: at };
}

/** The moments that the axis must show: a message read hours later is no hours of activity. */
export function spansOf(rows: readonly PersonRow[], now: number): Span[] {
  return rows.flatMap((row) => {
    const span = spanOf(row, now);
    if (!span) return [];
    if (row.event.kind !== 'waba') return [span];
    const told = stagesOf(row.event.message).flatMap(({ at }) => (at === null ? [] : [{ from: at, to: at }]));
    return [span, ...told];
  });
}

/** Sums over the rows held; a call that does not say is in neither side. */
export function sumsOf(rows: readonly PersonRow[]) {
  const calls = rows.flatMap(({ event }) => (event.kind === 'call' ? [event.call] : []));
  const told = calls.filter(({ connected }) => connected !== null);
  const talked = calls.filter(({ talk_ms }) => talk_ms !== null);
  const dated = rows.flatMap(({ at }) => (at === null ? [] : [at]));
  const connected = told.filter((call) => call.connected).length;
  return {
    connected: told.length > 0 ? { num: connected, den: told.length } : null,
    talk: talked.length > 0 ? { num: talked.reduce((sum, call) => sum + (call.talk_ms ?? 0), 0), den: talked.filter((call) => call.connected !== false).length } : null,
    first: dated.length > 0 ? Math.min(...dated) : null,
    last: dated.length > 0 ? Math.max(...dated) : null,
  };
}
