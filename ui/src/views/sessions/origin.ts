import type { OriginDto } from '../../bindings/types';

const FROM = /(^|\s)from:(\S*)/i;

/** What can be asked for: all, or one origin. */
export const ORIGINS: readonly (OriginDto | null)[] = [null, 'workflow', 'chatbot'];

/** The origin that a filter asks for, as its `from:` word says. */
export function originOf(filter: string): OriginDto | null {
  const word = FROM.exec(filter)?.[2]?.toLowerCase();
  return ORIGINS.find((origin) => origin === word) ?? null;
}

/** The filter with another origin, or with none; its other words stay. */
export function withOrigin(filter: string, origin: OriginDto | null): string {
  const words = filter.replace(FROM, '$1').trim();
  return origin === null ? words : `from:${origin} ${words}`.trim();
}
