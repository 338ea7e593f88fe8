import { keepArrangement, namedIn, readArrangement, within, type Arrangement } from '../store/columns';
import { namedOf } from '../store/named';

/** The columns of a table as somebody arranged them here; kept on this machine. */
export class Arranged {
  #name: string;
  #now = $state.raw<Arrangement>({ shown: {}, widths: {} });
  /** Labels, slots and variables that are columns too. */
  readonly named = $derived(namedIn(this.#now));

  constructor(name: string) {
    this.#name = name;
    this.#now = readArrangement(localStorage, name);
  }

  get now(): Arrangement {
    return this.#now;
  }

  get changed(): boolean {
    return Object.keys(this.#now.shown).length + Object.keys(this.#now.widths).length > 0;
  }

  show(column: string, shown: boolean): void {
    const others = { ...this.#now.shown };
    delete others[column];
    const gone = !shown && namedOf(column) !== null;
    this.set({ ...this.#now, shown: gone ? others : { ...others, [column]: shown } });
  }

  size(column: string, width: number): void {
    this.set({ ...this.#now, widths: { ...this.#now.widths, [column]: within(width) } });
  }

  reset(): void {
    this.set({ shown: {}, widths: {} });
  }

  set(next: Arrangement): void {
    this.#now = next;
    keepArrangement(localStorage, this.#name, next);
  }
}

const tables: Record<string, Arranged> = {};

/** One for all tables of that name: what is changed at one place shows at the others. */
export function arrangedOf(name: string): Arranged {
  return (tables[name] ??= new Arranged(name));
}
