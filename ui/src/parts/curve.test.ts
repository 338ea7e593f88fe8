import { expect, test } from 'vitest';
import { stepPath, timeMarks, valueMarks } from './curve';

test('marks of time stand on whole steps, and are not too many', () => {
  expect(timeMarks(3_590, 7_300, 8)).toEqual([3600, 4500, 5400, 6300, 7200]);
  expect(timeMarks(0, 40 * 604_800, 8).length).toBeLessThanOrEqual(9);
  expect(timeMarks(10, 20, 8)).toEqual([]);
});

test('marks of a value reach it, in steps that people count in', () => {
  expect(valueMarks(1)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(valueMarks(8457)).toEqual([0, 2500, 5000, 7500, 10_000]);
  expect(valueMarks(0)).toEqual([0, 1]);
  expect(valueMarks(Number.NaN)).toEqual([0, 1]);
});

test('a value holds until the next one, and a hole lifts the pen', () => {
  const same = (value: number) => value;
  expect(stepPath([0, 10, 20, 30], [1, 2, null, 5], same, same)).toBe('M0.0 1.0h0.1H10.0V2.0H20.0M30.0 5.0h0.1');
  expect(stepPath([], [], same, same)).toBe('');
});
