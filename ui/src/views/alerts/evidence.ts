import type { AlertRow } from '../../bindings/types';
import { app } from '../../store/live.svelte';
import { fmt, t } from '../../text';

/** The numbers of a warning by name. */
export function numbersOf(row: AlertRow): Record<string, number> {
  return Object.fromEntries(row.evidence.map(({ name, value }) => [name, value]));
}

const DAY_MS = 20 * 3_600_000;

/** `12 min ago (14:05)`; the whole date where the day may be another. */
function when(at: number, now: number): string {
  const exact = now - at < DAY_MS ? fmt().clock(at) : fmt().exact(at);
  return t('alerts.when', { ago: fmt().relative(at, now), exact });
}

/** What a warning rests on, in words. */
export function evidenceOf(row: AlertRow, now: number): string {
  const numbers = numbersOf(row);
  const number = (name: string) => fmt().number(numbers[name] ?? 0);
  const time = (name: string) => when(numbers[name] ?? row.since, now);
  const counts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, number(name)]));
  const share = (num: string, den: string) => fmt().share(numbers[num] ?? 0, Math.max(1, numbers[den] ?? 0));
  switch (row.rule) {
    case 'data_stale':
      return numbers.answered_at === undefined ? t('alerts.says.never') : t('alerts.says.data_stale', { time: time('answered_at') });
    case 'sign_in_failing':
      return t('alerts.says.sign_in_failing');
    case 'workflow_failed':
      return t('alerts.says.workflow_failed', { time: time('failed_at') });
    case 'no_new_calls':
      return numbers.left === undefined
        ? t('alerts.says.no_new_calls', { time: time('last_call_at') })
        : t('alerts.says.left', { time: time('last_call_at'), left: number('left') });
    case 'reached_falling':
      return t(numbers.round === undefined ? 'alerts.says.reached_falling' : 'alerts.says.reached_round', {
        ...counts('round', 'minutes', 'reached_now', 'dialled_now', 'reached_before', 'dialled_before'),
        now: share('reached_now', 'dialled_now'),
        before: share('reached_before', 'dialled_before'),
      });
    case 'session_errors':
      return t('alerts.says.session_errors', counts('errors_now', 'ended_now', 'errors_before', 'ended_before', 'minutes'));
    case 'webhook_silent':
      return t('alerts.says.webhook_silent', { time: time('last_event_at'), called: time('called_at') });
    case 'no_agent':
      return t('alerts.says.no_agent', { time: time('asked_at') });
    case 'outside_hours':
      return t(app.account(row.account)?.callee_zone ? 'alerts.says.outside_callee' : 'alerts.says.outside_hours', { ...counts('calls', 'from', 'to'), time: time('first_at') });
    case 'contact_limit':
      return t('alerts.says.contact_limit', counts('persons', 'limit', 'most'));
    case 'called_after_opt_out':
      return t('alerts.says.called_after_opt_out', { ...counts('calls', 'persons'), time: time('first_at') });
  }
}
