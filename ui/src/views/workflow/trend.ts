import type { CourseView, RatioDto, TrendPointDto } from '../../bindings/types';
import { quotient } from '../../text/format';

export const CURVES = ['progress', 'reached', 'talk', 'attempts', 'short', 'calls', 'sessions', 'pace'] as const;
export type Curve = (typeof CURVES)[number];

type Shares = 'progress' | 'reached' | 'talk_ms' | 'attempts' | 'short_calls';
const RATIOS: Partial<Record<Curve, Shares>> = {
  progress: 'progress', reached: 'reached', talk: 'talk_ms', attempts: 'attempts', short: 'short_calls',
};

export function ratioAt(point: TrendPointDto, curve: Curve): RatioDto | null {
  const name = RATIOS[curve];
  return name ? point[name] : null;
}

/** What the vendor did not send is `null`: a hole in the curve, not a zero. */
function valueAt(points: readonly TrendPointDto[], at: number, curve: Curve): number | null {
  const point = points[at];
  if (!point) return null;
  if (curve === 'calls') return point.calls;
  if (curve === 'sessions') return point.sessions;
  if (curve !== 'pace') return quotient(ratioAt(point, curve));
  const before = points[at - 1];
  if (!before || point.finished === null || before.finished === null) return null;
  return Math.max(0, point.finished - before.finished) / ((point.at - before.at) / 60_000);
}

/** Times in seconds, as charts count them, and the values that hold from each of them on. */
export interface Line {
  at: number[];
  values: (number | null)[];
}

/** A step curve with holes where nobody was asked; the last value holds until it was last confirmed. */
export function lineOf(course: Pick<CourseView, 'points' | 'gaps' | 'until'>, curve: Curve): Line {
  const { points, gaps, until } = course;
  const all = points.map((point, at): [number, number | null] => [point.at, valueAt(points, at, curve)]);
  const first = points[0]?.at ?? Infinity;
  const held = (ms: number) => all.findLast(([at]) => at <= ms)?.[1] ?? null;
  const more: [number, number | null][] = [];
  for (const gap of gaps) {
    if (gap.from < first) continue;
    more.push([gap.from, null], [gap.to, held(gap.to)]);
  }
  const last = points.at(-1);
  if (last && until !== null && until > last.at) more.push([until, held(until)]);
  const sorted = [...all, ...more].sort((a, b) => a[0] - b[0]);
  return { at: sorted.map(([at]) => at / 1000), values: sorted.map(([, value]) => value) };
}

/** What is new since a time; `null` where nothing was known then or nothing changed. */
export interface SinceThen {
  calls: number;
  reached: number;
  finished: number | null;
  sessions: number;
}

export function sinceThen(points: readonly TrendPointDto[], then: number): SinceThen | null {
  const before = points.findLast((point) => point.at <= then);
  const now = points.at(-1);
  if (!before || !now || before === now) return null;
  const more = {
    calls: now.calls - before.calls,
    reached: (now.reached?.num ?? 0) - (before.reached?.num ?? 0),
    finished: now.finished === null || before.finished === null ? null : now.finished - before.finished,
    sessions: now.sessions - before.sessions,
  };
  return more.calls || more.reached || more.finished || more.sessions ? more : null;
}
