import { expect, it } from 'vitest';
import { testAccount } from '../../store/sample';
import { seen } from '../../store/seen.svelte';
import { newShapes } from './shapes';

const change = (at: number) => ({ source: 'workflow.list', field: `/f${at}`, differs: 'new' as const, was: '', now: 'text', at });

it('what was put away stays away, and a later change comes', () => {
  const account = testAccount('a', { shape_changes: [change(30), change(20)] });
  expect(newShapes(account, seen.until('a'))).toHaveLength(2);
  seen.to('a', 20);
  expect(newShapes(account, seen.until('a')).map((each) => each.at)).toEqual([30]);
  seen.to('a', 30);
  expect(newShapes(account, seen.until('a'))).toEqual([]);
  expect(newShapes(account, seen.until('b'))).toHaveLength(2);
  expect(localStorage.getItem('wheelhouse.shape-seen')).toBe('{"a":30}');
  expect(newShapes(undefined, -Infinity)).toEqual([]);
});
