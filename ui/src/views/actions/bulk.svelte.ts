import { Sending } from './sending.svelte';
import { sumOf } from './bulk';
import type { BulkTarget } from '../frame/keys.svelte';

/** One of several that are acted on, as it was at the click. */
export class BulkItem {
  readonly id: string;
  readonly label: string;
  sending = $state.raw<Sending>(null as never);
  dropped = $state(false);

  constructor({ label, ...target }: BulkTarget) {
    this.id = target.target + (target.numberOf?.id ?? '');
    this.label = label;
    this.sending = new Sending(target);
  }

  get offered(): boolean {
    return !this.dropped && this.sending.radius !== null && this.sending.radius.refusal === null;
  }

  /** Nothing was sent, so it may be tried again; never one whose answer was lost. */
  get failed(): boolean {
    return this.sending.receipt?.outcome === 'failed';
  }

  /** A sending sends once: another try is another one, with an id of its own. */
  async again(): Promise<void> {
    this.sending = new Sending(this.sending.target);
    await this.sending.look();
  }
}

/** Several subjects under one verb and one reason; each is asked for, answered and journaled by itself. */
export class Bulk {
  readonly items: BulkItem[];
  looked = $state(false);
  running = $state(false);
  /** From the first confirmation on nothing is asked any more, whatever is tried again. */
  started = $state(false);
  #reason = '';

  constructor(targets: readonly BulkTarget[]) {
    this.items = targets.map((target) => new BulkItem(target));
  }

  get offered(): BulkItem[] {
    return this.items.filter((item) => item.offered);
  }
  get toSend(): BulkItem[] {
    return this.offered.filter(({ sending }) => !sending.sent);
  }
  get failed(): BulkItem[] {
    return this.items.filter((item) => item.failed);
  }
  get sums() {
    return sumOf(this.offered.flatMap(({ sending }) => (sending.radius ? [sending.radius] : [])));
  }
  get hold(): boolean {
    const MANY = 3;
    return this.offered.length > MANY || this.offered.some(({ sending }) => sending.radius?.hold);
  }

  async look(): Promise<void> {
    await Promise.all(this.items.map(({ sending }) => sending.look()));
    this.looked = true;
  }

  /** Once; one after the other: an account's budget is shared with what is being watched. */
  async confirm(reason: string): Promise<void> {
    if (this.running || this.started) return;
    this.started = true;
    this.#reason = reason;
    await this.#send(this.toSend);
  }

  async retry(): Promise<void> {
    if (this.running) return;
    this.running = true;
    const { failed } = this;
    await Promise.all(failed.map((item) => item.again()));
    await this.#send(failed.filter((item) => item.offered));
  }

  async #send(items: readonly BulkItem[]): Promise<void> {
    this.running = true;
    for (const { sending } of items) await sending.confirm(this.#reason, 'send', null);
    this.running = false;
  }
}
