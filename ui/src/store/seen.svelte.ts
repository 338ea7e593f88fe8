const KEY = 'wheelhouse.shape-seen';

function kept(): Record<string, number> {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof held !== 'object' || held === null) return {};
    return Object.fromEntries(Object.entries(held).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  } catch {
    // What cannot be read was never seen: notices come again, and none is lost.
    return {};
  }
}

/** Up to when a person has seen how an account's records changed; it outlives the page. */
class Seen {
  #until = $state.raw<Record<string, number>>(kept());

  until(account: string): number {
    return this.#until[account] ?? -Infinity;
  }

  /** Notices up to this time are put away. */
  to(account: string, at: number): void {
    this.#until = { ...this.#until, [account]: at };
    localStorage.setItem(KEY, JSON.stringify(this.#until));
  }
}

export const seen = new Seen();
