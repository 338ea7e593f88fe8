import { namedOf } from '../store/named';
import { plainLine, t, type TextKey } from '../text';

/** A column of a table of rows `T`. */
export interface Column<T> {
  id: string;
  label: TextKey;
  /** The vendor's word for it, where there is none of ours. */
  name?: string;
  /** A track of a CSS grid: `96px`, `minmax(160px, 1fr)`. */
  width: string;
  /** Numbers stand right. */
  end?: boolean;
  /** The core's name of the order, where the column can be sorted by. */
  sort?: string;
  /** Only there when somebody asked for it. */
  optional?: boolean;
  /** The table is at least so wide, or the column folds away. */
  from?: number;
  /** What the cell says, for the tint of a change. */
  value: (row: T) => unknown;
}

export const titleOf = ({ label, name }: Pick<Column<never>, 'label' | 'name'>) => (name === undefined ? t(label) : plainLine(name));

/** Columns of labels, slots and variables, by the ids of the arrangement. */
export function namedColumns<T extends { named: Record<string, string> }>(ids: readonly string[]): Column<T>[] {
  return ids.flatMap((id) => {
    const found = namedOf(id);
    return found ? [{ id, label: `col.${found.sort}`, name: found.name, width: 'minmax(96px, 1fr)', value: (row) => row.named[id] } satisfies Column<T>] : [];
  });
}
