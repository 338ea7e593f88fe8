import { untrack } from 'svelte';
import type { AccountDto, Health, Hello, Query, UiError } from '../bindings/types';
import type { Host } from '../host';
import { emptyList, type ListState } from './list';
import { Store } from './store';

/** The store as Svelte sees it: the only file of the store, with the router, that knows Svelte. */
class App {
  hello = $state.raw<Hello | null>(null);
  health = $state.raw<Health | null>(null);
  failure = $state.raw<UiError | null>(null);
  frozen = $state(false);
  waiting = $state(0);
  /** Nothing is shown until the core tells in another way. */
  turning = $state(false);
  /** The core's clock, to the second. */
  now = $state(Date.now());
  #heardAt = 0;
  #store: Store | null = null;

  start(host: Host, follow: (link: string) => void): () => void {
    const store = new Store(host);
    store.onlink = follow;
    this.#store = store;
    const ends = [
      store.hello.listen((hello) => (this.hello = hello)),
      store.failure.listen((failure) => (this.failure = failure)),
      store.frozen.listen((frozen) => (this.frozen = frozen)),
      store.waiting.listen((waiting) => (this.waiting = waiting)),
      store.health.listen((heard) => {
        this.health = heard?.health ?? null;
        this.#heardAt = heard?.heardAt ?? 0;
        this.#tick();
      }),
    ];
    const timer = setInterval(() => this.#tick(), 1000);
    ends.push(followPresses((pressed) => store.press(pressed)));
    void store.connect();
    return () => {
      clearInterval(timer);
      for (const end of ends) end();
    };
  }

  get store(): Store {
    if (!this.#store) throw new Error('the store is used before start()');
    return this.#store;
  }

  /** Numbers, names of people and case ids are pseudonyms. */
  get sharing(): boolean {
    return this.hello?.sharing ?? false;
  }

  /** Shows nothing meanwhile: every screen opens its lists anew. */
  async share(on: boolean): Promise<void> {
    if (this.turning || !this.hello || on === this.sharing) return;
    this.turning = true;
    try {
      await this.store.share(on);
    } finally {
      this.turning = false;
    }
  }

  account(id: string): AccountDto | undefined {
    return this.hello?.accounts.find((account) => account.account === id);
  }

  /** A demo's clock may run faster than ours, so only the time since its last word is ours. */
  #tick(): void {
    const now = this.health ? this.health.now + (performance.now() - this.#heardAt) : Date.now();
    this.now = Math.floor(now / 1000) * 1000;
  }
}

/** Longer than a click takes, shorter than the age of data that anybody would notice. */
const LONGEST_PRESS_MS = 1000;

/** Tells of a button of the pointer going down, and of its release once the click was dealt with. */
function followPresses(tell: (pressed: boolean) => void): () => void {
  let timer = 0;
  const released = () => tell(false);
  const after = (ms: number) => {
    clearTimeout(timer);
    timer = window.setTimeout(released, ms);
  };
  const down = () => {
    tell(true);
    after(LONGEST_PRESS_MS);
  };
  const up = () => after(0);
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  addEventListener('pointerdown', down, options);
  addEventListener('pointerup', up, options);
  addEventListener('pointercancel', up, options);
  return () => {
    listening.abort();
    clearTimeout(timer);
  };
}

export const app = new App();

/** A list that follows `query` while the component lives; `null` watches nothing. */
export function liveList(query: () => Query | null): { readonly current: ListState } {
  let current = $state.raw<ListState>(emptyList);
  let thing = '';
  const key = $derived(JSON.stringify(query()));
  $effect(() => {
    const asked = JSON.parse(key) as Query | null;
    if (!asked || !app.hello) return;
    return untrack(() => {
      // Another thing starts empty; another window or order of the same thing keeps what stands there.
      const next = `${asked.list} ${asked.scope}`;
      if (next !== thing) current = emptyList;
      thing = next;
      return app.store.open(asked, current, (state) => (current = keep(current, state)));
    });
  });
  return {
    get current() {
      return current;
    },
  };
}

/** Until a new window's first snapshot came, an error is all that is new. */
function keep(shown: ListState, state: ListState): ListState {
  return state.ready ? state : { ...shown, error: state.error };
}

export function queryOf(list: Query['list'], rest: Partial<Query> = {}): Query {
  return { list, account: null, scope: null, filter: '', sort: null, named: [], anchor: 0, count: 200, ...rest };
}
