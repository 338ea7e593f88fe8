import type { ChangeDto, ContractValue, ContractView, UiError } from '../../bindings/types';
import { asUiError } from '../../host';
import { app } from '../../store/live.svelte';

/** Where a value stands, as one word that a map can have as its key. */
export const placeOf = (path: readonly string[]) => JSON.stringify(path);

/** An account's contract and what was changed of it here, until that is kept or thrown away. */
export class Draft {
  view = $state.raw<ContractView | null>(null);
  error = $state.raw<UiError | null>(null);
  changes = $state.raw<readonly ChangeDto[]>([]);
  /** The profile's text while it is written by hand. */
  text = $state<string | null>(null);
  readonly account: string;

  constructor(account: string) {
    this.account = account;
  }

  async load(): Promise<void> {
    this.error = null;
    try {
      this.view = await app.store.host.contract(this.account);
    } catch (thrown) {
      this.error = asUiError(thrown);
    }
  }

  changed(path: readonly string[]): ChangeDto | undefined {
    const place = placeOf(path);
    return this.changes.find((change) => placeOf(change.path) === place);
  }

  /** The value as TOML would say it after these changes; `null` where nothing is said. */
  toml(path: readonly string[], now: ContractValue | undefined): string | null {
    const change = this.changed(path);
    return change ? change.to : (now?.toml ?? null);
  }

  /** `to` as TOML; `null` takes the profile's word out. What leads back to where it was is no change. */
  set(path: readonly string[], now: ContractValue | undefined, to: string | null, source: string): void {
    const from = now?.from === 'profile' ? now.toml : null;
    if (to === (now?.toml ?? null) || (to === null && from === null)) return this.undo(path);
    const change = { path: [...path], from, to, source };
    const before = this.changed(path);
    this.changes = before ? this.changes.map((each) => (each === before ? change : each)) : [...this.changes, change];
  }

  undo(path: readonly string[]): void {
    const before = this.changed(path);
    if (before) this.changes = this.changes.filter((each) => each !== before);
  }

  clear(): void {
    this.changes = [];
  }
}

const drafts: Draft[] = [];

/** An account's draft stays while other screens are looked at; keeping it loads the page again. */
export function draftOf(account: string): Draft {
  const known = drafts.find((draft) => draft.account === account);
  if (known) return known;
  const draft = new Draft(account);
  drafts.push(draft);
  return draft;
}
