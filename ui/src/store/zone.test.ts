import { expect, it } from 'vitest';
import type { AccountDto } from '../bindings/types';
import { accountHere, offsetOf, zoneOfOffset } from './zone';

const account = (id: string, zone: string, callee_zone: string | null = null) => ({ account: id, zone, callee_zone }) as AccountDto;
const at = (params: Record<string, string>, id: string | null = null) => ({ screen: 'calls' as const, id, params });

it('knows the zone of every offset that an account can have, and guesses none', () => {
  const hour = (zone: string | null) => zone && new Intl.DateTimeFormat('en', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(Date.UTC(2026, 0, 1, 12));
  expect(['+08:00', '-03:00', '+00:00', '+05:30', '+06:30', '+12:00'].map((offset) => hour(zoneOfOffset(offset)))).toEqual(['20:00', '09:00', '12:00', '17:30', '18:30', '00:00']);
  expect(['', 'Z', '+8', '+07:13', '+13:00'].map(zoneOfOffset)).toEqual([null, null, null, null, null]);
});

it('follows the account of what is open', () => {
  const [manila, delhi] = [account('m', '+08:00'), account('d', '+05:30')];
  const both = [manila, delhi] as AccountDto[];
  expect(accountHere(at({ open: 'call/d/7' }), both)).toBe(delhi);
  expect(accountHere(at({}, 'm/w1'), both)).toBe(manila);
  expect(accountHere(at({ account: 'd' }), both)).toBe(delhi);
  expect(accountHere(at({}), both)).toBeNull();
  expect(accountHere(at({}), [manila as AccountDto])).toBe(manila);
});

it('takes the zone of the people called, and the account’s where nobody said theirs', () => {
  const [lima, unsaid, far] = [account('l', '+08:00', '-05:00'), account('u', '-05:00'), account('f', '+08:00')];
  expect([lima, unsaid].map((each) => offsetOf(each, 'callee'))).toEqual(['-05:00', '-05:00']);
  expect(offsetOf(lima, 'account')).toBe('+08:00');
  expect(accountHere(at({}), [lima, unsaid], 'callee')).toBe(unsaid);
  expect(accountHere(at({}), [lima, unsaid])).toBeNull();
  expect(accountHere(at({}), [lima, far], 'callee')).toBeNull();
});
