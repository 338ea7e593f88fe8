import type { NumberOf, VerbDto } from '../../bindings/types';
import { app } from '../../store/live.svelte';
import { accountOf } from '../raw/opened';

/** Whether an action is sent from here or done in the vendor's console; `null` until that is known. */
export type Way = 'send' | 'outside' | null;

/** The contract changes only with a reload of the page, so an account's answer holds for its verb. */
const known: Record<string, Way> = {};

/** Asks the store, never the network, how the verb is done for the target's account. */
export function wayOf(ask: () => { verb: VerbDto; target: string; numberOf: NumberOf | null } | null): { readonly current: Way } {
  let current = $state<Way>(null);
  const key = $derived(JSON.stringify(ask()));
  $effect(() => {
    const asked = JSON.parse(key) as ReturnType<typeof ask>;
    if (!asked || !app.hello) return;
    const place = `${asked.verb} ${accountOf(asked.target)}`;
    current = known[place] ?? null;
    if (current !== null) return;
    let gone = false;
    app.store.host.blastRadius(asked.verb, asked.target, asked.numberOf).then(
      ({ refusal, evidence }) => {
        const way = refusal?.code === 'not_confirmed' ? 'outside' : evidence === 'confirmed' ? 'send' : null;
        if (way) known[place] = way;
        if (!gone) current = way;
      },
      // The dialog says what is wrong, when it is opened.
      () => {},
    );
    return () => {
      gone = true;
    };
  });
  return {
    get current() {
      return current;
    },
  };
}
