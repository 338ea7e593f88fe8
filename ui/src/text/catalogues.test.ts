import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from './en';
import { HANGUPS } from './en/calls';
import { plain, plainLine, t, text, tWord } from './text.svelte';
import { zhCN } from './zh-CN';

const catalogues = { en, 'zh-CN': zhCN } as Record<string, Record<string, string>>;
const stem = (key: string) => key.replace(/_(one|other)$/, '');
const stems = (language: string) => [...new Set(Object.keys(catalogues[language] ?? {}).map(stem))].sort();
const values = (words: string) => [...words.matchAll(/{{(\w+)/g)].map((found) => found[1]).sort();

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect(stems('zh-CN')).toEqual(stems('en'));
  });

  it('have words for every key', () => {
    for (const words of Object.values(catalogues)) {
      for (const [key, said] of Object.entries(words)) expect(said.trim(), key).not.toBe('');
    }
  });

  it('name the same values in both languages', () => {
    for (const [key, said] of Object.entries(zhCN)) {
      expect(values(said), key).toEqual(values((en as Record<string, string>)[key] ?? ''));
    }
  });

  it('say something else in Chinese, but for names', () => {
    const same = Object.keys(zhCN).filter((key) => catalogues.en?.[key] === catalogues['zh-CN']?.[key] && /[a-z]{3}/i.test((zhCN as Record<string, string>)[key]?.replace(/{{.*?}}/g, '') ?? ''));
    expect(same).toEqual(['app.name', 'tab.waba']);
  });
});

describe('words', () => {
  beforeAll(() => text.start());

  it('count in both languages, with the digits grouped', () => {
    expect(t('list.count', { count: 1 })).toBe('1 row');
    expect(t('list.count', { count: 2000 })).toBe('2,000 rows');
    text.set({ language: 'zh-CN' });
    expect(t('list.count', { count: 1 })).toBe('1 行');
    text.set({ language: 'en' });
  });

  it('carry outside text as it is, and do not interpret it', () => {
    expect(t('act.title.stop_workflow', { name: '<b>$t(app.name) {{x}}</b>' })).toContain('<b>');
  });

  it('know every meaning of a hang-up code, and show an unknown word as written', () => {
    const core = readFileSync('../src-tauri/domain/call.rs', 'utf8').split('fn pds_hangup_meaning')[1] ?? '';
    const meanings = [...core.matchAll(/"\d+" => "(\w+)"/g)].map((found) => found[1]);
    expect(meanings).toEqual([...HANGUPS]);
    expect(tWord('hangup', 'NEW_WORD')).toBe('NEW_WORD');
    expect(tWord('sender', 'constructor')).toBe('constructor');
  });

  it('make control characters visible and cut a line', () => {
    expect(plain('a\u0000b\u001bc\nd')).toBe('a␀b␛c\nd');
    expect(plain('exe\u202egpj')).toBe('exe\ufffdgpj');
    expect(plainLine('a\n\tb')).toBe('a b');
    expect(plainLine('x'.repeat(100_000)).length).toBe(400);
  });
});

/** Words that stand in a component instead of in a catalogue. */
function stringsIn(file: string): string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const { type, data, name, value } = node as Record<string, unknown>;
    if (type === 'StyleDirective') return;
    if (type === 'Text' && typeof data === 'string' && /\p{L}/u.test(data)) found.push(data.trim());
    if (type === 'Attribute') {
      const spoken = typeof name === 'string' && /^(aria-(label|description|valuetext|roledescription)|title|placeholder|alt|label)$/.test(name);
      if (spoken) walk(value);
      else if (Array.isArray(value)) walk(value.filter((part) => (part as { type: string }).type !== 'Text'));
      return;
    }
    for (const [key, inner] of Object.entries(node)) if (key !== 'parent' && key !== 'metadata') walk(inner);
  };
  walk(parse(readFileSync(file, 'utf8'), { modern: true }).fragment);
  return found;
}

it('no component holds words of its own', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));
  expect(files.length).toBeGreaterThan(30);
  // The names of keys are the same in every language.
  const keys = ['Ctrl K', '(Shift+S)', 'Shift S', 'M'];
  const strings = files.flatMap((file) => stringsIn(join('src', file)).map((words) => `${file}: ${words}`));
  expect(strings.filter((each) => !keys.some((key) => each.endsWith(`: ${key}`)))).toEqual([]);
});
