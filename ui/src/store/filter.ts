/** Stretches of a filter without spaces outside quotes, as written. What they mean is the core's to say. */
export function termsOf(filter: string): string[] {
  return filter.match(/(?:"[^"]*"?|[^\s"])+/g) ?? [];
}

/** Whether a text asks for fields as a filter does (`status:running`, `-reached<20%`); an address does not. */
export function asksFields(text: string): boolean {
  return termsOf(text).some((term) => /^-?[a-z_]+(:(?!\/\/)|[<>]=?)./i.test(term));
}

export function withoutTerm(filter: string, at: number): string {
  return termsOf(filter).filter((_, index) => index !== at).join(' ');
}

/** The filter as three stretches around its fault; counts are of characters, not of UTF-16 units. */
export function aroundFault(filter: string, fault: { at: number; length: number }): [string, string, string] {
  const all = [...filter];
  const end = fault.at + fault.length;
  return [all.slice(0, fault.at).join(''), all.slice(fault.at, end).join(''), all.slice(end).join('')];
}

export function mended(filter: string, fault: { at: number; length: number; suggestion: string | null }): string {
  const [before, , after] = aroundFault(filter, fault);
  return before + (fault.suggestion ?? '') + after;
}
