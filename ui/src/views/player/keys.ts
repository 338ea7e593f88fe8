import type { TextKey } from '../../text';
import { playerFocus } from './focus';
import { player } from './player.svelte';

/** What a key does while the player has the focus, and how the list of keys shows it. */
interface PlayerKeys {
  shown: string[];
  words: TextKey;
  acts: Record<string, () => void>;
}

const tenths = Object.fromEntries(
  Array.from({ length: 9 }, (_, at) => [String(at + 1), () => player.seek((player.duration * (at + 1)) / 10)]),
);
const slower = () => player.faster(-1);
const faster = () => player.faster(1);

export const PLAYER_KEYS: PlayerKeys[] = [
  { shown: ['Space'], words: 'help.play', acts: { ' ': () => player.toggle() } },
  {
    shown: ['J', 'K', 'L'],
    words: 'help.seek',
    acts: { j: () => player.seek(player.at - 10_000), k: () => player.audio?.pause(), l: () => player.seek(player.at + 10_000) },
  },
  {
    shown: ['←', '→'],
    words: 'help.nudge',
    acts: { ArrowLeft: () => player.seek(player.at - 2000), ArrowRight: () => player.seek(player.at + 2000) },
  },
  { shown: ['1–9'], words: 'help.tenth', acts: tenths },
  { shown: ['Home', 'End'], words: 'help.ends', acts: { Home: () => player.seek(0), End: () => player.seek(player.duration) } },
  { shown: ['[', ']', '<', '>', '-', '+'], words: 'help.speed', acts: { '[': slower, ']': faster, '<': slower, '>': faster, '-': slower, '+': faster, '=': faster } },
  { shown: ['S'], words: 'help.skipSilence', acts: { s: () => player.prefer({ skipSilence: !player.listening.skipSilence }) } },
  { shown: ['A', 'B'], words: 'help.loop', acts: { a: () => player.setEnd('a'), b: () => player.setEnd('b') } },
  { shown: ['M'], words: 'help.note', acts: { m: () => player.jot() } },
  { shown: ['P', 'N'], words: 'help.nextRecording', acts: { p: () => void player.next(-1), n: () => void player.next(1) } },
  { shown: ['Esc'], words: 'help.leavePlayer', acts: { Escape: () => { if (!player.clearLoop()) playerFocus.leave(); } } },
];

const ACTS = new Map(PLAYER_KEYS.flatMap(({ acts }) => Object.entries(acts)));
/** A volume under the focus has these for itself. */
const RANGE_KEYS = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'End']);

export function playerKey({ key, target }: Pick<KeyboardEvent, 'key' | 'target'>): (() => void) | undefined {
  if (key === ' ' && target instanceof HTMLButtonElement) return undefined;
  // With Shift it is the key of the whole window.
  if (key === 'S') return undefined;
  if (target instanceof HTMLSelectElement && key !== 'Escape') return undefined;
  if (target instanceof HTMLInputElement && RANGE_KEYS.has(key)) return undefined;
  return ACTS.get(key.length === 1 ? key.toLowerCase() : key);
}
