const KEY = 'wheelhouse.looked';
/** The oldest are forgotten: nobody comes back to more. */
const MOST = 500;

/** When a person last looked at each workflow, by its row id. */
export function lookedAt(storage: Pick<Storage, 'getItem'>, id: string): number | null {
  return kept(storage)[id] ?? null;
}

export function keepLooked(storage: Pick<Storage, 'getItem' | 'setItem'>, id: string, at: number): void {
  const others = Object.entries(kept(storage)).filter(([each]) => each !== id);
  const newest = others.sort((a, b) => b[1] - a[1]).slice(0, MOST - 1);
  storage.setItem(KEY, JSON.stringify(Object.fromEntries([[id, at], ...newest])));
}

function kept(storage: Pick<Storage, 'getItem'>): Record<string, number> {
  try {
    const held: unknown = JSON.parse(storage.getItem(KEY) ?? '{}');
    if (typeof held !== 'object' || held === null) return {};
    return Object.fromEntries(Object.entries(held).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  } catch {
    // What cannot be read was never looked at.
    return {};
  }
}
