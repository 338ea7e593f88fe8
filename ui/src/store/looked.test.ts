import { expect, test } from 'vitest';
import { keepLooked, lookedAt } from './looked';

function memory(first: string | null = null) {
  let held = first;
  return { getItem: () => held, setItem: (_: string, value: string) => void (held = value) };
}

test('each workflow has its own time, and the newest five hundred are kept', () => {
  const storage = memory();
  for (let n = 0; n < 600; n++) keepLooked(storage, `a/${n}`, n);
  expect(lookedAt(storage, 'a/599')).toBe(599);
  expect(lookedAt(storage, 'a/100')).toBe(100);
  expect(lookedAt(storage, 'a/99')).toBeNull();
});

test('what cannot be read is as if never looked at', () => {
  expect(lookedAt(memory('{'), 'a')).toBeNull();
  expect(lookedAt(memory('[1]'), 'a')).toBeNull();
  expect(lookedAt(memory('{"a":"x"}'), 'a')).toBeNull();
});
