import { keepArrangement, readArrangement, within, type Arrangement } from '../store/columns';
import type { Column } from './table';

/** The columns of the table `name` as somebody arranged them here; kept on this machine. */
export class Arranged {
  #name: string;
  #now = $state.raw<Arrangement>({ shown: {}, widths: {} });

  constructor(name: string, columns: readonly Pick<Column<never>, 'id'>[]) {
    this.#name = name;
    this.#now = readArrangement(localStorage, name, columns);
  }

  get now(): Arrangement {
    return this.#now;
  }

  get changed(): boolean {
    return Object.keys(this.#now.shown).length + Object.keys(this.#now.widths).length > 0;
  }

  show(column: string, shown: boolean): void {
    this.#keep({ ...this.#now, shown: { ...this.#now.shown, [column]: shown } });
  }

  size(column: string, width: number): void {
    this.#keep({ ...this.#now, widths: { ...this.#now.widths, [column]: within(width) } });
  }

  reset(): void {
    this.#keep({ shown: {}, widths: {} });
  }

  #keep(next: Arrangement): void {
    this.#now = next;
    keepArrangement(localStorage, this.#name, next);
  }
}
