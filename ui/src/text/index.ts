export { plain, plainLine, t, text, tWord, wordsOf, type TextKey } from './text.svelte';
export { calleeZoneMissing, fmt, zoneIsMine } from './fmt.svelte';
export { quotient } from './format';
