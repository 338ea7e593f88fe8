import type { RatioDto, WorkflowRow } from '../../bindings/types';

export interface Sums {
  progress: RatioDto | null;
  reached: RatioDto | null;
  talk: RatioDto | null;
  calls: number;
}

/** The figures of all rows together. A row that does not report a figure is in neither side of it. */
export function sumsOf(rows: readonly WorkflowRow[]): Sums {
  return {
    progress: together(rows.map((row) => row.figures.progress)),
    reached: together(rows.map((row) => row.figures.reached)),
    talk: together(rows.map((row) => row.figures.talk_ms)),
    calls: rows.reduce((sum, row) => sum + row.figures.calls, 0),
  };
}

function together(ratios: (RatioDto | null)[]): RatioDto | null {
  return ratios.reduce<RatioDto | null>(
    (sum, ratio) => (ratio ? { num: (sum?.num ?? 0) + ratio.num, den: (sum?.den ?? 0) + ratio.den } : sum),
    null,
  );
}
