import type { Peaks, SilenceDto, TurnDto } from '../../bindings/types';

/** Where in the recording a turn is said, in ms. */
export interface Step {
  from: number;
  to: number;
}

export interface Steps {
  of: readonly (Step | null)[];
  /** No turn has a time of its own: the places are a guess. */
  reckoned: boolean;
}

/** A word of speech as it is written: Chinese, Japanese and Korean say about as much in a third of the letters. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const DENSE_WEIGHS = 3;

/**
 * The place of each turn: as reported, a turn without an end lasting until the next that has a start.
 * Where no turn has a time, the sound of the recording is shared out by the length of the texts.
 */
export function stepsOf(turns: readonly TurnDto[], peaks: Pick<Peaks, 'duration_ms' | 'silences'> | null): Steps {
  if (turns.some((turn) => turn.start_ms !== null)) return { of: turns.map((turn, at) => reported(turn, turns.slice(at + 1))), reckoned: false };
  if (!peaks) return { of: turns.map(() => null), reckoned: true };
  const sounds = soundsOf(peaks.duration_ms, peaks.silences);
  const weights = turns.map(({ text }) => text.length + (text.match(DENSE)?.length ?? 0) * (DENSE_WEIGHS - 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const sound = sounds.reduce((sum, { from, to }) => sum + to - from, 0);
  if (whole === 0 || sound === 0) return { of: turns.map(() => null), reckoned: true };
  let before = 0;
  const of = weights.map((weight) => {
    const from = placeOf((before / whole) * sound, sounds);
    before += weight;
    return { from, to: placeOf((before / whole) * sound, sounds) };
  });
  return { of, reckoned: true };
}

/** Which turn is said at `at`; -1: none. */
export function stepAt(steps: Steps, at: number): number {
  return steps.of.findLastIndex((step) => step !== null && step.from <= at && at < step.to);
}

function reported({ start_ms, end_ms }: TurnDto, later: readonly TurnDto[]): Step | null {
  if (start_ms === null) return null;
  return { from: start_ms, to: end_ms ?? later.find((turn) => turn.start_ms !== null)?.start_ms ?? Infinity };
}

function soundsOf(duration: number, silences: readonly SilenceDto[]): Step[] {
  const ends = [{ from_ms: duration, to_ms: duration }];
  let from = 0;
  const sounds: Step[] = [];
  for (const { from_ms, to_ms } of [...silences, ...ends]) {
    if (from_ms > from) sounds.push({ from, to: from_ms });
    from = Math.max(from, to_ms);
  }
  return sounds;
}

/** The place in the recording at which so much sound was heard. */
function placeOf(heard: number, sounds: readonly Step[]): number {
  let left = heard;
  for (const { from, to } of sounds) {
    if (left < to - from) return Math.round(from + left);
    left -= to - from;
  }
  return sounds.at(-1)?.to ?? 0;
}
