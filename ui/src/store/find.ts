/** Stretches of a text, those that are looked for marked. */
export interface Part {
  text: string;
  hit: boolean;
}

const QUOTES = /["“”]/;

/** What is looked for in a text that stands here: all that was typed, or each of its words. */
export function patternOf(typed: string, byWords: boolean): RegExp | null {
  const needles = byWords ? needlesOf(typed) : [trimmed(typed)];
  const sources = needles.filter(Boolean).sort((a, b) => b.length - a.length).map(sourceOf);
  return sources.length > 0 ? new RegExp(sources.join('|'), 'giu') : null;
}

function needlesOf(typed: string): string[] {
  return typed.split(QUOTES).flatMap((part, at) => (at % 2 ? [part.trim()] : part.split(/\s+/)));
}

function trimmed(typed: string): string {
  return typed.trim().replace(/^["“”]+|["“”]+$/g, '').trim();
}

/** A space stands for any stretch of them. */
function sourceOf(needle: string): string {
  return needle.slice(0, 400).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+');
}

export function partsOf(text: string, pattern: RegExp | null): Part[] {
  if (!pattern) return [{ text, hit: false }];
  const parts: Part[] = [];
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    if (found[0] === '') continue;
    if (found.index > from) parts.push({ text: text.slice(from, found.index), hit: false });
    parts.push({ text: found[0], hit: true });
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), hit: false });
  return parts;
}

/** The places of the texts that have what was typed; where none has it as it stands but all its words are there, of those that have any. */
export function hitsIn(texts: readonly string[], typed: string): { at: number[]; byWords: boolean } {
  const whole = patternOf(typed, false);
  if (!whole) return { at: [], byWords: false };
  const having = (pattern: RegExp) => texts.flatMap((text, at) => (text.search(pattern) >= 0 ? [at] : []));
  const at = having(whole);
  const words = patternOf(typed, true);
  if (at.length > 0 || !words) return { at, byWords: false };
  const all = needlesOf(typed).filter(Boolean).every((word) => having(new RegExp(sourceOf(word), 'iu')).length > 0);
  return { at: all ? having(words) : [], byWords: all };
}

/** Stretches given by the core, in units of UTF-16. */
export function partsAt(text: string, marks: readonly { from: number; to: number }[]): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const mark of marks) {
    if (mark.from > from) parts.push({ text: text.slice(from, mark.from), hit: false });
    parts.push({ text: text.slice(mark.from, mark.to), hit: true });
    from = mark.to;
  }
  parts.push({ text: text.slice(from), hit: false });
  return parts.filter((part) => part.text !== '');
}

/** Where something was found, as the address has it: the record and its message or turn. */
export function spotOf(params: Readonly<Record<string, string>>, record: string): { text: string; position: number } | null {
  const [of, position] = splitLast(params.spot ?? '');
  return params.find && of === record ? { text: params.find, position } : null;
}

export function spotParam(record: string, position: number): string {
  return `${record}#${position}`;
}

function splitLast(spot: string): [string, number] {
  const index = spot.lastIndexOf('#');
  return [spot.slice(0, Math.max(0, index)), Number(spot.slice(index + 1)) || 0];
}
