import { expect, it } from 'vitest';
import type { Route } from '../../store/route';
import { openedRaw, rawHere, rawParam } from './opened';

const workflow = (params: Record<string, string>): Route => ({ screen: 'workflow', id: 'a/w', params });

it('the key for the raw view means what is open, else the chosen row, else the workflow', () => {
  expect(rawHere(workflow({ open: 'call/a/c', tab: 'nodes', sel: 'a/n' }))).toEqual({ kind: 'call', id: 'a/c' });
  expect(rawHere(workflow({ tab: 'nodes', sel: 'a/n' }))).toEqual({ kind: 'node', id: 'a/n' });
  expect(rawHere(workflow({ tab: 'tasks', sel: 'a/t' }))).toEqual({ kind: 'task', id: 'a/t' });
  expect(rawHere(workflow({ tab: 'calls', sel: 'a/c' }))).toEqual({ kind: 'workflow', id: 'a/w' });
  const tasks = (params: Record<string, string>): Route => ({ screen: 'tasks', id: null, params });
  expect(rawHere(tasks({ sel: 'plan/a/p' }))).toEqual({ kind: 'plan', id: 'a/p' });
  expect(rawHere(tasks({ sel: 'plan/a/p', open: 'task/a/t' }))).toEqual({ kind: 'calling_task', id: 'a/t' });
  expect(rawHere(tasks({ sel: 'plan/a/p', open: 'round/a/p#1' }))).toEqual({ kind: 'round', id: 'a/p#1' });
  expect(rawHere({ screen: 'watch', id: null, params: { sel: 'a/w' } })).toBeNull();
});

it('a record stands in the address and is read from it again', () => {
  const raw = { kind: 'waba_message', id: 'a/b/c' } as const;
  expect(openedRaw(workflow({ raw: rawParam(raw) }))).toEqual(raw);
  expect(openedRaw(workflow({ raw: 'secret/a/b' }))).toBeNull();
});
