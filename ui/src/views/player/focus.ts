import { tick } from 'svelte';

/** Where the keys of the player are: in it, or where they were before. */
class Focus {
  section: HTMLElement | null = null;
  #returnTo: HTMLElement | null = null;

  /** The keys go to the player, once it is there. */
  async take(): Promise<void> {
    const { activeElement } = document;
    await tick();
    if (!this.section || this.section.contains(activeElement)) return;
    this.#returnTo = activeElement instanceof HTMLElement ? activeElement : null;
    this.section.focus();
  }

  /** Gives them back, when the player has them. */
  leave(): void {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLElement) || !this.section?.contains(activeElement)) return;
    if (this.#returnTo?.isConnected && this.#returnTo !== document.body) this.#returnTo.focus();
    else activeElement.blur();
    this.#returnTo = null;
  }
}

export const playerFocus = new Focus();
