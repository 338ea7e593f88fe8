import { describe, expect, it } from 'vitest';
import type { WorkflowRow } from '../../bindings/types';
import { phaseOf, togglePhase, withoutPhase } from './filter';
import { sumsOf } from './sums';

describe('the phase of a filter', () => {
  it('is asked for, changed and taken back without touching the other words', () => {
    const asked = togglePhase('jakarta 7', 'running');
    expect(phaseOf(asked)).toBe('running');
    expect(withoutPhase(asked)).toBe('jakarta 7');
    expect(phaseOf(togglePhase(asked, 'failed'))).toBe('failed');
    expect(togglePhase(asked, 'running')).toBe('jakarta 7');
    expect(phaseOf('mystatus:x')).toBeNull();
  });
});

describe('the sums', () => {
  const row = (progress: { num: number; den: number } | null) =>
    ({ figures: { progress, reached: null, talk_ms: null, calls: 2 } }) as WorkflowRow;

  it('leave a row that does not report out of both sides', () => {
    const sums = sumsOf([row({ num: 1, den: 4 }), row(null), row({ num: 3, den: 4 })]);
    expect(sums.progress).toEqual({ num: 4, den: 8 });
    expect(sums.calls).toBe(6);
  });

  it('are not reported when no row reports', () => {
    expect(sumsOf([row(null)]).reached).toBeNull();
    expect(sumsOf([]).progress).toBeNull();
  });
});
