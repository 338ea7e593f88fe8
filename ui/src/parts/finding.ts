import { getContext, setContext } from 'svelte';

const KEY = Symbol('finding');

/** What the texts below mark. */
export function markBelow(pattern: () => RegExp | null): void {
  setContext(KEY, pattern);
}

const WHOLE = Symbol('whole');

/** Long texts below are shown to their end, as on paper nothing can be opened. */
export function wholeBelow(): void {
  setContext(WHOLE, true);
}

export function isWhole(): boolean {
  return getContext<boolean | undefined>(WHOLE) ?? false;
}

export function marked(): (() => RegExp | null) | undefined {
  return getContext<(() => RegExp | null) | undefined>(KEY);
}
