import type { NoticeWords, RuleDto } from '../../bindings/types';
import { t } from '../../text';

const RULES: Record<RuleDto, true> = {
  sign_in_failing: true,
  data_stale: true,
  workflow_failed: true,
  no_new_calls: true,
  reached_falling: true,
  session_errors: true,
  no_agent: true,
  webhook_silent: true,
  outside_hours: true,
  contact_limit: true,
  called_after_opt_out: true,
};

/** What the desktop is told, in the language of now. */
export function noticeWords(): NoticeWords {
  const rules = (Object.keys(RULES) as RuleDto[]).map((rule) => ({ rule, words: t(`rule.${rule}`) }));
  const tray = {
    unknown: t('alerts.notJudged'), quiet: t('alerts.quiet'), one: t('alerts.count', { count: 1 }), several: t('notice.several'),
    show: t('tray.show'), mute: t('mute.hour'), quit: t('tray.quit'),
  };
  return { rules, several: t('notice.several'), more: t('notice.more'), open: t('notice.open'), tray };
}
