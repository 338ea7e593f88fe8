export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Preferences {
  /** `system` follows what the operating system prefers. */
  language: Language | 'system';
  theme: Theme;
}

const KEY = 'wheelhouse.preferences';

export function readPreferences(storage: Pick<Storage, 'getItem'>): Preferences {
  let kept: Partial<Preferences> = {};
  try {
    kept = (JSON.parse(storage.getItem(KEY) ?? '{}') ?? {}) as Partial<Preferences>;
  } catch {
    // Unreadable preferences are no preferences.
  }
  const language = LANGUAGES.find((known) => known === kept.language) ?? 'system';
  const theme = THEMES.find((known) => known === kept.theme) ?? 'system';
  return { language, theme };
}

export function keepPreferences(storage: Pick<Storage, 'setItem'>, preferences: Preferences): void {
  storage.setItem(KEY, JSON.stringify(preferences));
}

export function languageOf(preferences: Preferences, asked: readonly string[]): Language {
  if (preferences.language !== 'system') return preferences.language;
  const first = asked.find((tag) => /^(zh|en)\b/i.test(tag)) ?? 'en';
  return /^zh\b/i.test(first) ? 'zh-CN' : 'en';
}
