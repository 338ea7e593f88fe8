import { describe, expect, it } from 'vitest';
import type { TurnDto } from '../../bindings/types';
import { stepAt, stepsOf } from './steps';

const turn = (text: string, start_ms: number | null = null, end_ms: number | null = null): TurnDto => ({ role: 'user', text, start_ms, end_ms });
const quiet = { duration_ms: 10_000, silences: [] };

describe('the turns of a call', () => {
  it('stand where they are reported, up to the next start where no end is', () => {
    const steps = stepsOf([turn('a', 0, 900), turn('b', 1000), turn('c'), turn('d', 3000)], null);
    expect(steps).toEqual({ of: [{ from: 0, to: 900 }, { from: 1000, to: 3000 }, null, { from: 3000, to: Infinity }], reckoned: false });
    expect([0, 950, 2999, 3000, 1e9].map((at) => stepAt(steps, at))).toEqual([0, -1, 1, 3, 3]);
  });

  it('are reckoned by the length of the texts where nothing has a time, and say so', () => {
    const steps = stepsOf([turn('xxxx'), turn('x'), turn('xxxxx')], quiet);
    expect(steps).toEqual({ of: [{ from: 0, to: 4000 }, { from: 4000, to: 5000 }, { from: 5000, to: 10_000 }], reckoned: true });
    expect(stepsOf([turn('好'), turn('xxx')], quiet).of[1]?.from).toBe(5000);
  });

  it('are not said in silence', () => {
    const peaks = { duration_ms: 10_000, silences: [{ from_ms: 0, to_ms: 2000 }, { from_ms: 6000, to_ms: 8000 }] };
    expect(stepsOf([turn('xx'), turn('x')], peaks).of).toEqual([{ from: 2000, to: 8000 }, { from: 8000, to: 10_000 }]);
  });

  it('have no place before there is a recording, or where there is nothing to reckon with', () => {
    expect(stepsOf([turn('x')], null)).toEqual({ of: [null], reckoned: true });
    expect(stepsOf([turn('')], quiet).of).toEqual([null]);
    expect(stepsOf([turn('x')], { duration_ms: 10, silences: [{ from_ms: 0, to_ms: 10 }] }).of).toEqual([null]);
    expect(stepsOf([], quiet).of).toEqual([]);
  });
});
