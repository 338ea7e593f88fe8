import { SvelteMap } from 'svelte/reactivity';

/** Rows that were picked one by one, as they were at the click: those that leave the window stay picked. */
export class Picked<T extends { id: string }> {
  readonly #rows = new SvelteMap<string, T>();
  #last: string | null = null;

  get count(): number {
    return this.#rows.size;
  }
  get rows(): T[] {
    return [...this.#rows.values()];
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  toggle(row: T): void {
    if (!this.#rows.delete(row.id)) this.#rows.set(row.id, row);
    this.#last = row.id;
  }

  /** From the row that was picked last to this one, of the rows that are there. */
  reach(row: T, rows: readonly T[]): void {
    const [from, to] = [rows.findIndex(({ id }) => id === this.#last), rows.findIndex(({ id }) => id === row.id)];
    if (from < 0 || to < 0) return this.toggle(row);
    for (const each of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) this.#rows.set(each.id, each);
    this.#last = row.id;
  }

  clear(): void {
    this.#rows.clear();
    this.#last = null;
  }
}
