import type { NextStep } from '../../bindings/types';
import type { Route } from '../../store/route';
import type { TextKey } from '../../text';

export const SECTIONS = ['general', 'accounts', 'contract', 'check', 'webhooks'] as const;
export type Section = (typeof SECTIONS)[number];

export function sectionOf(params: Readonly<Record<string, string>>): Section {
  return SECTIONS.find((name) => name === params.section) ?? 'general';
}

export function settings(section: Section, params: Record<string, string> = {}): Route {
  return { screen: 'settings', id: null, params: { section, ...params } };
}

export interface Way {
  words: TextKey;
  to: Route;
}

/** The screens that do what a row of the check says is next. */
export function waysOf(next: NextStep, key: string, account: string): Way[] {
  const edit: Way = { words: 'go.account', to: settings('accounts', { account, edit: account }) };
  const contract = (words: TextKey, params: Record<string, string>): Way => ({ words, to: settings('contract', { account, ...params }) });
  switch (next) {
    case 'keys':
    case 'line':
    case 'zone':
    case 'sign':
      return [edit];
    case 'path':
      return [contract('go.documentation', { part: 'documentation' }), contract('go.contract', { part: 'endpoints', filter: key })];
    case 'consent':
      return [contract('go.contract', { part: 'endpoints', filter: key })];
    case 'map':
      return [contract('go.fields', { part: 'fields' })];
    case 'no_example':
      return [{ words: 'go.watch', to: { screen: 'watch', id: null, params: {} } }];
    default:
      return [];
  }
}
