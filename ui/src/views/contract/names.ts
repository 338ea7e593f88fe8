import { plainLine, t, tWord } from '../../text';
import { en, type TextKey } from '../../text/en';

/** An endpoint in the language of now; a key that the catalogue has no words for keeps its English title. */
export function endpointTitle(key: string, title: string): string {
  const words = `endpoint.${key}`;
  return words in en ? t(words as TextKey) : plainLine(title);
}

export const familyName = (family: string) => tWord('family', family);
export const recordName = (record: string) => tWord('record', record);

/** A phase, or whether somebody was reached: what a status map can say. */
export function readingName(stem: string, reading: string): string {
  return stem === 'call' ? tWord('reading', reading) : tWord('phase', reading);
}

export const READINGS = {
  phase: ['pending', 'running', 'paused', 'stopping', 'stopped', 'finished', 'failed'],
  call: ['connected', 'not_connected'],
} as const;

/** The readings that a word of this kind of status can be given. */
export function readingsOf(kind: string): readonly string[] {
  return kind === 'call' ? READINGS.call : READINGS.phase;
}

export const statusName = (kind: string) => tWord('statusOf', kind);

export const UNITS = { duration: ['ms', 's', 'min'], time: ['ms', 's'] } as const;

/** Our name of a field in words; a field without words keeps its name. */
export function fieldName(record: string, field: string): string {
  const own = `field.${record}.${field}`;
  return own in en ? t(own as TextKey) : tWord('field', field);
}

/** A key of a proposal: an endpoint, or the fields or words of a kind of record. */
export function proposedTitle(key: string, title: string): string {
  const [first, record = ''] = key.split('.');
  if (first === 'record') return t('docs.fieldsOf', { record: recordName(record) });
  if (first === 'status') return t('docs.wordsOf', { record: recordName(record) });
  return endpointTitle(key, title);
}
