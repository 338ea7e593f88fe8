import type { AccountDto } from '../bindings/types';
import type { ZoneOf } from './preferences';
import type { Route } from './route';

/** Zones of offsets with minutes: not every window knows an offset by itself. */
const UNEVEN: Readonly<Record<string, string>> = {
  '+03:30': 'Asia/Tehran', '+04:30': 'Asia/Kabul', '+05:30': 'Asia/Kolkata', '+05:45': 'Asia/Kathmandu',
  '+06:30': 'Asia/Yangon', '+08:45': 'Australia/Eucla', '+09:30': 'Australia/Darwin', '-09:30': 'Pacific/Marquesas',
};

/** A zone that `Intl` knows, of an offset like `+08:00`; `null`: none. */
export function zoneOfOffset(offset: string): string | null {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  if (!sign || !hours) return null;
  if (minutes !== '00') return UNEVEN[offset] ?? null;
  const whole = Number(hours);
  // The sign of these names is the other way around.
  return whole === 0 ? 'Etc/UTC' : whole <= 12 ? `Etc/GMT${sign === '+' ? '-' : '+'}${whole}` : null;
}

/** The zone asked for; the account's where nobody said that of the people called. */
export function offsetOf(account: AccountDto, of: ZoneOf): string {
  return of === 'callee' ? (account.callee_zone ?? account.zone) : account.zone;
}

/** The account that is looked at: of what is open, of the screen, or the only zone that there is. */
export function accountHere(route: Route, accounts: readonly AccountDto[], of: ZoneOf = 'account'): AccountDto | null {
  const opened = route.params.open?.split('/') ?? [];
  const named = [...opened.slice(0, 2), route.id?.split('/')[0], route.params.account];
  const found = named.map((id) => accounts.find((account) => account.account === id)).find(Boolean);
  if (found) return found;
  // One without the callees' zone goes first: that it is missing has to be said.
  const first = accounts.find((account) => !account.callee_zone) ?? accounts[0];
  return first && accounts.every((account) => offsetOf(account, of) === offsetOf(first, of)) ? first : null;
}
