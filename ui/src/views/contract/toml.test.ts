import { describe, expect, it } from 'vitest';
import { literal, readLiteral, readTable, table, typed } from './toml';

describe('a value of the profile', () => {
  it('comes back as it was written', () => {
    for (const value of ['/data/list', 'a "b" \\ c', '', '中文\n\u007f', 100, -1, true, '100']) {
      expect(readLiteral(literal(value))).toBe(value);
    }
    const parts = { name: 'page', place: 'query', value: 100, 'odd key': "it's" };
    expect(readTable(table(parts))).toEqual(parts);
    expect(readTable(table({}))).toEqual({});
  });

  it('is read however the file spells it', () => {
    expect(readTable("{name='page',place = \"query\" , value=+5}")).toEqual({ name: 'page', place: 'query', value: 5 });
    for (const broken of ['{ a = }', '{ a = 1', 'a = 1', '{ a = 1 } b', '{ a = [1] }', '']) expect(readTable(broken)).toBeNull();
    for (const broken of ['"a', '[1]', '1 2', '{}', '"\\q"']) expect(readLiteral(broken)).toBeNull();
  });

  it('stays the kind of value that it was', () => {
    expect(typed('100', null)).toBe('100');
    expect(typed('100', '20')).toBe('100');
    expect(typed('100', '"20"')).toBe('"100"');
    expect(typed('/x', null)).toBe('"/x"');
    expect(typed('007', null)).toBe('"007"');
  });
});
