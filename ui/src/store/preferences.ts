export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
/** Whose clock times are shown by. */
export const ZONES = ['mine', 'account', 'callee'] as const;
export type ZoneOf = (typeof ZONES)[number];
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3] as const;
/** Two lanes have a volume each; a recording of one lane has its own. */
export const LANES = ['left', 'right', 'mono'] as const;
export type Lane = (typeof LANES)[number];
/** A lane can be made louder than it was recorded, what the page's own player plays cannot. */
export const LOUDEST: Readonly<Record<Lane, number>> = { left: 2, right: 2, mono: 1 };

/** How recordings are heard. */
export interface Listening {
  speed: (typeof SPEEDS)[number];
  skipSilence: boolean;
  /** At the end of a recording, the next one of its list begins. */
  autoAdvance: boolean;
  /** 1 is as recorded. */
  volumes: Readonly<Record<Lane, number>>;
}

export interface Preferences {
  /** `system` follows what the operating system prefers. */
  language: Language | 'system';
  theme: Theme;
  zone: ZoneOf;
  /** Nothing tints or slides, whatever the operating system prefers. */
  still: boolean;
  /** What pseudonyms cannot hide was read once. */
  shareTold: boolean;
  listening: Listening;
}

export const DEFAULTS: Preferences = {
  language: 'system',
  theme: 'system',
  zone: 'mine',
  still: false,
  shareTold: false,
  listening: { speed: 1, skipSilence: false, autoAdvance: false, volumes: { left: 1, right: 1, mono: 1 } },
};

const KEY = 'wheelhouse.preferences';

export function readPreferences(storage: Pick<Storage, 'getItem'>): Preferences {
  let kept: unknown = null;
  try {
    kept = JSON.parse(storage.getItem(KEY) ?? '{}');
  } catch {
    // Unreadable preferences are no preferences.
  }
  const { language, theme, zone, still, shareTold, listening } = membersOf(kept);
  return {
    language: LANGUAGES.find((known) => known === language) ?? DEFAULTS.language,
    theme: THEMES.find((known) => known === theme) ?? DEFAULTS.theme,
    zone: ZONES.find((known) => known === zone) ?? DEFAULTS.zone,
    still: still === true,
    shareTold: shareTold === true,
    listening: listeningOf(membersOf(listening)),
  };
}

function listeningOf({ speed, skipSilence, autoAdvance, volumes }: Record<string, unknown>): Listening {
  const kept = membersOf(volumes);
  const volume = (lane: Lane) => {
    const value = kept[lane];
    return typeof value === 'number' && value >= 0 && value <= LOUDEST[lane] ? value : 1;
  };
  return {
    speed: SPEEDS.find((known) => known === speed) ?? 1,
    skipSilence: skipSilence === true,
    autoAdvance: autoAdvance === true,
    volumes: { left: volume('left'), right: volume('right'), mono: volume('mono') },
  };
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function keepPreferences(storage: Pick<Storage, 'setItem'>, preferences: Preferences): void {
  storage.setItem(KEY, JSON.stringify(preferences));
}

export function languageOf(preferences: Pick<Preferences, 'language'>, asked: readonly string[]): Language {
  if (preferences.language !== 'system') return preferences.language;
  const first = asked.find((tag) => /^(zh|en)\b/i.test(tag)) ?? 'en';
  return /^zh\b/i.test(first) ? 'zh-CN' : 'en';
}
