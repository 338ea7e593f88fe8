import { app } from '../store/live.svelte';
import type { Language } from '../store/preferences';
import { router } from '../store/router.svelte';
import { accountHere, zoneOfOffset } from '../store/zone';
import { Format } from './format';
import { text } from './text.svelte';

const made: Record<string, Format> = {};

function formatOf(language: Language, zone: string | undefined): Format {
  const key = `${language} ${zone}`;
  return (made[key] ??= new Format(language, zone));
}

/** The account's zone, where it is asked for and there is one; else this computer's. */
const zone = $derived.by(() => {
  if (text.preferences.zone === 'mine') return undefined;
  const account = accountHere(router.route, app.hello?.accounts ?? []);
  return account ? (zoneOfOffset(account.zone) ?? undefined) : undefined;
});

/** The formats of the language and the zone of now. */
export function fmt(): Format {
  return formatOf(text.language, zone);
}

/** Times are this computer's although the account's were asked for: the screen has several, or an odd one. */
export function zoneIsMine(): boolean {
  return zone === undefined;
}
