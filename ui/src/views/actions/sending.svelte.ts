import type { BlastRadius, ReceiptDto, UiError } from '../../bindings/types';
import { asUiError } from '../../host';
import { app } from '../../store/live.svelte';
import type { ActTarget } from '../frame/keys.svelte';

/** One dialog's way from the question to the answer. What was sent once is never sent again. */
export class Sending {
  radius = $state.raw<BlastRadius | null>(null);
  error = $state.raw<UiError | null>(null);
  receipt = $state.raw<ReceiptDto | null>(null);
  sent = $state(false);
  readonly target: ActTarget;

  constructor(target: ActTarget) {
    this.target = target;
  }

  async look(): Promise<void> {
    const { verb, workflow, numberOf } = this.target;
    try {
      this.radius = await app.store.host.blastRadius(verb, workflow, numberOf);
    } catch (thrown) {
      this.error = asUiError(thrown);
    }
  }

  /** The id is made here, at the confirmation; a second press finds `sent` set. */
  async confirm(reason: string): Promise<void> {
    if (this.sent || !this.radius || this.radius.refusal) return;
    this.sent = true;
    const { verb, workflow, numberOf } = this.target;
    try {
      this.receipt = await app.store.host.act({
        action_id: crypto.randomUUID(),
        verb,
        workflow,
        number_of: numberOf,
        reason,
        how: 'send',
        named: null,
      });
    } catch (thrown) {
      this.error = asUiError(thrown);
    }
  }
}
