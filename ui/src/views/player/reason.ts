import type { Unplayable } from './player.svelte';

export type Reason = 'none' | 'gone' | 'broken' | 'unfetched';

const REASONS: Partial<Record<Unplayable['code'], Reason>> = {
  no_recording: 'none',
  recording_gone: 'gone',
  not_found: 'gone',
  not_audio: 'broken',
  recording_archive: 'broken',
  refused_here: 'broken',
};

/** What kind of *no* it is. Whatever is about the way to a recording, and not about itself, may go well the next time. */
export function reasonOf(code: Unplayable['code']): Reason {
  return REASONS[code] ?? 'unfetched';
}
