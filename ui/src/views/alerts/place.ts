import type { AlertRow } from '../../bindings/types';
import type { Route } from '../../store/route';
import { personOf } from '../person/place';
import { settings } from '../settings/sections';

/** The row that a warning leads to. */
export function placeOf({ rule, about, account, call }: AlertRow): Route {
  if (about.kind === 'workflow') {
    const params: Record<string, string> = rule === 'workflow_failed' ? { tab: 'timeline' } : {};
    return { screen: 'workflow', id: about.id, params };
  }
  if (about.kind === 'session') return { screen: 'conversations', id: null, params: { open: `session/${about.id}` } };
  switch (rule) {
    case 'webhook_silent':
      return settings('webhooks', { account });
    case 'outside_hours':
      return { screen: 'calls', id: null, params: call === null ? { account } : { account, sel: call, open: `call/${call}` } };
    case 'contact_limit':
    case 'called_after_opt_out':
      return call === null ? { screen: 'calls', id: null, params: { account } } : personOf('call', call);
    case 'session_errors':
      return { screen: 'conversations', id: null, params: { account } };
    default:
      return settings('check', { account });
  }
}

const MINUTE = 60_000;

/** When the shift ends next: a minute of the day by the machine's clock. */
export function shiftEnd(minute: number, now: number): number {
  const end = new Date(now);
  end.setHours(Math.floor(minute / 60), minute % 60, 0, 0);
  if (end.getTime() <= now) end.setDate(end.getDate() + 1);
  return end.getTime();
}

export const QUARTER_MS = 15 * MINUTE;
export const HOUR_MS = 60 * MINUTE;

/** Judged every few seconds: later than this it is late. */
const LATE_MS = 30_000;

export function isLate(judgedAt: number | null, now: number): boolean {
  return judgedAt !== null && now - judgedAt > LATE_MS;
}

/** Put off at this time. */
export function isOff(row: AlertRow, now: number): boolean {
  return row.snoozed_until !== null && row.snoozed_until > now;
}
