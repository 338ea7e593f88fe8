import type { ChangeDto, ChangePreview, UiError } from '../../bindings/types';
import { asUiError } from '../../host';
import { app } from '../../store/live.svelte';
import { reload } from '../../store/reload';

/** What is to be kept of a profile: changes of it, or the whole text. */
export type ToKeep = { changes: readonly ChangeDto[] } | { text: string };

/** A profile on its way from a preview to being kept. */
export class Keeping {
  preview = $state.raw<ChangePreview | null>(null);
  /** Of a text they are known after the look. */
  changes = $state.raw<readonly ChangeDto[]>([]);
  error = $state.raw<UiError | null>(null);
  busy = $state(false);
  readonly account: string;
  readonly #what: ToKeep;

  constructor(account: string, what: ToKeep) {
    this.account = account;
    this.#what = what;
    if ('changes' in what) this.changes = what.changes;
  }

  async look(): Promise<void> {
    try {
      const { host } = app.store;
      if ('changes' in this.#what) {
        this.preview = await host.previewChanges(this.account, [...this.#what.changes]);
      } else {
        const { changes, fault } = await host.previewProfile(this.account, this.#what.text);
        this.changes = changes;
        this.preview = { fault, empty_fields: [] };
      }
    } catch (thrown) {
      this.error = asUiError(thrown);
    }
  }

  async keep(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      const { host } = app.store;
      if ('changes' in this.#what) await host.keepChanges(this.account, [...this.#what.changes]);
      else await host.keepProfile(this.account, this.#what.text);
      reload();
    } catch (thrown) {
      this.error = asUiError(thrown);
      this.busy = false;
    }
  }
}
