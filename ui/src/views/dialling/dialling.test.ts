import { expect, it } from 'vitest';
import type { AccountDto, NextStep } from '../../bindings/types';
import { lineOf, withLine } from './lines';
import { unreadOf } from './unread';

const account = (tasks: NextStep, plans: NextStep) => ({ account: 'a', tasks, plans }) as AccountDto;
const said = (tasks: NextStep, plans: NextStep) => unreadOf([account(tasks, plans)]).map(({ what, next, key }) => [what, next, key]);

it('a tab asks for its line beside the words that were typed', () => {
  expect(withLine('due', 'collection')).toBe('line:collection due');
  expect(withLine('', 'other')).toBe('line:other');
  expect(withLine('due', 'all')).toBe('due');
  expect(lineOf({ line: 'info_check' })).toBe('info_check');
  expect(lineOf({ line: 'moon' })).toBe('all');
});

it('an account is told of once where one thing helps, and of each list where two do', () => {
  expect(said('nothing', 'nothing')).toEqual([]);
  expect(said('line', 'line')).toEqual([['line', 'line', 'task.list']]);
  expect(said('keys', 'keys')).toEqual([['both', 'keys', 'task.list']]);
  expect(said('nothing', 'consent')).toEqual([['plans', 'consent', 'plan.list']]);
  expect(said('path', 'consent')).toEqual([['tasks', 'path', 'task.list'], ['plans', 'consent', 'plan.list']]);
});
