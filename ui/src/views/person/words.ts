import type { PersonRow, WabaRow } from '../../bindings/types';
import { fmt, plainLine, t, tWord } from '../../text';

const TOLD = ['sent', 'send', 'delivery', 'delivered', 'read', 'replied', 'failed'];

/** A message's status; a word that we do not know is shown as the vendor wrote it. */
export function wabaStatus(status: string | null): string {
  if (status === null) return t('word.notReported');
  const plain = status.trim().toLowerCase();
  return TOLD.includes(plain) ? tWord('tick', plain) : plainLine(status);
}

export function failureOf({ failure_code, failure_reason }: WabaRow): string {
  return plainLine([failure_code, failure_reason].filter(Boolean).join(' '));
}

/** What happened, in one line: for a mark's name. */
export function gistOf({ event }: PersonRow): string {
  const said = (parts: (string | null)[]) => parts.filter((part) => part).join(' · ');
  if (event.kind === 'call') {
    const { result, talk_ms, round, workflow_name } = event.call;
    return said([
      t('person.lane.call'), plainLine(result ?? t('word.notReported')), talk_ms === null ? null : fmt().duration(talk_ms),
      round === null ? null : t('person.round', { round: fmt().number(round) }), workflow_name && plainLine(workflow_name),
    ]);
  }
  if (event.kind === 'session') {
    const { end_reason, ended_at, workflow_name } = event.session;
    const end = end_reason === null ? (ended_at === null ? t('session.open') : null) : tWord('reason', end_reason);
    return said([t('person.lane.session'), end, workflow_name && plainLine(workflow_name)]);
  }
  return said([t('person.lane.waba'), wabaStatus(event.message.status), failureOf(event.message), event.template_name && plainLine(event.template_name)]);
}
