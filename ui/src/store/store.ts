import type { Delta, Frame, Health, Hello, Query, Snapshot, UiError } from '../bindings/types';
import { asUiError, type Host } from '../host/host';
import { Cell } from './cell';
import { applyDelta, applySnapshot, type ListState } from './list';

interface Subscription {
  state: ListState;
  /** A snapshot was asked for: deltas until it comes are of no use. */
  awaiting: boolean;
  /** Something was shown of this subscription since it was opened. */
  shown: boolean;
  show: (state: ListState) => void;
}

/** Health, and when it came by this page's own clock. */
export interface HeardHealth {
  health: Health;
  heardAt: number;
}

/** What the page knows: the subscriptions and the health of the reading. Knows no framework. */
export class Store {
  readonly hello = new Cell<Hello | null>(null);
  readonly health = new Cell<HeardHealth | null>(null);
  /** Why there is no connection to the core. */
  readonly failure = new Cell<UiError | null>(null);
  readonly frozen = new Cell(false);
  /** Changed rows that wait behind a frozen screen. */
  readonly waiting = new Cell(0);
  readonly host: Host;
  /** Where the desktop leads. */
  onlink: (link: string) => void = () => {};
  #subs = new Map<number, Subscription>();
  #pressed = false;
  /** Lists that changed while a button of the pointer was down. */
  #held = new Set<number>();
  #next = 1;
  #clock: () => number;

  constructor(host: Host, clock: () => number = () => performance.now()) {
    this.host = host;
    this.#clock = clock;
  }

  async connect(): Promise<void> {
    try {
      this.hello.set(await this.host.connect((frames) => this.receive(frames)));
      this.failure.set(null);
    } catch (thrown) {
      this.failure.set(asUiError(thrown));
    }
  }

  /**
   * Opens a list. Every query has its own number, so a late frame of the query before cannot be taken
   * for an answer to this one. `seed` is what stood there before: its unchanged rows keep identity.
   */
  open(query: Query, seed: ListState, show: (state: ListState) => void): () => void {
    const sub = this.#next++;
    const state = { ...seed, ready: false, seq: -1 };
    this.#subs.set(sub, { state, awaiting: false, shown: false, show });
    this.host.watch(sub, query).catch((thrown) => this.#failed(sub, asUiError(thrown)));
    return () => {
      if (!this.#subs.delete(sub)) return;
      // The core drops a window's subscriptions with the window: a failed farewell loses nothing.
      this.host.unwatch(sub).catch(() => {});
    };
  }

  /** All frames of one message; each list is shown once however many frames touched it. */
  receive(frames: Frame[]): void {
    const touched = new Set<number>();
    for (const frame of frames) {
      if (frame.frame === 'health') {
        this.health.set({ health: frame, heardAt: this.#clock() });
      } else if (frame.frame === 'failed') {
        this.#failed(frame.sub, frame.error);
      } else if (frame.frame === 'open') {
        this.onlink(frame.link);
      } else if (this.#apply(frame)) {
        touched.add(frame.sub);
      }
    }
    for (const sub of touched) this.#show(sub);
  }

  /** Tells the core whether the screen is shared. Who shows a list opens it anew: what is held was told in the way before. */
  async share(on: boolean): Promise<void> {
    await this.host.shareScreen(on);
    const hello = this.hello.get();
    if (hello) this.hello.set({ ...hello, sharing: on });
  }

  freeze(frozen: boolean): void {
    if (frozen === this.frozen.get()) return;
    this.frozen.set(frozen);
    this.waiting.set(0);
    if (!frozen) for (const { show, state } of this.#subs.values()) show(state);
  }

  /** Rows that move between the press and the release of a button would take the click from the person. */
  press(pressed: boolean): void {
    this.#pressed = pressed;
    if (pressed) return;
    const held = [...this.#held];
    this.#held.clear();
    for (const id of held) this.#show(id);
  }

  #apply(frame: ({ frame: 'snapshot' } & Snapshot) | ({ frame: 'delta' } & Delta)): boolean {
    const sub = this.#subs.get(frame.sub);
    if (!sub) return false;
    if (frame.frame === 'snapshot') {
      sub.state = applySnapshot(sub.state, frame);
      sub.awaiting = false;
      return true;
    }
    if (sub.awaiting) return false;
    const next = applyDelta(sub.state, frame);
    if (!next) {
      sub.awaiting = true;
      this.host.resync(frame.sub).catch((thrown) => this.#failed(frame.sub, asUiError(thrown)));
      return false;
    }
    sub.state = next;
    if (this.frozen.get()) this.waiting.set(this.waiting.get() + Math.max(1, frame.upserts.length));
    return true;
  }

  #failed(id: number, error: UiError): void {
    const sub = this.#subs.get(id);
    if (!sub) return;
    sub.awaiting = false;
    sub.state = { ...sub.state, error };
    sub.show(sub.state);
  }

  /** A frozen screen still shows what was opened after the freeze, once. */
  #show(id: number): void {
    const sub = this.#subs.get(id);
    if (!sub || (this.frozen.get() && sub.shown)) return;
    if (this.#pressed && sub.shown) {
      this.#held.add(id);
      return;
    }
    sub.shown = true;
    sub.show(sub.state);
  }
}
