/** What the core does with its salt, near enough for tests: the same text has the same pseudonym. */
function pseudonym(kind: string, key: string): string {
  let hash = 2166136261;
  for (const char of key.replace(/\D/g, '') || key) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619) >>> 0;
  return `${kind} ${hash.toString(36).toUpperCase().slice(-6).padStart(6, '0')}`;
}

const HOW: Readonly<Record<string, (value: string) => string>> = {
  callee: (value) => pseudonym('Person', value),
  case_id: (value) => pseudonym('Case', value),
  seat: (value) => pseudonym('Person', value),
  by: (value) => pseudonym('Person', value),
  raw: () => '{}',
};

/** The same value without numbers, case ids and names. */
export function asPseudonyms<T>(value: T): T {
  if (Array.isArray(value)) return value.map(asPseudonyms) as T;
  if (typeof value !== 'object' || value === null) return value;
  const shown = Object.entries(value).map(([name, held]) => [name, typeof held === 'string' && HOW[name] ? HOW[name](held) : asPseudonyms(held)]);
  return Object.fromEntries(shown) as T;
}

const KEY = 'replay.sharing';

/** The core outlives a page that is loaded again. */
export const sharing = {
  get on() {
    return sessionStorage.getItem(KEY) === 'on';
  },
  set on(on: boolean) {
    sessionStorage.setItem(KEY, on ? 'on' : 'off');
  },
};
