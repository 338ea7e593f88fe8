import { tick } from 'svelte';
import type { NoteChange, NoteRow, UiError } from '../../bindings/types';
import { announce } from '../../parts/announce.svelte';
import { asUiError } from '../../host';
import { app } from '../../store/live.svelte';
import { t } from '../../text';

/** A note that is being written: a new one has no id yet. */
interface Draft {
  id: number | null;
  at_ms: number;
  text: string;
}

/** Notes of the recording in the player. */
class Notes {
  rows = $state.raw<readonly NoteRow[]>([]);
  draft = $state<Draft | null>(null);
  error = $state.raw<UiError | null>(null);
  /** The list stands below the lanes. */
  shown = $state(false);
  input = $state.raw<HTMLInputElement | null>(null);
  #call: string | null = null;

  async load(call: string | null): Promise<void> {
    this.#call = call;
    this.rows = [];
    this.draft = this.error = null;
    if (call) await this.#tell(call, app.store.host.notes(call));
  }

  /** Begins a note there; what is being written stays. */
  async begin(at: number): Promise<void> {
    if (!this.#call) return;
    this.shown = true;
    this.draft ??= { id: null, at_ms: Math.round(at), text: '' };
    await tick();
    this.input?.focus();
  }

  async edit({ id, at_ms, text }: NoteRow): Promise<void> {
    this.draft = { id, at_ms, text };
    await tick();
    this.input?.focus();
  }

  async keep(): Promise<void> {
    const { draft } = this;
    const text = draft?.text.trim();
    if (!draft || !text) return;
    const { id, at_ms } = draft;
    if (await this.#change(id === null ? { kind: 'add', at_ms, text } : { kind: 'edit', id, text })) {
      this.draft = null;
      announce(t('note.kept'));
    }
  }

  async remove({ id }: NoteRow): Promise<void> {
    if (await this.#change({ kind: 'remove', id })) announce(t('note.removed'));
  }

  async #change(change: NoteChange): Promise<boolean> {
    return this.#call !== null && this.#tell(this.#call, app.store.host.changeNotes(this.#call, change));
  }

  async #tell(call: string, asked: Promise<NoteRow[]>): Promise<boolean> {
    try {
      const rows = await asked;
      if (this.#call === call) [this.rows, this.error] = [rows, null];
      return true;
    } catch (thrown) {
      if (this.#call === call) this.error = asUiError(thrown);
      return false;
    }
  }
}

export const notes = new Notes();
