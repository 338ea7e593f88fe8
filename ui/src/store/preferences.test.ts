import { expect, it } from 'vitest';
import { keepPreferences, languageOf, readPreferences } from './preferences';

const storage = () => {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
};

it('keeps a choice, and takes what it does not know for none', () => {
  const place = storage();
  expect(readPreferences(place)).toEqual({ language: 'system', theme: 'system' });
  keepPreferences(place, { language: 'zh-CN', theme: 'dark' });
  expect(readPreferences(place)).toEqual({ language: 'zh-CN', theme: 'dark' });
  for (const broken of ['{', 'null', '{"language":"tlh","theme":7}']) {
    expect(readPreferences({ getItem: () => broken })).toEqual({ language: 'system', theme: 'system' });
  }
});

it('follows the system unless told otherwise', () => {
  expect(languageOf({ language: 'system', theme: 'system' }, ['id-ID', 'zh-Hans-CN', 'en'])).toBe('zh-CN');
  expect(languageOf({ language: 'system', theme: 'system' }, ['fr'])).toBe('en');
  expect(languageOf({ language: 'en', theme: 'system' }, ['zh'])).toBe('en');
});
