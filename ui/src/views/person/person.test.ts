import { describe, expect, it } from 'vitest';
import type { CallRow, PersonRow, SessionRow, WabaRow } from '../../bindings/types';
import { originOf, withOrigin } from '../sessions/origin';
import { axisOf, ticksOf } from './axis';
import { spansOf, stagesOf, sumsOf } from './events';
import { personHere, personOf, personsIn } from './place';

const HOUR = 3_600_000;

describe('the axis', () => {
  const spans = [{ from: 0, to: 60_000 }, { from: 5 * HOUR, to: 5 * HOUR + 30_000 }, { from: 29 * HOUR, to: 29 * HOUR }];

  it('cuts pauses short, keeps one scale and one order, and stays in its width', () => {
    const { stretches, pauses, x } = axisOf(spans, 900, false);
    expect(stretches.map(({ from, to }) => to - from)).toEqual([60_000, 30_000, 0]);
    expect(pauses.map(({ ms }) => ms)).toEqual([5 * HOUR - 60_000, 24 * HOUR - 30_000]);
    expect(x(60_000) - x(0)).toBeCloseTo(2 * (x(5 * HOUR + 30_000) - x(5 * HOUR)));
    const places = [0, 60_000, 5 * HOUR, 29 * HOUR].map(x);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(Math.max(...places)).toBeLessThanOrEqual(900);
  });

  it('gives up cuts for which there is no room', () => {
    const many = Array.from({ length: 400 }, (_, at) => ({ from: at * HOUR, to: at * HOUR + 1000 }));
    const { stretches } = axisOf(many, 600, false);
    expect(stretches.length).toBeLessThan(8);
    expect(stretches.at(-1)).toMatchObject({ to: 399 * HOUR + 1000 });
  });

  it('is one stretch when it is to scale, and empty of nothing', () => {
    expect(axisOf(spans, 900, true).pauses).toEqual([]);
    expect(axisOf([], 900, false).stretches).toEqual([]);
    expect(axisOf([{ from: 5, to: 1 }], 100, false).x(5)).toBe(50);
  });

  it('labels moments that have room for it', () => {
    const ticks = ticksOf(axisOf(spans, 900, true), 100);
    expect(ticks.length).toBeGreaterThan(3);
    ticks.slice(1).forEach(({ x }, at) => expect(x - (ticks[at]?.x ?? 0)).toBeGreaterThanOrEqual(100));
  });
});

const message = (more: Partial<WabaRow>): WabaRow => ({
  id: 'a/m', account: 'a', workflow_id: null, waba_task_id: 't', msg_id: 'm', callee: null, case_id: null, status: null, failure_code: null,
  failure_reason: null, sent_at: null, delivered_at: null, read_at: null, as_of: 9, ...more,
});

describe('a message', () => {
  it('shows each stage that has a time or that its status implies', () => {
    expect(stagesOf(message({ status: 'Read', sent_at: 1 }))).toEqual([{ stage: 'sent', at: 1 }, { stage: 'delivered', at: null }, { stage: 'read', at: null }]);
    expect(stagesOf(message({ status: 'FAILED' })).map(({ stage }) => stage)).toEqual(['failed']);
    expect(stagesOf(message({ status: 'QUEUED_X' }))).toEqual([]);
  });

  it('keeps the axis free of the hours until it was read', () => {
    const row: PersonRow = { id: 'waba/a/m', at: 1, at_seen: false, event: { kind: 'waba', message: message({ sent_at: 1, read_at: HOUR }), workflow_name: null, template_name: null, node_name: null } };
    expect(spansOf([row], 0)).toEqual([{ from: 1, to: 1 }, { from: 1, to: 1 }, { from: HOUR, to: HOUR }]);
  });
});

it('the sums leave out what was not reported', () => {
  const row = (more: Partial<CallRow>): PersonRow => ({ id: '', at: null, at_seen: false, event: { kind: 'call', call: { connected: null, talk_ms: null, ...more } as CallRow } });
  expect(sumsOf([])).toEqual({ connected: null, talk: null, first: null, last: null });
  expect(sumsOf([row({}), row({ connected: true, talk_ms: 4000 }), row({ connected: false, talk_ms: 0 })])).toMatchObject({ connected: { num: 1, den: 2 }, talk: { num: 4000, den: 1 } });
});

describe('a person', () => {
  const at = (screen: 'calls' | 'workflow' | 'watch' | 'person', params: Record<string, string>) => personHere({ screen, id: 'a/w', params })?.id;

  it('is named by the opened record, else by the chosen one, never by a number', () => {
    expect(personOf('call', 'a/c/1').id).toBe('a/call/c/1');
    expect(at('calls', { sel: 'a/c', open: 'session/a/s' })).toBe('a/session/s');
    expect(at('workflow', { sel: 'a/c' })).toBe('a/call/c');
    expect(at('workflow', { sel: 'a/m', tab: 'waba' })).toBe('a/waba/m');
    expect(at('workflow', { sel: 'a/n', tab: 'nodes' })).toBeUndefined();
    expect(at('watch', { sel: 'a/w' })).toBeUndefined();
    expect(at('person', { open: 'call/a/c' })).toBeUndefined();
  });

  it('is found by a number or a case once, however many records there are', () => {
    const call = (id: string, callee: string | null, case_id: string) => ({ id, account: 'a', callee, case_id }) as CallRow;
    const calls = [call('a/1', '••••4821', 'case-7'), call('a/2', '••••4821', 'case-7'), call('a/3', null, 'other')];
    const sessions = [{ id: 'a/s', account: 'a', callee: '••••4821' } as SessionRow];
    expect(personsIn(calls, sessions, '+62 812-34 4821').map(({ to }) => to.id)).toEqual(['a/call/1', 'a/call/3']);
    expect(personsIn(calls, sessions, 'CASE-7').map(({ to }) => to.id)).toEqual(['a/call/1']);
    expect(personsIn(calls, sessions, 'jakarta')).toEqual([]);
  });
});

it('an origin is asked for, changed and taken back without touching the other words', () => {
  const asked = withOrigin('whatsapp', 'chatbot');
  expect(originOf(asked)).toBe('chatbot');
  expect(originOf(withOrigin(asked, 'workflow'))).toBe('workflow');
  expect(withOrigin(asked, null)).toBe('whatsapp');
  expect(originOf('from:nowhere')).toBeNull();
});
