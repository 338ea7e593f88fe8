export { plain, plainLine, t, text, tWord, type TextKey } from './text.svelte';
export { fmt } from './fmt.svelte';
export { quotient } from './format';
