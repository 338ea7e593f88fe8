import type { FoundThing } from '../../bindings/types';
import type { Route } from '../../store/route';
import { personOf } from '../person/place';

/** The screen of a thing that was found; what has none of its own is shown with its workflow. */
export function placeOf({ kind, account, id, workflow }: FoundThing): Route | null {
  if (id && kind === 'workflow') return { screen: 'workflow', id, params: {} };
  if (id && kind === 'call') return { screen: 'calls', id: null, params: { open: `call/${id}` } };
  if (id && kind === 'session') return { screen: 'conversations', id: null, params: { open: `session/${id}` } };
  if (id && (kind === 'calling_task' || kind === 'plan')) {
    const open = `${kind === 'plan' ? 'plan' : 'task'}/${id}`;
    return { screen: 'tasks', id: null, params: { open, sel: open } };
  }
  // A person is named by a record of theirs, never by the number.
  if (id && (kind === 'number' || kind === 'case')) return { screen: 'person', id, params: {} };
  if (id && kind === 'message') return { ...personOf('waba', id), params: { open: `waba/${id}` } };
  if (workflow) return { screen: 'workflow', id: workflow.startsWith(`${account}/`) ? workflow : `${account}/${workflow}`, params: {} };
  return null;
}
