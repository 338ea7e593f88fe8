import type { AlertSettingsDraft, AlertSettingsView, AnnouncingDto, LimitView } from '../../bindings/types';

/** What is typed of a rule; an empty field is `null`. */
export interface TypedRule {
  on: boolean;
  limits: Record<string, number | null>;
}

export interface Typed {
  rules: Record<string, TypedRule>;
  /** `18:00` */
  shiftEnds: string;
  announcing: TypedAnnouncing;
}

export interface TypedAnnouncing {
  on: boolean;
  quiet: boolean;
  /** `22:00` */
  from: string;
  to: string;
}

/** Offered to somebody who never had quiet hours. */
const NIGHT = { from: 22 * 60, to: 7 * 60 };

function typedAnnouncing({ on, quiet }: AnnouncingDto): TypedAnnouncing {
  const { from, to } = quiet ?? NIGHT;
  return { on, quiet: quiet !== null, from: clockOf(from), to: clockOf(to) };
}

/** `null` where a time is not whole. */
function announcingOf({ on, quiet, from, to }: TypedAnnouncing): AnnouncingDto | null {
  if (!quiet) return { on, quiet: null };
  const hours = { from: minuteOf(from), to: minuteOf(to) };
  return hours.from === null || hours.to === null ? null : { on, quiet: { from: hours.from, to: hours.to } };
}

export function typedOf(view: AlertSettingsView): Typed {
  const rules = view.rules.map(({ rule, on, limits }) => {
    const values = Object.fromEntries(limits.map(({ name, value }): [string, number | null] => [name, value]));
    return [rule, { on, limits: values }] as const;
  });
  return { rules: Object.fromEntries(rules), shiftEnds: clockOf(view.shift_ends), announcing: typedAnnouncing(view.announcing) };
}

export function clockOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

export function minuteOf(clock: string): number | null {
  const found = /^(\d{2}):(\d{2})$/.exec(clock);
  if (!found) return null;
  const minute = Number(found[1]) * 60 + Number(found[2]);
  return minute < 24 * 60 ? minute : null;
}

export function fits({ least, most }: LimitView, value: number | null | undefined): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

/** What is to be kept; `null` where a number does not fit. */
export function draftOf(view: AlertSettingsView, typed: Typed): AlertSettingsDraft | null {
  const shift_ends = minuteOf(typed.shiftEnds);
  const announcing = announcingOf(typed.announcing);
  if (shift_ends === null || announcing === null) return null;
  const rules = [];
  for (const { rule, limits } of view.rules) {
    const of = typed.rules[rule];
    if (!of) return null;
    if (limits.some((limit) => !fits(limit, of.limits[limit.name]))) return null;
    rules.push({ rule, on: of.on, limits: limits.map(({ name }) => ({ name, value: of.limits[name] ?? 0 })) });
  }
  return { rules, shift_ends, announcing };
}
