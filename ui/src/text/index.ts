export { plain, plainLine, t, text, tWord, wordsOf, type TextKey } from './text.svelte';
export { fmt, zoneIsMine } from './fmt.svelte';
export { quotient } from './format';
