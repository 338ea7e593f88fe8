import { describe, expect, test } from 'vitest';
import type { TrendPointDto } from '../../bindings/types';
import { lineOf, sinceThen } from './trend';

const MINUTE = 60_000;
const point = (minute: number, finished: number | null, calls: number): TrendPointDto => ({
  at: minute * MINUTE, progress: finished === null ? null : { num: finished, den: 100 }, reached: { num: calls, den: 2 * calls },
  talk_ms: null, attempts: null, short_calls: null, finished, calls, sessions: 0,
});

describe('a curve', () => {
  const points = [point(1, 10, 5), point(2, null, 6), point(10, 40, 9)];

  test('has a hole where the vendor said nothing and where nobody was asked', () => {
    const line = lineOf({ points, gaps: [{ from: 4 * MINUTE, to: 9 * MINUTE }], until: 12 * MINUTE }, 'progress');
    expect(line.at).toEqual([60, 120, 240, 540, 600, 720]);
    expect(line.values).toEqual([0.1, null, null, null, 0.4, 0.4]);
  });

  test('holds its value over a time without change, and after a gap until the next', () => {
    const line = lineOf({ points: points.slice(0, 1), gaps: [{ from: 2 * MINUTE, to: 3 * MINUTE }], until: 4 * MINUTE }, 'calls');
    expect(line.values).toEqual([5, null, 5, 5]);
  });

  test('of the pace is what was finished a minute', () => {
    const line = lineOf({ points: [point(0, 10, 0), point(5, 30, 0)], gaps: [], until: null }, 'pace');
    expect(line.values).toEqual([null, 4]);
  });

  test('of nothing is nothing', () => {
    expect(lineOf({ points: [], gaps: [{ from: 1, to: 2 }], until: 5 }, 'calls')).toEqual({ at: [], values: [] });
  });
});

describe('since a time', () => {
  const points = [point(1, 10, 5), point(10, 40, 9)];
  test('is what changed after the last point before it', () => {
    expect(sinceThen(points, 5 * MINUTE)).toEqual({ calls: 4, reached: 4, finished: 30, sessions: 0 });
  });
  test('is nothing when nothing was known then, or nothing came', () => {
    expect(sinceThen(points, 0)).toBeNull();
    expect(sinceThen(points, 11 * MINUTE)).toBeNull();
  });
});
