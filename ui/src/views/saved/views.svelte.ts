import type { SavedView, UiError, ViewFolder } from '../../bindings/types';
import { asUiError } from '../../host/host';
import { arrangedOf } from '../../parts/arranged.svelte';
import { app } from '../../store/live.svelte';
import { parseRoute } from '../../store/route';
import { router } from '../../store/router.svelte';
import { arrangementOf, viewOf } from '../../store/views';

/** The views that were named on this machine, as their files are at the last look. */
class Views {
  folder = $state.raw<ViewFolder | null>(null);
  error = $state.raw<UiError | null>(null);
  /** Opened last; what it wants and is gone is said beside its table. */
  opened = $state.raw<SavedView | null>(null);
  /** Taken away last: it can be put back. */
  removed = $state.raw<SavedView | null>(null);

  look(): Promise<boolean> {
    return this.#ask(() => app.store.host.views());
  }

  /** What is on screen, under a name; one of that name is replaced. */
  keep(name: string, table: string): Promise<boolean> {
    const view = viewOf(name, table, router.route, arrangedOf(table).now);
    return this.#ask(() => app.store.host.keepView(view, this.named(view.name) !== undefined));
  }

  async remove(view: SavedView): Promise<void> {
    if (await this.#ask(() => app.store.host.removeView(view.name))) this.removed = view;
  }

  async putBack(): Promise<void> {
    const view = this.removed;
    if (view && (await this.#ask(() => app.store.host.keepView(view, false)))) this.removed = null;
  }

  open(view: SavedView): void {
    arrangedOf(view.table).set(arrangementOf(view));
    this.opened = view;
    router.go(parseRoute(view.address));
  }

  named(name: string): SavedView | undefined {
    return this.folder?.views.find((view) => view.name === name.trim());
  }

  async #ask(answer: () => Promise<ViewFolder>): Promise<boolean> {
    try {
      this.folder = await answer();
      this.error = null;
      return true;
    } catch (thrown) {
      this.error = asUiError(thrown);
      return false;
    }
  }
}

export const views = new Views();
