import { untrack } from 'svelte';
import type { CourseView, UiError, WorkflowRow } from '../../bindings/types';
import { asUiError } from '../../host/host';
import { app } from '../../store/live.svelte';

/** A row changes many times a minute; how it went is asked again at most so often. */
const AGAIN_MS = 5_000;

/** How a workflow went: asked when it is opened, and again while its row changes and `looked` says that it is looked at. */
export function courseOf(row: () => WorkflowRow | undefined, looked: () => boolean): { readonly view: CourseView | null; readonly error: UiError | null } {
  let view = $state.raw<CourseView | null>(null);
  let error = $state.raw<UiError | null>(null);
  let shown = '';
  let askedAt = -Infinity;
  const id = $derived(row()?.id ?? null);
  const stamp = $derived(looked() ? JSON.stringify(row() ?? null) : '');

  async function ask(workflow: string): Promise<void> {
    askedAt = performance.now();
    try {
      const next = await app.store.host.course(workflow);
      if (shown !== workflow) return;
      view = next;
      error = null;
    } catch (thrown) {
      if (shown === workflow) error = asUiError(thrown, 'store');
    }
  }

  $effect(() => {
    void stamp;
    const workflow = id;
    if (workflow === null) return;
    return untrack(() => {
      if (workflow !== shown) {
        shown = workflow;
        view = null;
        askedAt = -Infinity;
      }
      const wait = Math.max(0, askedAt + AGAIN_MS - performance.now());
      const timer = setTimeout(() => void ask(workflow), wait);
      return () => clearTimeout(timer);
    });
  });

  return {
    get view() {
      return view;
    },
    get error() {
      return error;
    },
  };
}
