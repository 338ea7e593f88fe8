import type { Delta, RowDto, ShareDto, Snapshot, UiError } from '../bindings/types';

/** A window of a list as last told, and never edited in place. */
export interface ListState {
  /** `false` until the first snapshot of this list came. */
  readonly ready: boolean;
  /** Why the list could not be answered; what was there before stays. */
  readonly error: UiError | null;
  readonly seq: number;
  /** Rows that match; `rows` is a window of them that starts at `anchor`. */
  readonly total: number;
  readonly anchor: number;
  readonly rows: readonly RowDto[];
  readonly facets: readonly ShareDto[];
}

export const emptyList: ListState = {
  ready: false,
  error: null,
  seq: -1,
  total: 0,
  anchor: 0,
  rows: [],
  facets: [],
};

type Lists = RowDto['list'];
export type RowOf<L extends Lists> = Extract<RowDto, { list: L }>['row'];

/** The rows of one kind, in order. */
export function rowsOf<L extends Lists>(state: ListState, list: L): RowOf<L>[] {
  const rows: RowOf<L>[] = [];
  for (const entry of state.rows) if (entry.list === list) rows.push(entry.row as RowOf<L>);
  return rows;
}

/** Rows that did not change keep their identity, so that nothing is drawn again for them. */
export function applySnapshot(state: ListState, snapshot: Snapshot): ListState {
  const known = byId(state.rows);
  const rows = snapshot.rows.map((row) => {
    const old = known.get(row.row.id);
    return old && same(old, row) ? old : row;
  });
  const { seq, total, anchor, facets } = snapshot;
  return { ready: true, error: null, seq, total, anchor, rows, facets };
}

/** `null` when the delta does not follow what is held: only a new snapshot helps then. */
export function applyDelta(state: ListState, delta: Delta): ListState | null {
  if (!state.ready || delta.from !== state.seq) return null;
  const known = byId(state.rows);
  for (const row of delta.upserts) {
    const old = known.get(row.row.id);
    if (!old || !same(old, row)) known.set(row.row.id, row);
  }
  const order = delta.order ?? state.rows.map((row) => row.row.id);
  const rows: RowDto[] = [];
  for (const id of order) {
    const row = known.get(id);
    if (!row) return null;
    rows.push(row);
  }
  return { ...state, error: null, seq: delta.to, total: delta.total, rows, facets: delta.facets };
}

function byId(rows: readonly RowDto[]): Map<string, RowDto> {
  return new Map(rows.map((row) => [row.row.id, row]));
}

/** Equality of two values that came as JSON. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) =>
    same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}
