import type { Column } from '../parts/table';
import { MOST_NAMED, namedOf } from './named';

/** What somebody changed of a table's columns, by their ids. */
export interface Arrangement {
  /** Shown or hidden against the default. */
  shown: Record<string, boolean>;
  /** In CSS pixels. */
  widths: Record<string, number>;
}

export const NARROWEST = 44;
export const WIDEST = 900;
const KEY = 'wheelhouse.columns.';
const asBuilt = (): Arrangement => ({ shown: {}, widths: {} });

/** Values that are none are left out; what is kept of a column that is no more changes nothing. */
export function readArrangement(storage: Pick<Storage, 'getItem'>, table: string): Arrangement {
  const read = asBuilt();
  try {
    const kept = (JSON.parse(storage.getItem(KEY + table) ?? '{}') ?? {}) as Partial<Arrangement>;
    for (const [id, shown] of Object.entries(kept.shown ?? {})) if (typeof shown === 'boolean') read.shown[id] = shown;
    for (const [id, width] of Object.entries(kept.widths ?? {})) {
      if (typeof width === 'number' && Number.isFinite(width)) read.widths[id] = within(width);
    }
  } catch {
    // An unreadable arrangement is none.
  }
  return read;
}

export function keepArrangement(storage: Pick<Storage, 'setItem' | 'removeItem'>, table: string, arrangement: Arrangement): void {
  const changed = Object.keys(arrangement.shown).length + Object.keys(arrangement.widths).length > 0;
  if (changed) storage.setItem(KEY + table, JSON.stringify(arrangement));
  else storage.removeItem(KEY + table);
}

export const within = (width: number) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));

/** Labels, slots and variables that somebody asked for, in that order. */
export function namedIn({ shown }: Arrangement): string[] {
  return Object.keys(shown).filter((id) => shown[id] && namedOf(id)).slice(0, MOST_NAMED);
}

export function isShown(column: Pick<Column<never>, 'id' | 'optional'>, { shown }: Arrangement): boolean {
  return shown[column.id] ?? !column.optional;
}

/**
 * What stands in a table of this width; 0 is not known yet. What is too much for it folds away, the columns for the widest
 * tables first; one that somebody asked for does not.
 */
export function columnsFor<C extends Pick<Column<never>, 'id' | 'width' | 'optional' | 'from'>>(columns: readonly C[], arrangement: Arrangement, width: number): C[] {
  const folds = ({ id, from }: C) => (arrangement.shown[id] === true ? 0 : (from ?? 0));
  let shown = columns.filter((column) => isShown(column, arrangement) && (width === 0 || width >= folds(column)));
  while (width > 0 && tracksOf(shown, arrangement).least > width) {
    const widest = Math.max(...shown.map(folds));
    if (widest <= 0) break;
    shown = shown.filter((column) => folds(column) !== widest);
  }
  return shown;
}

/** The tracks of a CSS grid, and how wide it is at least. */
export function tracksOf(columns: readonly Pick<Column<never>, 'id' | 'width'>[], { widths }: Arrangement): { tracks: string; least: number } {
  const tracks = columns.map(({ id, width }) => (widths[id] === undefined ? width : `${widths[id]}px`));
  const least = tracks.reduce((sum, track) => sum + Number(/\d+/.exec(track)?.[0] ?? 0), 0);
  return { tracks: tracks.join(' '), least };
}
