/** Whole steps of time between two marks, in seconds. */
const TIMES = [60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 604_800];

/** Marks of a time axis, at most so many. */
export function timeMarks(from: number, to: number, most: number): number[] {
  const step = TIMES.find((each) => (to - from) / each <= most) ?? (to - from) / most;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, at) => first + at * step);
}

/** Marks from 0 up to or beyond a value, at steps that people count in. */
export function valueMarks(value: number, most = 4): number[] {
  if (!(value > 0)) return [0, 1];
  const size = 10 ** Math.floor(Math.log10(value / most));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * size).find((each) => value / each <= most) ?? 10 * size;
  return Array.from({ length: Math.ceil(value / step - 1e-9) + 1 }, (_, at) => at * step);
}

/** The path of a value that holds until the next one; a hole lifts the pen. */
export function stepPath(at: readonly number[], values: readonly (number | null)[], x: (at: number) => number, y: (value: number) => number): string {
  let path = '';
  let drawn = false;
  for (const [index, time] of at.entries()) {
    const value = values[index] ?? null;
    const place = x(time).toFixed(1);
    if (drawn) path += `H${place}`;
    if (value !== null) path += drawn ? `V${y(value).toFixed(1)}` : `M${place} ${y(value).toFixed(1)}h0.1`;
    drawn = value !== null;
  }
  return path;
}
