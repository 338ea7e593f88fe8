import type { AccountDto, AccountHealth, Health, NextStep, SourceHealth } from '../../bindings/types';

/** An account of which tasks, plans or both are not asked for, and what would change that. */
export interface Unread {
  account: AccountDto;
  what: 'line' | 'both' | 'tasks' | 'plans';
  next: NextStep;
  /** The listing that is not asked for. */
  key: 'task.list' | 'plan.list';
}

export function unreadOf(accounts: readonly AccountDto[]): Unread[] {
  return accounts.flatMap((account) => {
    const { tasks, plans } = account;
    if (tasks === 'nothing' && plans === 'nothing') return [];
    if (tasks === 'line') return [{ account, what: 'line', next: tasks, key: 'task.list' }];
    if (tasks === plans) return [{ account, what: 'both', next: tasks, key: 'task.list' }];
    const of = (what: 'tasks' | 'plans', next: NextStep, key: Unread['key']): Unread[] => (next === 'nothing' ? [] : [{ account, what, next, key }]);
    return [...of('tasks', tasks, 'task.list'), ...of('plans', plans, 'plan.list')];
  });
}

export const SOURCES = ['task.list', 'plan.list'];

/** The accounts whose last question for tasks or plans failed. */
export function failedOf(health: Health | null, account: string | null): { account: AccountHealth; source: SourceHealth }[] {
  return (health?.accounts ?? []).flatMap((each) => {
    if (account !== null && each.account !== account) return [];
    const source = each.sources.find((one) => SOURCES.includes(one.key) && one.error !== null);
    return source ? [{ account: each, source }] : [];
  });
}
