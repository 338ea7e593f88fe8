/** Labels, slots and variables as columns: the vendor's words, which the core finds by `slot:amount`. */
export const SORTS = ['label', 'slot', 'variable'] as const;
export type NamedSort = (typeof SORTS)[number];

/** The core takes no more. */
export const MOST_NAMED = 24;
const LONGEST = 200;

export const namedId = (sort: NamedSort, name: string) => `${sort}:${name}`;

export function namedOf(id: string): { sort: NamedSort; name: string } | null {
  const at = id.indexOf(':');
  const sort = SORTS.find((each) => each === id.slice(0, Math.max(0, at)));
  return sort && at + 1 < id.length && [...id].length <= LONGEST ? { sort, name: id.slice(at + 1) } : null;
}
