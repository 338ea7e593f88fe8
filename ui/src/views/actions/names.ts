import type { BlastRadius } from '../../bindings/types';

/** What names the thing that a trial is made on. The name that goes with a session is its workflow's. */
export function namesOf({ subject, subject_id, name }: BlastRadius): string[] {
  const own = subject === 'session' ? null : name?.trim();
  return own ? [own, subject_id] : [subject_id];
}
