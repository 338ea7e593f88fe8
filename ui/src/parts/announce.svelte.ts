/** At most one summary so often: a screen reader must be able to finish it. */
const EVERY_MS = 2500;

class Announcer {
  said = $state('');
  #next: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The newest summary replaces one that was not said yet. */
  say(summary: string): void {
    this.#next = summary;
    if (this.#timer !== undefined) return;
    this.#flush();
  }

  #flush(): void {
    if (this.#next === null) {
      this.#timer = undefined;
      return;
    }
    this.said = this.#next;
    this.#next = null;
    this.#timer = setTimeout(() => this.#flush(), EVERY_MS);
  }
}

export const announcer = new Announcer();
export const announce = (summary: string) => announcer.say(summary);
