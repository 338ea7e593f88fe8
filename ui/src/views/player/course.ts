import type { SilenceDto } from '../../bindings/types';

/** Both ends of a stretch that plays again and again, in ms; with one end alone nothing is repeated yet. */
export interface Loop {
  readonly a: number | null;
  readonly b: number | null;
}
export type LoopEnd = keyof Loop;

export const NO_LOOP: Loop = { a: null, b: null };
/** Below this nothing can be made out. */
export const SHORTEST_LOOP_MS = 200;
/** Shorter pauses belong to speaking. */
const SKIP_FROM_MS = 1000;
/** What stays of a skipped silence on either side, so that a pause is still heard as one. */
const REST_MS = 150;

/** `null`: the loop would be too short. An end set beyond the other one begins another loop. */
export function withEnd(loop: Loop, end: LoopEnd, at: number): Loop | null {
  const other = end === 'a' ? loop.b : loop.a;
  if (other === null) return { ...loop, [end]: at };
  if (Math.abs(other - at) < SHORTEST_LOOP_MS) return null;
  const turned = end === 'a' ? at > other : at < other;
  return end === 'a' ? { a: at, b: turned ? null : other } : { a: turned ? null : other, b: at };
}

/** An end that is dragged stops where the loop would be too short. */
export function draggedEnd(loop: Loop, end: LoopEnd, to: number, duration: number): Loop {
  const least = end === 'b' && loop.a !== null ? loop.a + SHORTEST_LOOP_MS : 0;
  const most = end === 'a' && loop.b !== null ? loop.b - SHORTEST_LOOP_MS : duration;
  return { ...loop, [end]: Math.max(least, Math.min(most, to)) };
}

export function isWhole(loop: Loop): loop is { a: number; b: number } {
  return loop.a !== null && loop.b !== null;
}

/** A jump of the playback by itself. */
export interface Jump {
  to: number;
  /** Which silence was left out, and how much of it. */
  skipped: { silence: number; ms: number } | null;
}

/**
 * What follows once playback went on from `from` to `at` (ms). What was sought for by hand, after the
 * loop or before it, just plays: only playback that runs over the loop's end goes back to its start.
 */
export function jumpAt(from: number, at: number, loop: Loop, skip: readonly SilenceDto[]): Jump | null {
  if (isWhole(loop) && from < loop.b && at >= loop.b) return { to: loop.a, skipped: null };
  const silence = skip.findIndex(({ from_ms, to_ms }) => to_ms - from_ms > SKIP_FROM_MS && at >= from_ms + REST_MS && at < to_ms - REST_MS);
  const found = skip[silence];
  if (!found) return null;
  const to = found.to_ms - REST_MS;
  // The loop's end lies in the silence: what was chosen plays as it is.
  if (isWhole(loop) && at < loop.b && to >= loop.b) return null;
  return { to, skipped: { silence, ms: to - at } };
}
