import { router } from '../../store/router.svelte';

/** Opens a task, plan or round in the detail pane; its list there begins anew. */
export function open(id: string, more: Record<string, string | null> = {}): void {
  router.step({ open: id, 'pane.filter': null, 'pane.sort': null, 'pane.sel': null, 'pane.top': null, ...more });
}
