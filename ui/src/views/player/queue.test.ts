import { describe, expect, it } from 'vitest';
import type { CallRow, RowDto } from '../../bindings/types';
import { queryFor, testCall } from '../../store/sample';
import { findNext, openedFrom, originOf, showCalls, type Origin } from './queue';

const query = { ...queryFor('calls'), count: 0 };
const origin = (index: number): Origin => ({ query, index, chosen: ({ id }) => ({ sel: id }) });

/** A list of `total` calls in which those at `recorded` have a recording. */
function list(total: number, recorded: number[]) {
  const rows = Array.from({ length: total }, (_, at): RowDto => ({ list: 'call', row: testCall(`c${at}`, { has_recording: recorded.includes(at) }) }));
  const asked: number[] = [];
  const ask = async (anchor: number, count: number) => {
    asked.push(anchor);
    return { anchor, total, rows: rows.slice(anchor, anchor + count) };
  };
  return { ask, asked };
}
const idOf = (found: unknown) => (found as { call: CallRow }).call.id;

describe('the next recording', () => {
  it('is the next one of the list that has any, in both directions', async () => {
    const { ask, asked } = list(20, [2, 5, 11]);
    expect(await findNext(ask, origin(5), 'c5', 1)).toMatchObject({ call: { id: 'c11' }, index: 11 });
    expect(await findNext(ask, origin(5), 'c5', -1)).toMatchObject({ call: { id: 'c2' }, index: 2 });
    expect(await findNext(ask, origin(11), 'c11', 1)).toBe('end');
    expect(await findNext(ask, origin(2), 'c2', -1)).toBe('end');
    expect(asked).toEqual([0, 0, 0, 0]);
  });

  it('is looked for beyond the window, without a row twice', async () => {
    const { ask, asked } = list(2000, [30, 1000, 1700]);
    expect(await findNext(ask, origin(1000), 'c1000', 1)).toMatchObject({ index: 1700 });
    expect(asked).toEqual([900, 1100, 1300, 1500, 1700]);
    asked.length = 0;
    expect(await findNext(ask, origin(1000), 'c1000', -1)).toMatchObject({ index: 30 });
    expect(asked).toEqual([900, 700, 500, 300, 100, 0]);
  });

  it('is found after the list moved on', async () => {
    const { ask } = list(2000, [900, 905]);
    expect(idOf(await findNext(ask, origin(10), 'c900', 1))).toBe('c905');
  });

  it('is not guessed: a call that left its list has no neighbour, and no search goes on for ever', async () => {
    const { ask } = list(50, [3, 9]);
    expect(await findNext(ask, origin(3), 'other', 1)).toBe('gone');
    const long = list(100_000, [5]);
    expect(await findNext(long.ask, origin(5), 'c5', 1)).toBe('far');
    expect(long.asked.length).toBeLessThan(20);
    expect(await findNext(list(0, []).ask, origin(0), 'c0', 1)).toBe('gone');
  });

  it('knows the calls of a person among everything else', async () => {
    const call = testCall('c', { has_recording: true });
    const event = (id: string, more: object) => ({ list: 'person', row: { id, at: 0, at_seen: false, event: more } }) as unknown as RowDto;
    const rows = [event('1', { kind: 'call', call: testCall('b') }), event('2', { kind: 'session' }), event('3', { kind: 'call', call })];
    const found = await findNext(async () => ({ anchor: 0, total: 3, rows }), origin(0), 'b', 1);
    expect(found).toEqual({ call, index: 2 });
  });
});

it('a call belongs to the list that it was opened from, else to the one opened last that holds it', () => {
  const holds = (index: number, ...ids: string[]) => ({ origin: (id: string) => (ids.includes(id) ? origin(index) : null) });
  const [left, pane] = [holds(1, 'x', 'y'), holds(2, 'x')];
  const ends = [showCalls(left), showCalls(pane)];
  expect(originOf('x')?.index).toBe(2);
  expect(originOf('y')?.index).toBe(1);
  openedFrom(left, 'x');
  expect(originOf('x')?.index).toBe(1);
  for (const end of ends) end();
  expect(originOf('y')).toBeNull();
  expect(originOf('x')?.index).toBe(1);
});
