import { expect, it } from 'vitest';
import { aroundFault, asksFields, mended, termsOf, withoutTerm } from './filter';

it('takes a filter apart as it was written', () => {
  const filter = '  status:running  template:"big sale" -name:"a" 春 "open end';
  expect(termsOf(filter)).toEqual(['status:running', 'template:"big sale"', '-name:"a"', '春', '"open end']);
  expect(withoutTerm(filter, 1)).toBe('status:running -name:"a" 春 "open end');
  expect(termsOf('   ')).toEqual([]);
});

it('counts characters as the core does', () => {
  const fault = { at: 3, length: 6, suggestion: 'status' };
  expect(aroundFault('🎡数 stauts:x', fault)).toEqual(['🎡数 ', 'stauts', ':x']);
  expect(mended('🎡数 stauts:x', fault)).toBe('🎡数 status:x');
});

it('tells a filter from a name, a number and an address', () => {
  for (const filter of ['status:running', 'october -reached<20%', 'name:"a b"', 'calls>=3']) expect(asksFields(filter), filter).toBe(true);
  for (const other of ['jakarta', '+62 812', 'https://a.b', 'wheelhouse://call/a/b', 'status:', '"status:x"', '']) expect(asksFields(other), other).toBe(false);
});
