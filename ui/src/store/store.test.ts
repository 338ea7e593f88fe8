import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallRow, Delta, Frame, RowDto, Snapshot } from '../bindings/types';
import type { Host } from '../host/host';
import { emptyList, rowsOf, type ListState } from './list';
import { queryFor, testCall } from './sample';
import { Store } from './store';

const row = (id: string, more: Partial<CallRow> = {}): RowDto => ({ list: 'call', row: testCall(id, more) });
const snapshot = (sub: number, seq: number, ...rows: RowDto[]): Frame =>
  ({ frame: 'snapshot', sub, seq, total: rows.length, anchor: 0, rows, facets: [] }) satisfies Frame & Snapshot;
const delta = (sub: number, from: number, more: Partial<Delta>): Frame => ({
  frame: 'delta', sub, from, to: from + 1, total: 2, order: null, upserts: [], facets: [], ...more,
});

/** What the store itself asks. */
type Asked = Extract<keyof Host, 'connect' | 'watch' | 'unwatch' | 'resync'>;

describe('a subscription', () => {
  let host: Record<Asked, ReturnType<typeof vi.fn>>;
  let store: Store;
  let shown: ListState[];
  let close: () => void;
  const last = () => shown.at(-1) as ListState;
  const ids = () => rowsOf(last(), 'call').map((call) => call.id);

  beforeEach(() => {
    const done = () => vi.fn(async () => undefined);
    host = { connect: done(), watch: done(), unwatch: done(), resync: done() };
    store = new Store(host as unknown as Host, () => 0);
    shown = [];
    close = store.open(queryFor('calls'), emptyList, (state) => shown.push(state));
  });

  it('shows the snapshot and then the deltas that follow it', () => {
    store.receive([snapshot(1, 5, row('a'), row('b'))]);
    store.receive([delta(1, 5, { order: ['b', 'c'], upserts: [row('c')], total: 9 })]);
    expect(ids()).toEqual(['b', 'c']);
    expect(last().total).toBe(9);
    expect(host.resync).not.toHaveBeenCalled();
  });

  it('keeps the identity of rows that did not change, over a snapshot too', () => {
    store.receive([snapshot(1, 5, row('a'), row('b'))]);
    const [a, b] = rowsOf(last(), 'call');
    store.receive([delta(1, 5, { upserts: [row('b', { round: 2 })] })]);
    expect(rowsOf(last(), 'call')[0]).toBe(a);
    expect(rowsOf(last(), 'call')[1]).not.toBe(b);
    store.receive([snapshot(1, 9, row('a'), row('b', { round: 3 }))]);
    expect(rowsOf(last(), 'call')[0]).toBe(a);
  });

  it('asks once for a snapshot after a gap, and applies nothing until it came', () => {
    store.receive([snapshot(1, 5, row('a'))]);
    store.receive([delta(1, 7, { upserts: [row('a', { round: 8 })] }), delta(1, 8, {}), delta(1, 5, { upserts: [row('a', { round: 4 })] })]);
    expect(host.resync).toHaveBeenCalledExactlyOnceWith(1);
    expect(rowsOf(last(), 'call')[0]?.round).toBe(1);
    store.receive([snapshot(1, 9, row('a', { round: 8 })), delta(1, 9, { upserts: [row('a', { round: 9 })] })]);
    expect(rowsOf(last(), 'call')[0]?.round).toBe(9);
  });

  it('takes a delta that names a row nobody sent for a gap', () => {
    store.receive([snapshot(1, 5, row('a')), delta(1, 5, { order: ['a', 'nobody'] })]);
    expect(host.resync).toHaveBeenCalledOnce();
    expect(ids()).toEqual(['a']);
  });

  it('is shown once for all frames of one message', () => {
    store.receive([snapshot(1, 5, row('a')), delta(1, 5, {}), delta(1, 6, {})]);
    expect(shown).toHaveLength(1);
  });

  it('keeps its rows beside an error, and loses the error with the next answer', () => {
    store.receive([snapshot(1, 5, row('a'))]);
    store.receive([{ frame: 'failed', sub: 1, error: { code: 'store', message: '', ref: null } }]);
    expect(last().error?.code).toBe('store');
    expect(ids()).toEqual(['a']);
    store.receive([snapshot(1, 6, row('a'))]);
    expect(last().error).toBeNull();
  });

  it('hears nothing after it was closed', () => {
    close();
    store.receive([snapshot(1, 5, row('a'))]);
    expect(shown).toHaveLength(0);
    expect(host.unwatch).toHaveBeenCalledExactlyOnceWith(1);
  });

  it('says why the core refused it', async () => {
    host.watch.mockRejectedValueOnce({ code: 'bad_request', message: 'no', ref: 'r1' });
    store.open(queryFor('calls'), emptyList, (state) => shown.push(state));
    await vi.waitFor(() => expect(last()?.error?.ref).toBe('r1'));
  });

  it('stands still while frozen, counts what waits, and catches up', () => {
    store.receive([snapshot(1, 5, row('a'))]);
    store.freeze(true);
    store.receive([delta(1, 5, { upserts: [row('a', { round: 2 })] }), delta(1, 6, { upserts: [row('a', { round: 3 })] })]);
    expect(rowsOf(last(), 'call')[0]?.round).toBe(1);
    expect(store.waiting.get()).toBe(2);
    store.freeze(false);
    expect(rowsOf(last(), 'call')[0]?.round).toBe(3);
    expect(store.waiting.get()).toBe(0);
  });

  it('moves nothing while a button of the pointer is down, and catches up with its release', () => {
    store.receive([snapshot(1, 5, row('a'), row('b'))]);
    store.press(true);
    store.receive([delta(1, 5, { order: ['b', 'a'] })]);
    store.receive([delta(1, 6, { order: ['b'] })]);
    expect(ids()).toEqual(['a', 'b']);
    store.press(false);
    expect(ids()).toEqual(['b']);
    expect(shown).toHaveLength(2);
  });

  it('shows what is opened while frozen, once', () => {
    store.freeze(true);
    store.receive([snapshot(1, 5, row('a'))]);
    store.receive([delta(1, 5, { upserts: [row('a', { round: 2 })] })]);
    expect(rowsOf(last(), 'call')[0]?.round).toBe(1);
  });
});
