import type { RatioDto } from '../bindings/types';
import type { Language } from '../store/preferences';

/** Numbers and times in one language. A zone is the machine's or the one given, and named. */
export class Format {
  #language: Language;
  #number: Intl.NumberFormat;
  #one: Intl.NumberFormat;
  #percent: Intl.NumberFormat;
  #relative: Intl.RelativeTimeFormat;
  #date: Intl.DateTimeFormat;
  #seconds: Intl.DateTimeFormat;
  #zone: Intl.DateTimeFormat;
  #clock: Intl.DateTimeFormat;
  #day: Intl.DateTimeFormat;
  #short: Intl.DateTimeFormat;

  constructor(language: Language, timeZone?: string) {
    this.#language = language;
    this.#number = new Intl.NumberFormat(language);
    this.#one = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
    this.#percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
    this.#relative = new Intl.RelativeTimeFormat(language, { style: 'narrow', numeric: 'always' });
    const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
    this.#date = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric', timeZone });
    this.#seconds = new Intl.DateTimeFormat(language, { ...clock, second: '2-digit' });
    this.#zone = new Intl.DateTimeFormat('en', { timeZoneName: 'short', timeZone });
    this.#clock = new Intl.DateTimeFormat(language, clock);
    this.#short = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone });
    this.#day = new Intl.DateTimeFormat(language, {
      weekday: 'short',
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      timeZone,
    });
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  decimal(value: number): string {
    return this.#one.format(value);
  }

  /** `1.5 GB`, of 2^30 bytes; under 10 of a unit with a decimal. */
  size(bytes: number): string {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
    const power = Math.min(Math.floor(Math.log2(Math.max(1, bytes)) / 10), units.length - 1);
    const value = bytes / 1024 ** power;
    return new Intl.NumberFormat(this.#language, {
      style: 'unit', unit: units[power] as string, maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
    }).format(value);
  }

  /** Never rounds up to 100 % or down to 0 %: both mean something. */
  share(num: number, den: number): string {
    const share = num / den;
    if (share > 0.99 && share < 1) return this.#percent.format(0.99);
    if (share > 0 && share < 0.01) return `<${this.#percent.format(0.01)}`;
    return this.#percent.format(share);
  }

  /** `0:42`, `12:05`, `1:03:20`; tenths are for nobody who watches a list. */
  duration(ms: number): string {
    const seconds = Math.max(0, Math.round(ms / 1000));
    const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
    const hours = Math.floor(seconds / 3600);
    if (hours > 0) parts.unshift(hours);
    return parts.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
  }

  /** `0:42.3`: a place in a recording. */
  moment(ms: number): string {
    const tenths = Math.max(0, Math.floor(ms / 100));
    return `${this.duration(Math.floor(tenths / 10) * 1000)}.${tenths % 10}`;
  }

  /** `4 s ago`, `in 2 min`. */
  relative(at: number, now: number): string {
    const seconds = Math.round((at - now) / 1000);
    const size = Math.abs(seconds);
    // A plain 0 would read as the future.
    if (size < 60) return this.#relative.format(seconds || -0, 'second');
    if (size < 3600) return this.#relative.format(Math.trunc(seconds / 60), 'minute');
    if (size < 86_400) return this.#relative.format(Math.trunc(seconds / 3600), 'hour');
    return this.#relative.format(Math.trunc(seconds / 86_400), 'day');
  }

  exact(at: number): string {
    return `${this.#date.format(at)} ${this.#seconds.format(at)} ${this.zone(at)}`.trim();
  }

  /** `GMT+7`: whose clock it is at that time. */
  zone(at: number): string {
    return this.#zone.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
  }

  clock(at: number): string {
    return this.#clock.format(at);
  }

  day(at: number): string {
    return this.#day.format(at);
  }

  /** `Nov 22`, beside others of the same year. */
  date(at: number): string {
    return this.#short.format(at);
  }

  /** `40m`, `5h`, `2d`: how long nothing happened, where there is little room. */
  span(ms: number): string {
    const minutes = Math.max(1, Math.round(ms / 60_000));
    const [value, unit] = minutes < 60 ? [minutes, 'minute'] : minutes < 1440 ? [Math.round(minutes / 60), 'hour'] : [Math.round(minutes / 1440), 'day'];
    return new Intl.NumberFormat(this.#language, { style: 'unit', unit: unit as string, unitDisplay: 'narrow' }).format(value as number);
  }

  get language(): Language {
    return this.#language;
  }
}

/** The value of a ratio, when it has one. */
export function quotient(ratio: RatioDto | null): number | null {
  return ratio && ratio.den !== 0 ? ratio.num / ratio.den : null;
}
