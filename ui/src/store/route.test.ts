import { describe, expect, it } from 'vitest';
import { formatRoute, HOME, opened, parseRoute, type Route } from './route';
import { sortOf, sortParam } from './sort';

describe('an address', () => {
  const places: Route[] = [
    HOME,
    { screen: 'workflow', id: 'demo/0af3', params: { tab: 'timeline' } },
    { screen: 'workflow', id: 'a b/50%/ünï', params: {} },
    { screen: 'person', id: 'demo/session/a/b', params: { open: 'waba/demo/wamid.1' } },
    { screen: 'tasks', id: null, params: { line: 'info_check', sort: '-started', open: 'round/demo/p/1#2', sel: 'plan/demo/p/1' } },
    { screen: 'calls', id: null, params: { filter: 'a&b=c 中文', sort: '-talk', open: 'call/demo/77', top: '40' } },
  ];
  it.each(places)('comes back as it was: $screen', (place) => {
    expect(parseRoute(formatRoute(place))).toEqual(place);
  });

  it('leaves out what is empty', () => {
    expect(formatRoute({ screen: 'watch', id: null, params: { filter: '' } })).toBe('#/watch');
  });

  it.each(['', '#', '#/nowhere', '#/workflow', '#/person', '#/watch/some-id', '#//'])('leads home from %j', (hash) => {
    expect(parseRoute(hash)).toEqual(HOME);
  });

  it('survives a lone percent sign', () => {
    expect(parseRoute('#/workflow/a/50%').id).toBe('a/50%');
  });

  it('opens a call or a session by its own address', () => {
    expect(opened(parseRoute('#/call/demo/77'))).toEqual({ kind: 'call', id: 'demo/77' });
    expect(parseRoute('#/session/demo/9').screen).toBe('conversations');
    expect(opened(parseRoute(formatRoute({ screen: 'tasks', id: null, params: { open: 'round/demo/p#2' } })))).toEqual({ kind: 'round', id: 'demo/p#2' });
    expect(opened(parseRoute('#/calls?open=else/1'))).toBeNull();
  });
});

it('writes an order and reads it again', () => {
  expect(sortOf('-talk', null)).toEqual({ key: 'talk', descending: true });
  expect(sortParam({ key: 'name', descending: false })).toBe('name');
  expect(sortOf(undefined, null)).toBeNull();
});
