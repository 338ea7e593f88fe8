import type { CallRow, Query, RowDto } from '../../bindings/types';
import type { ListState } from '../../store/list';

/** The list that a recording was opened from, in the order that it had on screen. */
export interface Origin {
  /** Without its window. */
  query: Query;
  /** Where in the list the call stood. */
  index: number;
  /** How the address says that this call is chosen in that list. */
  chosen: (call: CallRow) => Record<string, string>;
}

/** `end`: no recording that way. `gone`: the call is not in the list any more. `far`: none near enough to look for. */
export type Found = { call: CallRow; index: number } | 'end' | 'gone' | 'far';

const WINDOW = 200;
const MOST_WINDOWS = 12;

type Asked = Pick<ListState, 'anchor' | 'total' | 'rows'>;

/**
 * The next call with a recording after `id` (`by` 1), or before it (-1). The list may have moved since
 * it was seen: what came on top of it meanwhile is looked through for the call first.
 */
export async function findNext(ask: (anchor: number, count: number) => Promise<Asked>, { index }: Origin, id: string, by: 1 | -1): Promise<Found> {
  let [anchor, count, met] = [Math.max(0, index - WINDOW / 2), WINDOW, false];
  for (let asked = 0; asked < MOST_WINDOWS; asked++) {
    const { anchor: from, total, rows } = await ask(anchor, count);
    const calls = rows.map(callOf);
    const here = met ? -1 : calls.findIndex((call) => call?.id === id);
    const until = from + rows.length;
    if (!met && here < 0) {
      if (until >= total || rows.length === 0) return 'gone';
      anchor = until;
      continue;
    }
    const start = met ? (by > 0 ? 0 : calls.length - 1) : here + by;
    met = true;
    for (let at = start; at >= 0 && at < calls.length; at += by) {
      const call = calls[at];
      if (call?.has_recording) return { call, index: from + at };
    }
    if (rows.length === 0 || (by > 0 ? until >= total : from === 0)) return 'end';
    count = by > 0 ? WINDOW : Math.min(WINDOW, from);
    anchor = by > 0 ? until : from - count;
  }
  return met ? 'far' : 'gone';
}

function callOf(row: RowDto): CallRow | null {
  if (row.list === 'call') return row.row;
  return row.list === 'person' && row.row.event.kind === 'call' ? row.row.event.call : null;
}

/** A list on screen that calls are opened from. */
export interface Shown {
  origin(id: string): Origin | null;
}

let shown: Shown[] = [];
let opened: { id: string; origin: Origin } | null = null;

/** The list stands on screen; returns what takes it away. */
export function showCalls(list: Shown): () => void {
  shown = [...shown, list];
  return () => {
    shown = shown.filter((other) => other !== list);
  };
}

/** The call is opened out of that list, which may leave the screen by that. */
export function openedFrom(list: Shown, id: string): void {
  const origin = list.origin(id);
  if (origin) opened = { id, origin };
}

/** The list that this call was opened from, else one on screen that holds it. */
export function originOf(id: string): Origin | null {
  if (opened?.id === id) return opened.origin;
  for (const list of shown.toReversed()) {
    const origin = list.origin(id);
    if (origin) return origin;
  }
  return null;
}
