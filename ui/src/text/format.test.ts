import { describe, expect, it } from 'vitest';
import { Format, quotient } from './format';

const en = new Format('en', 'Asia/Jakarta');
const zh = new Format('zh-CN', 'Asia/Jakarta');
const NOW = Date.UTC(2026, 10, 22, 6, 42, 10);

describe('numbers', () => {
  it('never round a share to all or nothing', () => {
    expect(en.share(9999, 10_000)).toBe('99%');
    expect(en.share(10_000, 10_000)).toBe('100%');
    expect(en.share(1, 10_000)).toBe('<1%');
    expect(en.share(0, 10)).toBe('0%');
    expect(en.share(1, 3)).toBe('33%');
  });

  it('have no value over nothing', () => {
    expect(quotient({ num: 5, den: 0 })).toBeNull();
    expect(quotient(null)).toBeNull();
    expect(quotient({ num: 6, den: 4 })).toBe(1.5);
  });

  it('write a duration as a clock', () => {
    expect([0, 499, 42_000, 725_000, 3_800_000, -5].map((ms) => en.duration(ms))).toEqual(['0:00', '0:00', '0:42', '12:05', '1:03:20', '0:00']);
  });
});

describe('sizes', () => {
  it('are of the unit that fits', () => {
    expect([0, 1, 512, 1536, 300 * 2 ** 20, 1.52 * 2 ** 30, 2 ** 31, 5000 * 2 ** 30].map((bytes) => en.size(bytes))).toEqual(
      ['0 byte', '1 byte', '512 byte', '1.5 kB', '300 MB', '1.5 GB', '2 GB', '5,000 GB'],
    );
    expect(zh.size(1.52 * 2 ** 30)).toBe('1.5 GB');
  });
});

describe('times', () => {
  it('are relative in the language asked for', () => {
    expect(en.relative(NOW - 4000, NOW)).toBe('4s ago');
    expect(en.relative(NOW, NOW)).toBe('0s ago');
    expect(en.relative(NOW + 130_000, NOW)).toBe('in 2m');
    expect(zh.relative(NOW - 3 * 3_600_000, NOW)).toBe('3小时前');
    expect(en.relative(NOW - 50 * 3_600_000, NOW)).toBe('2d ago');
  });

  it('say how long a pause was in little room', () => {
    expect([30_000, 40 * 60_000, 5 * 3_600_000, 50 * 3_600_000].map((ms) => en.span(ms))).toEqual(['1m', '40m', '5h', '2d']);
    expect(zh.span(5 * 3_600_000)).toBe('5小时');
    expect(en.date(NOW)).toBe('Nov 22');
  });

  it('name the zone when exact', () => {
    expect(en.exact(NOW)).toBe('Nov 22, 2026 13:42:10 GMT+7');
    expect(zh.exact(NOW)).toBe('2026年11月22日 13:42:10 GMT+7');
  });
});
