/** So long something is held until it is done. */
export const HOLD_MS = 1000;

/** Something pressed and held, by pointer or by key: done after a second, and not at all when released before. */
export class Hold {
  /** What is held now. */
  what = $state<number | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What was held before is no more. */
  start(what: number, done: () => void): void {
    this.stop();
    this.what = what;
    this.#timer = setTimeout(() => {
      this.what = null;
      done();
    }, HOLD_MS);
  }

  stop = (): void => {
    clearTimeout(this.#timer);
    this.what = null;
  };
}
