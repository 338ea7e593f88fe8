import type { BlastLine, BlastRadius } from '../../bindings/types';

/** One line of what is left, over several subjects. */
export interface Summed {
  what: BlastLine['what'];
  /** Of those that reported it; `null` when none did. */
  value: number | null;
  /** How many did not report it. */
  unreported: number;
  asOf: number | null;
}

/** What is left of all of them, in the order in which the lines came. */
export function sumOf(radii: readonly Pick<BlastRadius, 'lines'>[]): Summed[] {
  const sums = new Map<BlastLine['what'], Summed>();
  for (const line of radii.flatMap(({ lines }) => lines)) {
    const sum = sums.get(line.what) ?? { what: line.what, value: null, unreported: 0, asOf: null };
    const asOf = line.as_of === null ? sum.asOf : Math.min(sum.asOf ?? line.as_of, line.as_of);
    const reported = line.value !== null;
    sums.set(line.what, {
      ...sum,
      value: line.value === null ? sum.value : (sum.value ?? 0) + line.value,
      unreported: sum.unreported + Number(!reported),
      asOf,
    });
  }
  return [...sums.values()];
}
