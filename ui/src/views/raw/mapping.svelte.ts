import type { ChangeDto, ChangePreview, FieldRow, MappingPreview, RawLeaf, RawView, UiError } from '../../bindings/types';
import { asUiError } from '../../host';
import { app } from '../../store/live.svelte';
import { reload } from '../../store/reload';
import { accountOf, type OpenedRaw } from './opened';

/** One record's JSON and what a person says its values are. */
export class Mapping {
  view = $state.raw<RawView | null>(null);
  error = $state.raw<UiError | null>(null);
  leaf = $state.raw<RawLeaf | null>(null);
  preview = $state.raw<MappingPreview | null>(null);
  checked = $state.raw<ChangePreview | null>(null);
  busy = $state(false);
  readonly opened: OpenedRaw;
  readonly account: string;
  #asked = 0;

  constructor(opened: OpenedRaw) {
    this.opened = opened;
    this.account = accountOf(opened.id);
  }

  async load(): Promise<void> {
    try {
      this.view = await app.store.host.raw(this.opened.kind, this.opened.id);
      this.leaf = this.view.leaves[0] ?? null;
    } catch (thrown) {
      this.error = asUiError(thrown);
    }
  }

  choose(leaf: RawLeaf): void {
    this.leaf = leaf;
    this.forget();
  }

  forget(): void {
    this.#asked++;
    this.preview = this.checked = this.error = null;
  }

  /** What the stored records would say if `field` were read here. The newest question wins. */
  async look(field: FieldRow, unit: string | null): Promise<void> {
    const leaf = this.leaf;
    this.forget();
    if (!leaf) return;
    const asked = this.#asked;
    try {
      const draft = { record: field.record, field: field.field, pointer: leaf.pointer, unit };
      const preview = await app.store.host.previewMapping(this.account, draft);
      if (asked === this.#asked) this.preview = preview;
    } catch (thrown) {
      if (asked === this.#asked) this.error = asUiError(thrown);
    }
  }

  /** The stored bodies are read again through the new map, and the page loads what they say then. */
  async keep(changes: ChangeDto[]): Promise<void> {
    if (this.busy || changes.length === 0) return;
    this.busy = true;
    this.error = null;
    try {
      this.checked = await app.store.host.previewChanges(this.account, changes);
      if (this.checked.fault === null) {
        await app.store.host.keepChanges(this.account, changes);
        reload();
        return;
      }
    } catch (thrown) {
      this.error = asUiError(thrown);
    }
    this.busy = false;
  }
}
