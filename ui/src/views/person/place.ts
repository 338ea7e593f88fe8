import type { CallRow, SessionRow } from '../../bindings/types';
import { opened, type Route } from '../../store/route';

/** Records that are about somebody. */
const KINDS = ['call', 'session', 'waba'] as const;
export type PersonKind = (typeof KINDS)[number];

/** The person that a record is about. The record names them: an address never holds a number. */
export function personOf(kind: PersonKind, rowId: string): Route {
  const cut = rowId.indexOf('/');
  return { screen: 'person', id: `${rowId.slice(0, cut)}/${kind}/${rowId.slice(cut + 1)}`, params: {} };
}

const TABS: Record<string, PersonKind> = { calls: 'call', sessions: 'session', waba: 'waba' };

/** What the key for a person means here: whom the opened record is about, else the chosen one. */
export function personHere(route: Route): Route | null {
  const detail = opened(route);
  const { sel, tab, 'pane.sel': call } = route.params;
  if (detail) {
    const kind = KINDS.find((name) => name === detail.kind);
    if (kind) return route.screen === 'person' ? null : personOf(kind, detail.id);
    // A task or a round: the call chosen in its own list.
    return call && detail.kind !== 'plan' ? personOf('call', call) : null;
  }
  if (!sel) return null;
  if (route.screen === 'calls') return personOf('call', sel);
  if (route.screen === 'conversations') return personOf('session', sel);
  const kind = route.screen === 'workflow' ? TABS[tab ?? 'calls'] : undefined;
  return kind ? personOf(kind, sel) : null;
}

interface Found {
  to: Route;
  callee: string | null;
  case_id: string | null;
}
const MOST = 3;

/** Whom the rows found for a typed number or case are about, each once. */
export function personsIn(calls: CallRow[], sessions: SessionRow[], typed: string): Found[] {
  const number = /^[\d\s+().-]+$/.test(typed) && typed.replace(/\D/g, '').length >= 4;
  const wanted = typed.toLowerCase();
  const found = new Map<string, Found>();
  for (const row of calls) {
    if (!number && !row.case_id?.toLowerCase().includes(wanted)) continue;
    const key = `${row.account} ${row.callee ?? row.case_id}`;
    if (!found.has(key)) found.set(key, { to: personOf('call', row.id), callee: row.callee, case_id: row.case_id });
  }
  for (const row of number ? sessions : []) {
    const key = `${row.account} ${row.callee}`;
    if (!found.has(key)) found.set(key, { to: personOf('session', row.id), callee: row.callee, case_id: null });
  }
  return [...found.values()].slice(0, MOST);
}
