import type { Peaks } from '../../bindings/types';

const SECONDS = 48;
const RATE = 8000;
const BUCKETS = 900;

/** Two that speak by turns: when, and on which lane. */
const TURNS = [
  { lane: 0, from: 0, to: 9 },
  { lane: 1, from: 9.6, to: 13 },
  { lane: 0, from: 13.4, to: 24 },
  { lane: 1, from: 28, to: 33 },
  { lane: 0, from: 33.2, to: 44 },
  { lane: 1, from: 44.4, to: 46.5 },
];
const loudness = (lane: number, at: number) => {
  const speaks = TURNS.some((turn) => turn.lane === lane && at >= turn.from && at < turn.to);
  return speaks ? 0.35 + 0.3 * Math.sin(at * 7.3) ** 2 + 0.3 * Math.sin(at * 23.1 + lane) ** 2 : 0.01;
};

export function peaksOf(mono: boolean): Peaks {
  const lane = (index: number) =>
    Array.from({ length: BUCKETS }, (_, at) => Math.round(255 * loudness(index, (at / BUCKETS) * SECONDS)));
  return {
    duration_ms: SECONDS * 1000,
    sample_rate: RATE,
    lanes: mono ? [lane(0)] : [lane(0), lane(1)],
    silences: [{ from_ms: 24_000, to_ms: 28_000 }, { from_ms: 46_500, to_ms: 48_000 }],
    mime: 'audio/wav',
  };
}

/** 16-bit stereo PCM at 8 kHz in a RIFF file. */
export function wavOf(): ArrayBuffer {
  const bytes = SECONDS * RATE * 4;
  const view = new DataView(new ArrayBuffer(44 + bytes));
  const word = (at: number, text: string) => [...text].forEach((char, index) => view.setUint8(at + index, char.charCodeAt(0)));
  word(0, 'RIFF');
  view.setUint32(4, 36 + bytes, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  [1, 2].forEach((value, index) => view.setUint16(20 + index * 2, value, true));
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 4, true);
  [4, 16].forEach((value, index) => view.setUint16(32 + index * 2, value, true));
  word(36, 'data');
  view.setUint32(40, bytes, true);
  for (let at = 0; at < SECONDS * RATE; at++) {
    const tone = Math.sin((2 * Math.PI * 180 * at) / RATE);
    for (const lane of [0, 1]) view.setInt16(44 + at * 4 + lane * 2, 8000 * tone * loudness(lane, at / RATE), true);
  }
  return view.buffer as ArrayBuffer;
}
