import { describe, expect, it } from 'vitest';
import { linkOf, parseLink, personLink } from './link';
import { formatRoute, opened, parseRoute } from './route';

const routeOf = (link: string) => {
  const to = parseLink(link);
  if (to?.kind !== 'place') throw new Error(`${link} leads nowhere`);
  // As the router writes and reads it.
  return parseRoute(formatRoute(to.route));
};

describe('a link', () => {
  it.each(['demo/0af3', 'a b/50%/ünï', 'demo/wamid.a/b?c#d&e=f', 'demo/../..'])('leads back to its row: %s', (row) => {
    expect(routeOf(linkOf('workflow', row))).toEqual({ screen: 'workflow', id: row, params: {} });
    expect(opened(routeOf(linkOf('call', row)))).toEqual({ kind: 'call', id: row });
    expect(opened(routeOf(linkOf('session', row)))).toEqual({ kind: 'session', id: row });
  });

  it('names a person by a record', () => {
    expect(personLink('demo/session/a/b')).toBe('wheelhouse://person/demo/session/a%2Fb');
    expect(routeOf(personLink('demo/session/a/b'))).toEqual({ screen: 'person', id: 'demo/session/a/b', params: {} });
  });

  it('leads to warnings', () => {
    expect(parseLink('wheelhouse://alert/17')).toEqual({ kind: 'alert', id: '17' });
    expect(routeOf('wheelhouse://alerts').screen).toBe('alerts');
  });

  it.each([
    '', 'wheelhouse:', 'wheelhouse://', 'wheelhouse:alerts', 'WHEELHOUSE://alerts', 'https://example.com/', 'javascript:alert(1)',
    'wheelhouse://act/stop_workflow/demo/1', 'wheelhouse://stop/demo/1', 'wheelhouse://settings', 'wheelhouse://watch', 'wheelhouse://constructor/demo/1',
    'wheelhouse://workflow', 'wheelhouse://workflow/demo', 'wheelhouse://workflow/demo/', 'wheelhouse://workflow//1', 'wheelhouse://workflow/demo/1/2',
    'wheelhouse://workflow/demo/1?raw=1', 'wheelhouse://workflow/demo/1#x', 'wheelhouse://call/demo/%', 'wheelhouse://call/demo/%00', 'wheelhouse://call/demo/%0a1',
    'wheelhouse://call/demo/1 2', 'wheelhouse://call/demo/%e2%80%ae1', 'wheelhouse://person/demo/1', 'wheelhouse://person/demo/number/628123', 'wheelhouse://alert/x',
    'wheelhouse://alert/-1', 'wheelhouse://alert/1/2', 'wheelhouse://alerts/x', `wheelhouse://call/demo/${'9'.repeat(600)}`,
  ])('leads nowhere when it is not ours: %j', (link) => {
    expect(parseLink(link)).toBeNull();
  });

  it('carries nothing into the address but the row', () => {
    const to = routeOf('wheelhouse://call/demo/1%26raw%3Dcall%26open%3Dx');
    expect(to.params).toEqual({ open: 'call/demo/1&raw=call&open=x' });
  });
});
