import { expect, it } from 'vitest';
import type { FoundThing } from '../../bindings/types';
import { placeOf } from './place';

const thing = (more: Partial<FoundThing>): FoundThing => ({ kind: 'workflow', account: 'a', id: null, workflow: null, title: '', asked: false, ...more });

it('a thing opens on its own screen, else with its workflow, else nowhere', () => {
  expect(placeOf(thing({ id: 'a/w' }))?.id).toBe('a/w');
  expect(placeOf(thing({ kind: 'call', id: 'a/c' }))?.params.open).toBe('call/a/c');
  expect(placeOf(thing({ kind: 'number', workflow: 'w' }))?.id).toBe('a/w');
  expect(placeOf(thing({ kind: 'number', workflow: 'a/w' }))?.id).toBe('a/w');
  expect(placeOf(thing({ kind: 'case' }))).toBeNull();
  expect(placeOf(thing({ kind: 'calling_task', id: 'a/t' }))?.params.open).toBe('task/a/t');
  expect(placeOf(thing({ kind: 'plan', id: 'a/p' }))?.screen).toBe('tasks');
  expect(placeOf(thing({ kind: 'number', id: 'a/call/c' }))).toEqual({ screen: 'person', id: 'a/call/c', params: {} });
  expect(placeOf(thing({ kind: 'message', id: 'a/m' }))).toEqual({ screen: 'person', id: 'a/waba/m', params: { open: 'waba/a/m' } });
});
