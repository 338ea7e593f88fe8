import type { CheckRow } from '../../bindings/types';
import { app } from '../../store/live.svelte';
import { Asked } from './asked.svelte';

/** One account's check: it goes on, and its rows stay, while other screens are looked at. */
export class Checking {
  rows = $state.raw<CheckRow[]>([]);
  guesses = $state(false);
  readonly run = new Asked<CheckRow[]>();
  readonly bundle = new Asked<string>();
  readonly account: string;

  constructor(account: string) {
    this.account = account;
  }

  async start(): Promise<void> {
    if (this.run.running) return;
    this.rows = [];
    this.bundle.forget();
    const all = await this.run.ask(() =>
      app.store.host.check(this.account, this.guesses, (row) => (this.rows = [...this.rows, row])),
    );
    if (all) this.rows = all;
  }

  async write(): Promise<void> {
    await this.bundle.ask(() => app.store.host.supportBundle(this.account));
  }
}

const checks: Checking[] = [];

export function checkOf(account: string): Checking {
  const known = checks.find((check) => check.account === account);
  if (known) return known;
  const check = new Checking(account);
  checks.push(check);
  return check;
}
