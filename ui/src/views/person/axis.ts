/** A time in which something happened, in ms. */
export interface Span {
  from: number;
  to: number;
}

/** A piece of the axis with something in it, on one scale with all the others. */
export interface Stretch extends Span {
  left: number;
  width: number;
}

/** A piece in which nothing happened, drawn shorter than it was. */
export interface Pause {
  left: number;
  width: number;
  ms: number;
}

export interface Axis {
  stretches: Stretch[];
  pauses: Pause[];
  /** Where a moment stands, in px. */
  x: (at: number) => number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Pauses longer than this are shortened: the first of these with which there is room for all. */
const LADDER = [2 * MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY];
const PAUSE = 44;
/** Room beside what stands at the edge of a stretch. */
const PAD = 8;

/**
 * One axis over all spans. Calls take a minute and rounds are hours apart, so on one scale for all
 * nothing could be told from anything: pauses are cut short and drawn as cuts. With `toScale` none is.
 */
export function axisOf(spans: readonly Span[], width: number, toScale: boolean): Axis {
  const sorted = spans.map(({ from, to }) => ({ from, to: Math.max(from, to) })).sort((a, b) => a.from - b.from);
  if (sorted.length === 0 || width <= 0) return { stretches: [], pauses: [], x: () => 0 };
  const merged = toScale ? joined(sorted, Infinity) : shortened(sorted, width);
  const busy = merged.reduce((sum, { from, to }) => sum + to - from, 0);
  const room = Math.max(0, width - (merged.length - 1) * PAUSE - merged.length * 2 * PAD);
  const stretches: Stretch[] = [];
  const pauses: Pause[] = [];
  let left = 0;
  merged.forEach((span, at) => {
    const share = busy > 0 ? (span.to - span.from) / busy : 1 / merged.length;
    const stretch = { ...span, left, width: room * share + 2 * PAD };
    stretches.push(stretch);
    left += stretch.width;
    const next = merged[at + 1];
    if (!next) return;
    pauses.push({ left, width: PAUSE, ms: next.from - span.to });
    left += PAUSE;
  });
  return { stretches, pauses, x: (moment) => place(stretches, moment) };
}

function joined(sorted: readonly Span[], pause: number): Span[] {
  const all: Span[] = [];
  for (const span of sorted) {
    const last = all.at(-1);
    if (last && span.from - last.to <= pause) last.to = Math.max(last.to, span.to);
    else all.push({ ...span });
  }
  return all;
}

function shortened(sorted: readonly Span[], width: number): Span[] {
  for (const pause of LADDER) {
    const all = joined(sorted, pause);
    if (all.length * (PAUSE + 2 * PAD) <= width * 0.6) return all;
  }
  return joined(sorted, Infinity);
}

function place(stretches: readonly Stretch[], moment: number): number {
  const holds = stretches.find(({ to }) => moment <= to) ?? stretches.at(-1);
  if (!holds) return 0;
  const { from, to, left, width } = holds;
  const share = to > from ? (Math.max(from, Math.min(to, moment)) - from) / (to - from) : 0.5;
  return left + PAD + share * (width - 2 * PAD);
}

export interface Tick {
  at: number;
  x: number;
}

const STEPS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, DAY, 2 * DAY, 7 * DAY, 30 * DAY];

/** Moments to be labelled: where a stretch begins, and round ones within, never closer than `apart`. */
export function ticksOf({ stretches }: Axis, apart: number): Tick[] {
  const ticks: Tick[] = [];
  const add = (at: number, x: number) => {
    const last = ticks.at(-1);
    if (!last || x - last.x >= apart) ticks.push({ at, x });
  };
  for (const stretch of stretches) {
    add(stretch.from, stretch.left + PAD);
    const inner = stretch.width - 2 * PAD;
    const perMs = inner / Math.max(1, stretch.to - stretch.from);
    const step = STEPS.find((ms) => ms * perMs >= apart);
    if (!step) continue;
    // Round here, not in UTC; where the clock changes in between, an hour off is round enough.
    const zone = new Date(stretch.from).getTimezoneOffset() * MINUTE;
    for (let at = Math.ceil((stretch.from - zone) / step) * step + zone; at < stretch.to; at += step) add(at, place([stretch], at));
  }
  return ticks;
}
