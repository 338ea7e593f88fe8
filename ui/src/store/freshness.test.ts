import { describe, expect, it } from 'vitest';
import type { AccountHealth, Health } from '../bindings/types';
import { freshness, isBehind, troubled } from './freshness';
import { alarming, stepOf } from './receipt';
import { testAccount, testReceipt, testSource } from './sample';

const health = (...accounts: AccountHealth[]): Health => ({
  now: 0,
  accounts,
  receiver: { address: null, last_event_at: null, received: 0, unreadable: 0, events: 0 },
  alerts: { judged_at: null, holding: 0, snoozed: 0, error: null, silent: null, muted_until: null },
  retention: { at: null, bodies: 0, points: 0, error: null, body_days: 90, body_bytes: 0 },
});

describe('the age of a block', () => {
  it('is that of the oldest account', () => {
    const both = health(
      testAccount('a', { sources: [testSource('workflow.list', { answered_at: 9000 })] }),
      testAccount('b', { sources: [testSource('workflow.list', { answered_at: 4000 })] }),
    );
    expect(freshness(both, ['workflow.list'], null, null, 9000)?.answeredAt).toBe(4000);
    expect(freshness(both, ['workflow.list'], null, 'a', 9000)?.answeredAt).toBe(9000);
  });

  it('is of the very thing where it was asked for itself', () => {
    const one = health(
      testAccount('a', { sources: [testSource('workflow.subtasks', { answered_at: 9 }), testSource('workflow.subtasks', { scope: 'a/w', answered_at: 5 })] }),
    );
    expect(freshness(one, ['workflow.subtasks'], 'a/w', 'a', 10)?.answeredAt).toBe(5);
    expect(freshness(one, ['workflow.subtasks'], 'a/other', 'a', 10)?.answeredAt).toBe(9);
  });

  it('is late by an error, by an overdue try, and by the state of the account', () => {
    const late = (source: Parameters<typeof testSource>[1], account: Partial<AccountHealth> = {}) =>
      freshness(health(testAccount('a', { ...account, sources: [testSource('k', source)] })), ['k'], null, null, 100_000)?.late;
    expect(late({})).toBe(false);
    expect(late({ next_try: 99_000 })).toBe(false);
    expect(late({ next_try: 80_000 })).toBe(true);
    expect(late({ error: { code: 'tls', message: '', ref: null } })).toBe(true);
    expect(late({}, { state: 'unreachable' })).toBe(true);
    expect(late({ not_asked: true, answered_at: null }, { state: 'failing' })).toBe(false);
  });

  it('is unknown where no source feeds the block', () => {
    expect(freshness(null, ['k'], null, null, 0)).toBeNull();
    expect(freshness(health(testAccount('a')), ['k'], null, null, 0)).toBeNull();
  });
});

it('names the worst account first, and the good ones not at all', () => {
  const found = troubled(health(testAccount('a'), testAccount('b', { state: 'late' }), testAccount('c', { state: 'sign_in_failed' })));
  expect(found.map((account) => account.account)).toEqual(['c', 'b']);
});

it('says how far a receipt got, and when to worry', () => {
  expect(stepOf(testReceipt({ outcome: 'accepted' }))).toBe('accepted');
  expect(stepOf(testReceipt({ outcome: 'accepted', seen_at: 5 }))).toBe('seen');
  expect(alarming(testReceipt({ outcome: 'accepted', seen_at: 5, calls_since: 0 }))).toBe(false);
  expect(alarming(testReceipt({ outcome: 'accepted', seen_at: 5, calls_since: 1 }))).toBe(true);
  expect(alarming(testReceipt({ outcome: 'unknown' }))).toBe(true);
});

describe('a reading that is behind', () => {
  it('is told after five minutes, and not where nothing may change', () => {
    const lag = { key: 'workflow.outbound_details', oldest_at: 1000, unread: 3 };
    expect(isBehind(lag, 300_000)).toBe(false);
    expect(isBehind(lag, 301_001)).toBe(true);
    expect(isBehind({ ...lag, oldest_at: null }, 9e9)).toBe(false);
  });
});
