import type { PageWords, SessionRow } from '../../bindings/types';
import { fmt, t, wordsOf } from '../../text';

/** What a page of the conversation says in the language of now, with the zone of now. */
export function pageWords(session: SessionRow): PageWords {
  return {
    language: fmt().language,
    offset_minutes: -new Date(session.started_at ?? session.ended_at ?? Date.now()).getTimezoneOffset(),
    title: t('session.title'),
    account: t('col.account'),
    channel: t('col.channel'),
    workflow: t('col.workflow'),
    started: t('col.started'),
    ended: t('page.ended'),
    reason: t('col.reason'),
    intention: t('col.intention'),
    rounds: t('col.rounds'),
    messages: t('page.messages'),
    slots: t('session.slots'),
    labels: t('session.labels'),
    times_in: t('page.timesIn'),
    masked: t('page.masked'),
    no_number: t('call.noNumber'),
    no_sender: t('sender.none'),
    not_reported: t('word.notReported'),
    no_messages: t('session.noMessages'),
    no_time: t('message.noTime'),
    odd_time: t('message.odd'),
    quoted: t('page.quoted'),
    pressed: t('message.pressed'),
    chose: t('message.chose'),
    chosen: t('message.chosen'),
    offered: t('page.offered'),
    template: t('page.template'),
    not_loaded: t('message.notLoaded'),
    unknown: t('message.unknown'),
    terms: wordsOf(['sender', 'tick', 'media', 'system', 'reason']),
  };
}
