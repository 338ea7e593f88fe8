import type { AccountHealth, Health, LagDto, LinkState, SourceHealth } from '../bindings/types';

export interface Freshness {
  source: string;
  answeredAt: number | null;
  late: boolean;
  notAsked: boolean;
}

/** A source is late when its next try has been due for so long. */
const GRACE_MS = 15_000;

const GOOD: ReadonlySet<LinkState> = new Set(['starting', 'live', 'not_asked']);

/** How fresh a block is: the oldest account's newest answer of the sources that feed the block. */
export function freshness(
  health: Health | null,
  keys: readonly string[],
  scope: string | null,
  account: string | null,
  now: number,
): Freshness | null {
  let oldest: Freshness | null = null;
  for (const each of health?.accounts ?? []) {
    if (account !== null && each.account !== account) continue;
    const source = newest(fitting(each.sources.filter((one) => keys.includes(one.key)), scope));
    if (!source) continue;
    const found = {
      source: source.key,
      answeredAt: source.answered_at,
      late: isLate(each, source, now),
      notAsked: source.not_asked,
    };
    if (!oldest || (found.answeredAt ?? 0) < (oldest.answeredAt ?? 0)) oldest = found;
  }
  return oldest;
}

/** Asked for this very thing, else for everything. */
function fitting(sources: SourceHealth[], scope: string | null): SourceHealth[] {
  const own = scope === null ? [] : sources.filter((source) => source.scope === scope);
  if (own.length > 0) return own;
  const all = sources.filter((source) => source.scope === null);
  return all.length > 0 ? all : sources;
}

function newest(sources: SourceHealth[]): SourceHealth | undefined {
  return sources.reduce<SourceHealth | undefined>(
    (best, one) => (!best || (one.answered_at ?? -1) > (best.answered_at ?? -1) ? one : best),
    undefined,
  );
}

function isLate(account: AccountHealth, source: SourceHealth, now: number): boolean {
  if (source.not_asked) return false;
  if (!GOOD.has(account.state) || source.error !== null) return true;
  return source.next_try !== null && now > source.next_try + GRACE_MS;
}

/** What runs is read every minute where the budget allows it. */
const BEHIND_MS = 300_000;

/** Whether the reading of what may change is so far behind that a person should know. */
export function isBehind(lag: LagDto, now: number): boolean {
  return lag.oldest_at !== null && now - lag.oldest_at > BEHIND_MS;
}

/** Accounts whose reading is so bad that nobody may miss it; the worst first. */
export function troubled(health: Health | null): AccountHealth[] {
  const worst: LinkState[] = ['sign_in_failed', 'unreachable', 'failing', 'late'];
  return (health?.accounts ?? [])
    .filter((account) => worst.includes(account.state))
    .sort((a, b) => worst.indexOf(a.state) - worst.indexOf(b.state));
}
