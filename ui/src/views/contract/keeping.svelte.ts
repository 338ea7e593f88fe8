import type { ChangeDto, ChangePreview, UiError } from '../../bindings/types';
import { asUiError } from '../../host';
import { app } from '../../store/live.svelte';
import { reload } from '../../store/reload';

/** Changes of a profile on their way from a preview to being kept. */
export class Keeping {
  preview = $state.raw<ChangePreview | null>(null);
  error = $state.raw<UiError | null>(null);
  busy = $state(false);
  readonly account: string;
  readonly changes: ChangeDto[];

  constructor(account: string, changes: readonly ChangeDto[]) {
    this.account = account;
    this.changes = [...changes];
  }

  async look(): Promise<void> {
    try {
      this.preview = await app.store.host.previewChanges(this.account, this.changes);
    } catch (thrown) {
      this.error = asUiError(thrown);
    }
  }

  async keep(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await app.store.host.keepChanges(this.account, this.changes);
      reload();
    } catch (thrown) {
      this.error = asUiError(thrown);
      this.busy = false;
    }
  }
}
