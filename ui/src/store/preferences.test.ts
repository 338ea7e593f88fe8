import { expect, it } from 'vitest';
import { DEFAULTS, keepPreferences, languageOf, readPreferences, type Preferences } from './preferences';

const storage = () => {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
};

it('keeps a choice, and takes what it does not know for none', () => {
  const place = storage();
  expect(readPreferences(place)).toEqual(DEFAULTS);
  const chosen: Preferences = {
    language: 'zh-CN',
    theme: 'dark',
    zone: 'callee',
    still: true,
    shareTold: true,
    listening: { speed: 1.5, skipSilence: true, autoAdvance: true, volumes: { left: 0, right: 1.8, mono: 0.4 } },
  };
  keepPreferences(place, chosen);
  expect(readPreferences(place)).toEqual(chosen);
  const broken = [
    '{', 'null', '7', '{"language":"tlh","theme":7,"listening":3}', '{"listening":null}',
    '{"listening":{"speed":9,"skipSilence":"yes","autoAdvance":1,"volumes":{"left":-1,"right":2.1,"mono":1.2}}}',
    '{"listening":{"volumes":[0,0]}}',
  ];
  for (const text of broken) expect(readPreferences({ getItem: () => text }), text).toEqual(DEFAULTS);
});

it('follows the system unless told otherwise', () => {
  expect(languageOf({ language: 'system' }, ['id-ID', 'zh-Hans-CN', 'en'])).toBe('zh-CN');
  expect(languageOf({ language: 'system' }, ['fr'])).toBe('en');
  expect(languageOf({ language: 'en' }, ['zh'])).toBe('en');
});
