import type { CallFiguresDto, CallRow, DiallingRow, Query, RowDto, RoundRow, ShareDto } from '../../bindings/types';
import { offersOf, receiptOf } from './acts';
import type { Lists } from './answer';

const LINES = ['collection', 'telemarketing', 'info_check'];
const rowsOf = <T>(lists: Lists, list: 'dialling' | 'rounds' | 'task_calls') => (lists.get(list) ?? []).map((row) => row.row as unknown as T);

export function ofLine({ lines }: DiallingRow, line: string): boolean {
  const known = lines.map((word) => word.line).filter((each) => each !== null);
  return line === 'other' ? known.length === 0 : known.some((each) => each === line);
}

export function lineFacets(rows: DiallingRow[]): ShareDto[] {
  const count = (label: string) => rows.filter((row) => ofLine(row, label)).length;
  return [{ label: 'all', count: rows.length }, ...[...LINES, 'other'].map((label) => ({ label, count: count(label) }))];
}

export const withoutLine = (query: Query): Query => ({ ...query, filter: query.filter.replace(/line:\S*/g, '').trim() });

function figuresOf(calls: CallRow[]): CallFiguresDto {
  const numbers = (some: CallRow[]) => new Set(some.map(({ callee }) => callee)).size;
  const [dialled, reached] = [numbers(calls), numbers(calls.filter(({ connected }) => connected))];
  const some = <T>(value: T) => (dialled > 0 ? value : null);
  return {
    dialled: some(dialled), reached: some({ num: reached, den: dialled }), attempts: some({ num: calls.length, den: dialled }),
    talk_ms: some({ num: calls.reduce((sum, { talk_ms }) => sum + (talk_ms ?? 0), 0), den: reached }), calls: calls.length,
    last_call_at: some(Math.max(...calls.map(({ called_at }) => called_at ?? 0))),
  };
}

export function callsOf(lists: Lists, scope: string): CallRow[] {
  return rowsOf<CallRow>(lists, 'task_calls').filter(({ account, task_id }) => `${account}/${task_id}` === scope);
}

/** What the detail of a task, a plan or a round is; nothing where it is not stored. */
export function diallingDetail(lists: Lists, { list, scope }: Query): RowDto[] {
  const all = rowsOf<DiallingRow>(lists, 'dialling');
  const rounds = rowsOf<RoundRow>(lists, 'rounds');
  const one = (kind: DiallingRow['kind'], id: string | null) => all.find((row) => row.kind === kind && row.scope === id) ?? null;
  if (list === 'calling_task') {
    const task = one('task', scope);
    if (!task) return [];
    const plan = one('plan', `${task.account}/${task.plan_id}`);
    return [{ list: 'calling_task_detail', row: { id: task.id, task, plan, figures: figuresOf(callsOf(lists, task.scope)), receipt: receiptOf(lists, offersOf(task)) } }];
  }
  if (list === 'plan') {
    const plan = one('plan', scope);
    if (!plan) return [];
    const own = rounds.filter((round) => round.scope.startsWith(`${plan.scope}#`));
    const said = own.length > 0 && plan.total !== null && own.every(({ reached }) => reached !== null);
    const reached = said ? { num: own.reduce((sum, round) => sum + (round.reached ?? 0), 0), den: plan.total ?? 0 } : null;
    return [{ list: 'plan_detail', row: { id: plan.id, plan, reached, rounds: own.length, receipt: receiptOf(lists, offersOf(plan)) } }];
  }
  const round = rounds.find((each) => each.scope === scope);
  if (!round) return [];
  const plan = one('plan', round.scope.replace(/#\d+$/, ''));
  return [{
    list: 'round_detail',
    row: {
      id: round.id, round, plan: plan?.id ?? '', plan_id: plan?.dialling_id ?? '', plan_name: plan?.name ?? null, task: one('task', round.task),
      figures: figuresOf(round.task ? callsOf(lists, round.task) : []),
    },
  }];
}
