import type { TextKey } from '../text';

/** A column of a table of rows `T`. */
export interface Column<T> {
  id: string;
  label: TextKey;
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
