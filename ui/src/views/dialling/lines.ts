/** The tabs: the lines that have calling tasks, and what names none of them. */
export const LINES = ['all', 'collection', 'telemarketing', 'info_check', 'other'] as const;
export type LineTab = (typeof LINES)[number];

export function lineOf(params: Readonly<Record<string, string | undefined>>): LineTab {
  return LINES.find((line) => line === params.line) ?? 'all';
}

/** What the core is asked with: the words typed, and the line of the tab. */
export function withLine(filter: string, line: LineTab): string {
  return line === 'all' ? filter : `line:${line} ${filter}`.trim();
}
