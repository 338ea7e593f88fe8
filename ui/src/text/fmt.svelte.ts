import { Format } from './format';
import { text } from './text.svelte';

const formats = { en: new Format('en'), 'zh-CN': new Format('zh-CN') };

/** The formats of the language of now. */
export function fmt(): Format {
  return formats[text.language];
}
