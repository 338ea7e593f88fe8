import type { ExportProgress, Query, UiError } from '../../bindings/types';
import { asUiError } from '../../host/host';
import { announce } from '../../parts/announce.svelte';
import { arrangedOf } from '../../parts/arranged.svelte';
import { titleOf, type Column } from '../../parts/table';
import { isShown } from '../../store/columns';
import { app } from '../../store/live.svelte';
import { fmt, t } from '../../text';

export interface Export {
  id: string;
  name: string;
  progress: ExportProgress | null;
  /** What became of it: saved with so many rows, cancelled, or not possible. */
  end: { kind: 'saved'; path: string; rows: number } | { kind: 'cancelled' } | { kind: 'failed'; error: UiError } | null;
}

/** Columns whose values are written in seconds. */
const SECONDS = ['talk'];

/** Files that are being made of lists; they go on while the person looks elsewhere. */
class Exports {
  all = $state<Export[]>([]);

  async begin<T>(table: string, name: string, query: Query, columns: readonly Column<T>[]): Promise<void> {
    const arrangement = arrangedOf(table).now;
    const shown = columns.filter((column) => isShown(column, arrangement)).map((column) => {
      const title = titleOf(column);
      return { id: column.id, title: SECONDS.includes(column.id) ? t('export.seconds', { title }) : title };
    });
    const id = crypto.randomUUID();
    this.all.push({ id, name, progress: null, end: null });
    const file = `${name} ${fmt().day(app.now)} ${fmt().clock(app.now).replace(':', '')}`;
    try {
      const saved = await app.store.host.export({ id, query, columns: shown, name: file }, (progress) => this.#set(id, { progress }));
      this.#set(id, { end: saved.path === null ? { kind: 'cancelled' } : { kind: 'saved', path: saved.path, rows: saved.rows } });
      if (saved.path !== null) announce(t('export.saved', { name, count: saved.rows }));
    } catch (thrown) {
      this.#set(id, { end: { kind: 'failed', error: asUiError(thrown, 'not_saved') } });
    }
  }

  cancel(id: string): void {
    app.store.host.cancelWork(id).catch((thrown) => this.#set(id, { end: { kind: 'failed', error: asUiError(thrown) } }));
  }

  away(id: string): void {
    this.all = this.all.filter((each) => each.id !== id);
  }

  #set(id: string, change: Partial<Export>): void {
    const found = this.all.find((each) => each.id === id);
    if (found) Object.assign(found, change);
  }
}

export const exports = new Exports();
