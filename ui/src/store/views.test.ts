import { expect, it } from 'vitest';
import { parseRoute } from './route';
import { arrangementOf, goneFrom, viewOf } from './views';

const route = parseRoute('#/calls?filter=talk%3E60s&sort=-talk&account=a&open=call%2Fa%2Fc1&sel=x&top=900&pane.sel=y');
const arrangement = { shown: { 'slot:due date': true, node: false }, widths: { talk: 120 } };

it('keeps how a list is seen, and nothing of what is open or chosen in it', () => {
  const view = viewOf('  Long calls ', 'calls', route, arrangement);
  expect(view.name).toBe('Long calls');
  expect(parseRoute(view.address)).toEqual({ screen: 'calls', id: null, params: { filter: 'talk>60s', sort: '-talk', account: 'a' } });
  expect(arrangementOf(view)).toEqual(arrangement);
});

it('names the columns that are wanted and gone', () => {
  const columns = [
    { id: 'talk', shown: null, width: 120 }, { id: 'slot:x', shown: true, width: null },
    { id: 'mood', shown: true, width: null }, { id: 'tone', shown: false, width: null },
  ];
  expect(goneFrom({ name: 'a', table: 'calls', address: '#/calls', columns }, [{ id: 'talk' }])).toEqual(['mood']);
});

it('takes no width from a file that breaks the table', () => {
  const columns = [{ id: 'talk', shown: null, width: 4_000_000 }];
  expect(arrangementOf({ name: 'a', table: 'calls', address: '#/calls', columns }).widths.talk).toBe(900);
});
