import type { Query } from '../bindings/types';
import { emptyList, type ListState } from './list';
import { app } from './live.svelte';

/** A window of a list as it is now. */
export function once(query: Query): Promise<ListState> {
  return new Promise((tell, fail) => {
    const close = app.store.open(query, emptyList, (state) => {
      if (!state.ready && !state.error) return;
      queueMicrotask(() => close());
      if (state.ready) tell(state);
      else fail(state.error);
    });
  });
}
