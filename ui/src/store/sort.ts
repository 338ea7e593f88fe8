import type { Sort } from '../bindings/types';

/** An order as the address writes it: `talk`, `-talk`. */
export function sortOf<Fallback extends Sort | null>(param: string | undefined, fallback: Fallback): Sort | Fallback {
  if (!param) return fallback;
  const descending = param.startsWith('-');
  return { key: descending ? param.slice(1) : param, descending };
}

export function sortParam({ key, descending }: Sort): string {
  return descending ? `-${key}` : key;
}
