import type { FoundThing } from '../../bindings/types';
import type { Route } from '../../store/route';

/** The screen of a thing that was found; what has none of its own is shown with its workflow. */
export function placeOf({ kind, account, id, workflow }: FoundThing): Route | null {
  if (id && kind === 'workflow') return { screen: 'workflow', id, params: {} };
  if (id && kind === 'call') return { screen: 'calls', id: null, params: { open: `call/${id}` } };
  if (id && kind === 'session') return { screen: 'conversations', id: null, params: { open: `session/${id}` } };
  if (workflow) return { screen: 'workflow', id: workflow.startsWith(`${account}/`) ? workflow : `${account}/${workflow}`, params: {} };
  return null;
}
