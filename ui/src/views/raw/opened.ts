import type { RawKind } from '../../host';
import { opened, type Opened, type Route } from '../../store/route';

/** A record whose JSON is looked at. */
export interface OpenedRaw {
  kind: RawKind;
  id: string;
}

const KINDS: readonly RawKind[] = [
  'template', 'workflow', 'node', 'task', 'call', 'waba_task', 'waba_message', 'session', 'message', 'calling_task', 'plan', 'round',
];
/** What stands in the detail pane, as a record. */
const OPENED: Record<Opened['kind'], RawKind> = {
  call: 'call', session: 'session', waba: 'waba_message', task: 'calling_task', plan: 'plan', round: 'round',
};

/** `raw=call/account/id` of the address; it survives the reload after a field was mapped. */
export function openedRaw(route: Route): OpenedRaw | null {
  const said = route.params.raw ?? '';
  const cut = said.indexOf('/');
  const kind = KINDS.find((name) => name === said.slice(0, cut));
  const id = said.slice(cut + 1);
  return kind && id ? { kind, id } : null;
}

/** Tabs of a workflow whose rows have no detail pane. */
const ROWS: Record<string, RawKind> = { nodes: 'node', tasks: 'task' };

/** What the key for the raw view means here: what is open in the detail pane, else the row that is chosen, else the workflow. */
export function rawHere(route: Route): OpenedRaw | null {
  const chosen = route.screen === 'tasks' ? route.params.sel : undefined;
  const detail = opened(route) ?? (chosen ? opened({ ...route, params: { open: chosen } }) : null);
  if (detail) return { kind: OPENED[detail.kind], id: detail.id };
  const row = route.screen === 'workflow' ? ROWS[route.params.tab ?? ''] : undefined;
  if (row && route.params.sel) return { kind: row, id: route.params.sel };
  return route.screen === 'workflow' && route.id ? { kind: 'workflow', id: route.id } : null;
}

export const rawParam = ({ kind, id }: OpenedRaw) => `${kind}/${id}`;
export const accountOf = (id: string) => id.slice(0, Math.max(0, id.indexOf('/')));
