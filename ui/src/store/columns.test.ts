import { expect, it } from 'vitest';
import { columnsFor, keepArrangement, namedIn, NARROWEST, readArrangement, tracksOf, within } from './columns';

const columns = [
  { id: 'name', width: 'minmax(160px, 1fr)' },
  { id: 'talk', width: '92px', from: 800 },
  { id: 'ended', width: '80px', optional: true },
];
const storage = (first?: string) => {
  const kept = new Map<string, string>(first === undefined ? [] : [['wheelhouse.columns.watch', first]]);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};
const ids = (shown: { id: string }[]) => shown.map(({ id }) => id);

it('keeps what was changed, and shows no column that is no more', () => {
  const place = storage();
  keepArrangement(place, 'watch', { shown: { ended: true, gone: true }, widths: { talk: 120, gone: 50 } });
  const read = readArrangement(place, 'watch');
  expect(read).toEqual({ shown: { ended: true, gone: true }, widths: { talk: 120, gone: 50 } });
  expect(ids(columnsFor(columns, read, 900))).toEqual(['name', 'talk', 'ended']);
  keepArrangement(place, 'watch', { shown: {}, widths: {} });
  expect(place.getItem('wheelhouse.columns.watch')).toBeNull();
  for (const broken of ['{', 'null', '7', '{"shown":{"name":"x"},"widths":{"name":"9"}}']) {
    expect(readArrangement(storage(broken), 'watch')).toEqual({ shown: {}, widths: {} });
  }
});

it('takes slots, labels and variables for columns in the order in which they were asked for', () => {
  const place = storage();
  const shown = { 'slot:due: date': true, ended: true, 'label:a': true, 'slot:no': false, 'slot:': true, 'other:x': true, [`slot:${'x'.repeat(200)}`]: true };
  keepArrangement(place, 'watch', { shown, widths: {} });
  expect(namedIn(readArrangement(place, 'watch'))).toEqual(['slot:due: date', 'label:a']);
});

it('folds a column away in a narrow table unless it was asked for', () => {
  const none = { shown: {}, widths: {} };
  expect(ids(columnsFor(columns, none, 900))).toEqual(['name', 'talk']);
  expect(ids(columnsFor(columns, none, 700))).toEqual(['name']);
  expect(ids(columnsFor(columns, { shown: {}, widths: { name: 850 } }, 900)), 'no room').toEqual(['name']);
  const asked = { shown: { talk: true, ended: true, name: false }, widths: {} };
  expect(ids(columnsFor(columns, asked, 700))).toEqual(['talk', 'ended']);
});

it('gives a width that was set the place of the usual one', () => {
  expect(tracksOf(columns, { shown: {}, widths: {} })).toEqual({ tracks: 'minmax(160px, 1fr) 92px 80px', least: 332 });
  expect(tracksOf(columns, { shown: {}, widths: { name: 300 } })).toEqual({ tracks: '300px 92px 80px', least: 472 });
  expect([within(3), within(50.4), within(1e9)]).toEqual([NARROWEST, 50, 900]);
});
