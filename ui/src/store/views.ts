import type { SavedView } from '../bindings/types';
import { within, type Arrangement } from './columns';
import { namedOf } from './named';
import { formatRoute, type Route } from './route';

/** What of an address says how a list is seen; what is open or chosen in it is none of a view's. */
const SEEN = ['filter', 'sort', 'account', 'q', 'tab'];

export function viewOf(name: string, table: string, route: Route, { shown, widths }: Arrangement): SavedView {
  const params = Object.fromEntries(Object.entries(route.params).filter(([param]) => SEEN.includes(param)));
  const ids = [...new Set([...Object.keys(shown), ...Object.keys(widths)])];
  return {
    name: name.trim(),
    table,
    address: formatRoute({ ...route, params }),
    columns: ids.map((id) => ({ id, shown: shown[id] ?? null, width: widths[id] ?? null })),
  };
}

export function arrangementOf({ columns }: SavedView): Arrangement {
  const arrangement: Arrangement = { shown: {}, widths: {} };
  for (const { id, shown, width } of columns) {
    if (shown !== null) arrangement.shown[id] = shown;
    if (width !== null) arrangement.widths[id] = within(width);
  }
  return arrangement;
}

/** Columns that the view wants to see, and the table does not have. */
export function goneFrom({ columns }: SavedView, known: readonly { id: string }[]): string[] {
  const wanted = columns.filter(({ id, shown }) => shown !== false && namedOf(id) === null);
  return wanted.map(({ id }) => id).filter((id) => !known.some((column) => column.id === id));
}
