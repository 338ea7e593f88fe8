import i18next, { type TOptions } from 'i18next';
import {
  DEFAULTS,
  keepPreferences,
  languageOf,
  readPreferences,
  type Language,
  type Preferences,
} from '../store/preferences';
import { en, type TextKey } from './en';
import { zhCN } from './zh-CN';

export type { TextKey };

class Text {
  preferences = $state.raw<Preferences>(DEFAULTS);
  language = $derived<Language>(languageOf(this.preferences, navigator.languages));

  start(): void {
    this.preferences = readPreferences(localStorage);
    void i18next.init({
      lng: this.language,
      fallbackLng: false,
      initAsync: false,
      keySeparator: false,
      nsSeparator: false,
      // Svelte escapes: every text ends in a text node.
      interpolation: { escapeValue: false },
      resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    });
    this.#show();
  }

  set(preferences: Partial<Preferences>): void {
    this.preferences = { ...this.preferences, ...preferences };
    keepPreferences(localStorage, this.preferences);
    this.#show();
  }

  #show(): void {
    document.documentElement.lang = this.language;
    document.documentElement.dataset.theme = this.preferences.theme;
    document.documentElement.dataset.still = String(this.preferences.still);
  }
}

export const text = new Text();

/** The words for `key` in the language of now. Values from outside stand in them as they are. */
export function t(key: TextKey, values: TOptions = {}): string {
  return i18next.t(key, { ...values, lng: text.language });
}

/** The words for `stem.word` if the catalogue has them, else the vendor's word as written. */
export function tWord(stem: string, word: string): string {
  const key = `${stem}.${word}`;
  return key in en ? t(key as TextKey) : plainLine(word);
}

/** The catalogue's words for vendor's words, by `stem.word`. */
export function wordsOf(stems: readonly string[]): Record<string, string> {
  const keys = Object.keys(en).filter((key) => stems.some((stem) => key.startsWith(`${stem}.`)));
  return Object.fromEntries(keys.filter((key) => !en[key as keyof typeof en].includes('{{')).map((key) => [key, t(key as TextKey)]));
}

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
/** Overrides of the direction: `exe` could be read as `jpg`. Marks that Arabic or Hebrew need stay. */
const OVERRIDE = /[\u202d\u202e]/g;

/** A text from outside with its control characters made visible, so that none acts on the page. */
export function plain(outside: string): string {
  return outside.replace(OVERRIDE, '\ufffd').replace(CONTROL, (char) =>
    String.fromCharCode(char === '\u007f' ? 0x2421 : 0x2400 + char.charCodeAt(0)),
  );
}

/** For one line of a list: no line breaks, and never longer than a line can show. */
export function plainLine(outside: string): string {
  return plain(outside.slice(0, 400)).replace(/\s+/g, ' ');
}
