import type { ChangeDto, DocumentationSource, ProposalDto, ProposedKey, ReadProgress, UiError } from '../../bindings/types';
import { asUiError } from '../../host';
import { app } from '../../store/live.svelte';
import { placeOf } from './draft.svelte';

/** The vendor's documentation on its way from a source to what of it is taken. */
export class Reading {
  progress = $state.raw<ReadProgress | null>(null);
  proposal = $state.raw<ProposalDto | null>(null);
  error = $state.raw<UiError | null>(null);
  busy = $state(false);
  /** The last reading was ended by the person. */
  cancelled = $state(false);
  #id = '';
  /** What is not taken; everything proposed is, until a person says otherwise. */
  #left = $state.raw<readonly string[]>([]);
  readonly account: string;

  constructor(account: string) {
    this.account = account;
  }

  async read(source: DocumentationSource): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.cancelled = false;
    this.#id = crypto.randomUUID();
    this.progress = this.proposal = this.error = null;
    this.#left = [];
    try {
      this.proposal = await app.store.host.readDocumentation(this.account, this.#id, source, (progress) => (this.progress = progress));
      this.cancelled = this.proposal === null;
    } catch (thrown) {
      this.error = asUiError(thrown);
    }
    this.busy = false;
  }

  async cancel(): Promise<void> {
    try {
      await app.store.host.cancelWork(this.#id);
    } catch (thrown) {
      this.error = asUiError(thrown);
    }
  }

  takes(change: ChangeDto): boolean {
    return !this.#left.includes(placeOf(change.path));
  }

  toggle(changes: ChangeDto[], take: boolean): void {
    const places = changes.map((change) => placeOf(change.path));
    const others = this.#left.filter((place) => !places.includes(place));
    this.#left = take ? others : [...others, ...places];
  }

  get taken(): ChangeDto[] {
    return (this.proposal?.keys ?? []).flatMap((key) => key.changes).filter((change) => this.takes(change));
  }

  /** Writes that can be sent from here afterwards. */
  get confirms(): ProposedKey[] {
    return (this.proposal?.keys ?? []).filter(
      (key) => key.kind === 'write' && key.changes.some((change) => change.path.at(-1) === 'confirmed' && change.to !== null && this.takes(change)),
    );
  }
}

const readings: Reading[] = [];

/** What was read stays while other screens are looked at; keeping it loads the page again. */
export function readingOf(account: string): Reading {
  const known = readings.find((reading) => reading.account === account);
  if (known) return known;
  const reading = new Reading(account);
  readings.push(reading);
  return reading;
}
