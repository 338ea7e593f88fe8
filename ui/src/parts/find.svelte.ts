/** Finding in what is open: the text that is looked for, and which of its places is shown. */
export class Find {
  open = $state(false);
  text = $state('');
  /** Which of the places, from 0. */
  at = $state(0);
  /** Rises whenever the field is to have the focus. */
  asked = $state(0);
  #hits: () => { total: number; ready: boolean };
  #back: () => void;

  constructor(hits: () => { total: number; ready: boolean }, back: () => void) {
    this.#hits = hits;
    this.#back = back;
  }

  get total(): number {
    return this.open ? this.#hits().total : 0;
  }

  get ready(): boolean {
    return this.#hits().ready;
  }

  ask(): void {
    this.open = true;
    this.asked += 1;
  }

  /** What a search found, with the field left alone. */
  show(text: string): void {
    this.open = true;
    this.text = text;
    this.at = 0;
  }

  type(text: string): void {
    this.text = text;
    this.at = 0;
  }

  /** The first follows the last. */
  move(by: number): void {
    const { total } = this;
    if (total > 0) this.at = (this.at + by + total) % total;
  }

  close(): void {
    this.open = false;
    this.#back();
  }
}

let finds: Find[] = [];

/** Keys that find go to what was opened last; returns what takes it out. */
export function takeFind(find: Find): () => void {
  finds = [...finds, find];
  return () => {
    finds = finds.filter((other) => other !== find);
  };
}

export function activeFind(): Find | undefined {
  return finds.at(-1);
}
