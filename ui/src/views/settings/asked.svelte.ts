import type { UiError } from '../../bindings/types';
import { asUiError } from '../../host';

/** An answer of the core: not there yet, there, or not to be had. The newest question wins. */
export class Asked<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<UiError | null>(null);
  running = $state(false);
  #turn = 0;

  async ask(question: () => Promise<T>): Promise<T | null> {
    const turn = ++this.#turn;
    this.running = true;
    try {
      const value = await question();
      if (turn !== this.#turn) return null;
      this.value = value;
      this.error = null;
      return value;
    } catch (thrown) {
      if (turn === this.#turn) this.error = asUiError(thrown);
      return null;
    } finally {
      if (turn === this.#turn) this.running = false;
    }
  }

  forget(): void {
    this.#turn++;
    this.value = this.error = null;
    this.running = false;
  }
}
