import { describe, expect, it } from 'vitest';
import { hitsIn, partsAt, partsOf, patternOf, spotOf, spotParam } from './find';

const hits = (text: string, typed: string, byWords = false) =>
  partsOf(text, patternOf(typed, byWords)).filter((part) => part.hit).map((part) => part.text);

describe('finding in a text that stands here', () => {
  it('takes what is typed as it stands, whatever the case', () => {
    expect(hits('Saya BAYAR besok, bayar!', 'bayar')).toEqual(['BAYAR', 'bayar']);
    expect(hits('您需要还款', '还款')).toEqual(['还款']);
    expect(hits('next\n week', 'next week')).toEqual(['next\n week']);
    expect(hits('a.b axb (c) [d] \\ ^ $ | / -', 'a.b')).toEqual(['a.b']);
    for (const typed of ['(', '[', '\\', '*', '+', '?', '{1}', '|', '^', '$', '.', '-', '/', '👍', '\u0000']) {
      expect(hits(`x${typed}y`, typed)).toEqual([typed]);
    }
    expect(hits('text', '')).toEqual([]);
    expect(hits('text', '"')).toEqual([]);
  });

  it('falls back to the words where the whole is nowhere', () => {
    expect(hitsIn(['week next', 'next week', 'none'], '"next week"')).toEqual({ at: [1], byWords: false });
    expect(hitsIn(['besok saya bayar', 'lusa'], 'bayar besok')).toEqual({ at: [0], byWords: true });
    expect(hitsIn(['besok', 'saya', 'bayar'], 'bayar besok')).toEqual({ at: [0, 2], byWords: true });
    expect(hitsIn(['besok', 'saya'], 'bayar besok')).toEqual({ at: [], byWords: false });
    expect(hitsIn(['a'], '  ')).toEqual({ at: [], byWords: false });
    expect(hits('besok saya bayar', 'bayar besok', true)).toEqual(['besok', 'bayar']);
  });

  it('gives every character back, however long the text', () => {
    const text = `${'x'.repeat(100_000)}needle${'🎡'.repeat(50_000)}`;
    const parts = partsOf(text, patternOf('NEEDLE', false));
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.filter((part) => part.hit)).toHaveLength(1);
    expect(partsAt('🎡 还款', [{ from: 3, to: 5 }])).toEqual([{ text: '🎡 ', hit: false }, { text: '还款', hit: true }]);
  });

  it('knows whose place the address names', () => {
    const params = { find: 'x', spot: spotParam('acme/odd#7', 12) };
    expect(spotOf(params, 'acme/odd#7')).toEqual({ text: 'x', position: 12 });
    expect(spotOf(params, 'acme/other')).toBeNull();
    expect(spotOf({}, 'acme/odd#7')).toBeNull();
  });
});
