import type { OutcomeDto, ReceiptDto } from '../bindings/types';

/** How far a receipt got, for one word in a row. `seen` only after an acceptance or an unknown answer. */
export type Step = OutcomeDto | 'seen';

export function stepOf(receipt: ReceiptDto): Step {
  return receipt.seen_at === null ? receipt.outcome : 'seen';
}

/** When the step was reached. */
export function stepAt(receipt: ReceiptDto): number {
  return receipt.seen_at ?? receipt.outcome_at ?? receipt.requested_at;
}

/** Something a supervisor must look at. */
export function alarming(receipt: ReceiptDto): boolean {
  return (receipt.calls_since ?? 0) > 0 || ['refused', 'failed', 'unknown'].includes(stepOf(receipt));
}
