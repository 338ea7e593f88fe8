import { describe, expect, it } from 'vitest';
import { draggedEnd, jumpAt, NO_LOOP, withEnd, type Loop } from './course';

const loop: Loop = { a: 10_000, b: 20_000 };

describe('a loop', () => {
  it('has its ends set in any order', () => {
    expect(withEnd({ a: 10_000, b: null }, 'b', 20_000)).toEqual(loop);
    expect(withEnd({ a: null, b: 20_000 }, 'a', 10_000)).toEqual(loop);
    expect(withEnd(loop, 'b', 15_000)).toEqual({ a: 10_000, b: 15_000 });
  });

  it('is refused where nothing could be made out, and begins anew beyond its other end', () => {
    expect(withEnd({ a: 10_000, b: null }, 'b', 10_000)).toBeNull();
    expect(withEnd({ a: 10_000, b: null }, 'b', 10_199)).toBeNull();
    expect(withEnd(loop, 'a', 20_100)).toBeNull();
    expect(withEnd({ a: 10_000, b: null }, 'b', 10_200)).toEqual({ a: 10_000, b: 10_200 });
    expect(withEnd(loop, 'a', 30_000)).toEqual({ a: 30_000, b: null });
    expect(withEnd(loop, 'b', 5000)).toEqual({ a: null, b: 5000 });
  });

  it('keeps its least length and the recording’s ends while it is dragged', () => {
    expect(draggedEnd(loop, 'a', 19_990, 48_000)).toEqual({ a: 19_800, b: 20_000 });
    expect(draggedEnd(loop, 'b', 9000, 48_000)).toEqual({ a: 10_000, b: 10_200 });
    expect(draggedEnd(loop, 'b', 60_000, 48_000)).toEqual({ a: 10_000, b: 48_000 });
    expect(draggedEnd({ a: 3000, b: null }, 'a', -5, 48_000)).toEqual({ a: 0, b: null });
  });

  it('goes back when playback runs over its end, however late that is seen', () => {
    expect(jumpAt(19_990, 20_006, loop, [])).toEqual({ to: 10_000, skipped: null });
    expect(jumpAt(19_800, 20_900, loop, [])?.to).toBe(10_000);
    expect(jumpAt(19_000, 19_016, loop, [])).toBeNull();
    expect(jumpAt(30_000, 30_016, loop, [])).toBeNull();
    expect(jumpAt(19_990, 20_006, { a: 10_000, b: null }, [])).toBeNull();
  });
});

describe('silence that is skipped', () => {
  const silences = [{ from_ms: 0, to_ms: 1000 }, { from_ms: 24_000, to_ms: 28_000 }];

  it('keeps a short rest on either side, and counts what was left out', () => {
    expect(jumpAt(24_090, 24_100, NO_LOOP, silences)).toBeNull();
    expect(jumpAt(24_140, 24_156, NO_LOOP, silences)).toEqual({ to: 27_850, skipped: { silence: 1, ms: 3694 } });
    expect(jumpAt(27_850, 27_866, NO_LOOP, silences)).toBeNull();
  });

  it('leaves the pauses of speech alone', () => {
    expect(jumpAt(400, 416, NO_LOOP, silences)).toBeNull();
  });

  it('does not leave a loop whose end lies in it', () => {
    const inside: Loop = { a: 25_000, b: 26_000 };
    expect(jumpAt(25_000, 25_016, inside, silences)).toBeNull();
    expect(jumpAt(25_990, 26_010, inside, silences)?.to).toBe(25_000);
    expect(jumpAt(24_140, 24_156, { a: 20_000, b: 30_000 }, silences)?.to).toBe(27_850);
  });
});
