import type { Peaks } from '../../bindings/types';

export interface LaneColours {
  played: string;
  ahead: string;
  silence: string;
  line: string;
}

/** How far the playback is, in ms, and which silences it left out. */
export interface Played {
  at: number;
  skipped: Readonly<Record<number, number>>;
}

/**
 * Draws the lanes with the played part coloured and the silence striped, darker where it was left out.
 * Sizes in CSS pixels.
 */
export function drawLanes(
  canvas: HTMLCanvasElement,
  peaks: Peaks,
  { at, skipped }: Played,
  colours: LaneColours,
  scale: number,
): void {
  const context = canvas.getContext('2d');
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || width === 0) return;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  const x = (ms: number) => (ms / Math.max(1, peaks.duration_ms)) * width;
  stripes(context, peaks, x, height, (silence) => (silence in skipped ? colours.ahead : colours.silence));
  const lane = height / Math.max(1, peaks.lanes.length);
  peaks.lanes.forEach((levels, index) => {
    const middle = lane * (index + 0.5);
    context.fillStyle = colours.line;
    context.fillRect(0, middle, width, 1);
    bars(levels, width, (left, level) => {
      const half = Math.max(0.5, (level / 255) * (lane / 2 - 2));
      context.fillStyle = left <= x(at) ? colours.played : colours.ahead;
      context.fillRect(left, middle - half, 2, half * 2);
    });
  });
  context.fillStyle = colours.played;
  context.fillRect(x(at), 0, 1, height);
}

/** One bar every 3 px, as high as the loudest of its buckets. */
function bars(levels: number[], width: number, draw: (left: number, level: number) => void): void {
  for (let left = 0; left < width; left += 3) {
    const from = Math.floor((left / width) * levels.length);
    const to = Math.max(from + 1, Math.floor(((left + 3) / width) * levels.length));
    let level = 0;
    for (let at = from; at < to && at < levels.length; at++) level = Math.max(level, levels[at] ?? 0);
    if (level > 0) draw(left, level);
  }
}

function stripes(
  context: CanvasRenderingContext2D,
  peaks: Peaks,
  x: (ms: number) => number,
  height: number,
  colourOf: (silence: number) => string,
): void {
  context.lineWidth = 1;
  for (const [index, { from_ms, to_ms }] of peaks.silences.entries()) {
    context.strokeStyle = colourOf(index);
    const [left, right] = [x(from_ms), x(to_ms)];
    context.save();
    context.beginPath();
    context.rect(left, 0, right - left, height);
    context.clip();
    context.beginPath();
    for (let start = left - height; start < right; start += 6) {
      context.moveTo(start, height);
      context.lineTo(start + height, 0);
    }
    context.stroke();
    context.restore();
  }
}
