import type { AlertSettingsDraft, AlertSettingsView, AlertsHealth, LimitView, RowDto, RuleDto, RuleView } from '../../bindings/types';
import type { Wish } from './wish';

export function alertsHealth(rows: RowDto[], now: number, { judged, silent }: Wish, mutedUntil: number | null): AlertsHealth {
  const off = rows.filter((row) => row.list === 'alert' && row.row.snoozed_until !== null && row.row.snoozed_until > now).length;
  return {
    judged_at: judged === 'never' ? null : judged === 'late' ? now - 300_000 : now - 2_000,
    holding: rows.length - off,
    snoozed: off,
    error: judged === 'failed' ? { code: 'store', message: 'the disk is full', ref: null } : null,
    silent: silent ? { why: silent } : null,
    muted_until: mutedUntil !== null && now < mutedUntil ? mutedUntil : null,
  };
}

const limit = (name: string, value: number, least: number, most: number): LimitView => ({ name, value, default: value, least, most });

const RULES: [RuleDto, RuleView['severity'], LimitView[]][] = [
  ['sign_in_failing', 'critical', [limit('minutes', 1, 0, 1440)]],
  ['data_stale', 'critical', [limit('minutes', 3, 1, 1440)]],
  ['workflow_failed', 'critical', [limit('hours', 8, 1, 168)]],
  ['no_new_calls', 'warning', [limit('minutes', 30, 2, 1440)]],
  ['reached_falling', 'warning', [limit('minutes', 30, 5, 720), limit('numbers', 50, 10, 10_000), limit('drop', 50, 10, 95)]],
  ['session_errors', 'warning', [limit('minutes', 60, 5, 720), limit('errors', 5, 1, 1000), limit('share', 20, 1, 100)]],
  ['no_agent', 'critical', [limit('minutes', 5, 1, 1440)]],
  ['webhook_silent', 'warning', [limit('minutes', 15, 5, 1440)]],
  ['outside_hours', 'critical', [limit('from', 8, 0, 23), limit('to', 21, 1, 24), limit('calls', 3, 1, 1000)]],
  ['contact_limit', 'warning', [limit('calls', 10, 1, 1000)]],
  ['called_after_opt_out', 'critical', [limit('days', 30, 1, 365)]],
];

export function alertSettingsOf(): AlertSettingsView {
  const unreported = (rule: RuleDto) => (rule === 'webhook_silent' ? ['demo-cn'] : []);
  const announcing = { on: true, quiet: null };
  return { shift_ends: 18 * 60, announcing, rules: RULES.map(([rule, severity, limits]) => ({ rule, severity, on: true, limits, unreported: unreported(rule) })) };
}

export function withDraft(view: AlertSettingsView, draft: AlertSettingsDraft): AlertSettingsView {
  const rules = view.rules.map((rule) => {
    const set = draft.rules.find((each) => each.rule === rule.rule);
    const value = (name: string) => set?.limits.find((each) => each.name === name)?.value;
    return { ...rule, on: set?.on ?? rule.on, limits: rule.limits.map((each) => ({ ...each, value: value(each.name) ?? each.value })) };
  });
  return { rules, shift_ends: draft.shift_ends, announcing: draft.announcing };
}
