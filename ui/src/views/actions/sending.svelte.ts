import type { ActRequest, BlastRadius, ReceiptDto, TrialView, UiError } from '../../bindings/types';
import { asUiError } from '../../host';
import { app } from '../../store/live.svelte';
import { reload } from '../../store/reload';
import type { ActTarget } from '../frame/keys.svelte';
import { accountOf } from '../raw/opened';

type How = ActRequest['how'];

/** One dialog's way from the question to the answer. What was sent once is never sent again. */
export class Sending {
  radius = $state.raw<BlastRadius | null>(null);
  trial = $state.raw<TrialView | null>(null);
  error = $state.raw<UiError | null>(null);
  receipt = $state.raw<ReceiptDto | null>(null);
  sent = $state(false);
  keeping = $state(false);
  readonly target: ActTarget;

  constructor(target: ActTarget) {
    this.target = target;
  }

  async look(): Promise<void> {
    const { verb, target, numberOf } = this.target;
    try {
      this.radius = await app.store.host.blastRadius(verb, target, numberOf);
    } catch (thrown) {
      this.error = asUiError(thrown);
    }
  }

  /** What a first write on an unconfirmed path would be, and whether one was made already. */
  async lookAtTrial(): Promise<void> {
    const { verb, target, numberOf } = this.target;
    this.error = null;
    try {
      this.trial = await app.store.host.trial(accountOf(target), verb, target, numberOf);
    } catch (thrown) {
      this.error = asUiError(thrown);
    }
  }

  /** The id is made here, at the confirmation; a second press finds `sent` set. */
  async confirm(reason: string, how: How, named: string | null): Promise<void> {
    if (this.sent || !this.radius || !this.allowed(how)) return;
    this.sent = true;
    const { verb, target, numberOf } = this.target;
    try {
      this.receipt = await app.store.host.act({
        action_id: crypto.randomUUID(),
        verb,
        target,
        number_of: numberOf,
        reason,
        how,
        named,
      });
    } catch (thrown) {
      this.error = asUiError(thrown);
    }
  }

  /** The core starts again with the path confirmed, and the page with it. */
  async keepTrial(action: string): Promise<void> {
    if (this.keeping) return;
    this.keeping = true;
    this.error = null;
    try {
      await app.store.host.keepTrial(action);
      reload();
    } catch (thrown) {
      this.error = asUiError(thrown);
      this.keeping = false;
    }
  }

  /** Only a confirmed path is sent to as a matter of course; the other ways exist only without one. */
  private allowed(how: How): boolean {
    const unconfirmed = this.radius?.refusal?.code === 'not_confirmed';
    return how === 'send' ? this.radius?.refusal === null : unconfirmed;
  }
}
