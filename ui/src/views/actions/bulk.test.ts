import { expect, it } from 'vitest';
import { sumOf } from './bulk';

const line = (what: 'numbers_left' | 'waba_queued', value: number | null, as_of: number | null) => ({ what, value, as_of, evidence: 'assumed' as const });

it('adds what is reported, counts what is not, and is as old as its oldest part', () => {
  expect(
    sumOf([
      { lines: [line('numbers_left', 10, 5000), line('waba_queued', null, null)] },
      { lines: [line('numbers_left', 3, 2000), line('waba_queued', null, null)] },
      { lines: [line('numbers_left', null, null)] },
    ]),
  ).toEqual([
    { what: 'numbers_left', value: 13, unreported: 1, asOf: 2000 },
    { what: 'waba_queued', value: null, unreported: 2, asOf: null },
  ]);
  expect(sumOf([])).toEqual([]);
});
