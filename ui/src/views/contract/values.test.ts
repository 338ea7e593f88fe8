import { describe, expect, it } from 'vitest';
import type { ContractValue } from '../../bindings/types';
import { pathOf, repair, wholes } from './values';

const value = (path: string, toml: string, from: ContractValue['from'] = 'built_in'): ContractValue => ({
  path: ['endpoint', 'workflow.list', ...path.split('.')], value: toml, toml, from,
});

describe('an endpoint’s values', () => {
  it('are said as a whole, however they are spelt', () => {
    const said = wholes([
      value('path', '"/x"'), value('params.page.name', '"page"'), value('params.page.value', '100', 'profile'), value('window.days', '7'),
      value('params.size', '{ name = "size" }'),
    ]);
    expect(said.map(({ path, toml, from }) => [path.slice(2).join('.'), toml, from])).toEqual([
      ['path', '"/x"', 'built_in'],
      ['params.page', '{ name = "page", value = 100 }', 'profile'],
      ['window', '{ days = 7 }', 'built_in'],
      ['params.size', '{ name = "size" }', 'built_in'],
    ]);
  });
});

describe('a fault', () => {
  it('is repaired by taking its key out', () => {
    expect(pathOf('endpoint."workflow.list".pth')).toEqual(['endpoint', 'workflow.list', 'pth']);
    expect(pathOf("status.workflow.'3'")).toEqual(['status', 'workflow', '3']);
    for (const none of ['', 'a"b', '"open']) expect(pathOf(none)).toBeNull();
    const fault = { line: 2, key: 'zone', sentence: '' };
    expect(repair(fault, 'reads = "known"\nzone = "8"', 'by hand')).toEqual({ path: ['zone'], from: '"8"', to: null, source: 'by hand' });
    expect(repair({ ...fault, key: '' }, '', 'by hand')).toBeNull();
  });
});
