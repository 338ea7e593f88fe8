import { app } from '../store/live.svelte';
import type { Language } from '../store/preferences';
import { router } from '../store/router.svelte';
import { accountHere, offsetOf, zoneOfOffset } from '../store/zone';
import { Format } from './format';
import { text } from './text.svelte';

const made: Record<string, Format> = {};

function formatOf(language: Language, zone: string | undefined): Format {
  const key = `${language} ${zone}`;
  return (made[key] ??= new Format(language, zone));
}

const account = $derived(accountHere(router.route, app.hello?.accounts ?? [], text.preferences.zone));

/** The zone asked for, where there is one; else this computer's. */
const zone = $derived.by(() => {
  const whose = text.preferences.zone;
  if (whose === 'mine' || !account) return undefined;
  return zoneOfOffset(offsetOf(account, whose)) ?? undefined;
});

/** The formats of the language and the zone of now. */
export function fmt(): Format {
  return formatOf(text.language, zone);
}

/** The callees' zone was asked for and nobody said it: times are the account's. */
export function calleeZoneMissing(): boolean {
  return text.preferences.zone === 'callee' && zone !== undefined && !account?.callee_zone;
}

/** Times are this computer's although another zone was asked for: the screen has several, or an odd one. */
export function zoneIsMine(): boolean {
  return zone === undefined;
}
