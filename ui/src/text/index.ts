export { plain, plainLine, t, text, tWord, wordsOf, type TextKey } from './text.svelte';
export { fmt } from './fmt.svelte';
export { quotient } from './format';
