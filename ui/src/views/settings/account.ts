import type { AccountDraft, AccountSettings, LineDto } from '../../bindings/types';

export const BASE_URL = 'https://api.airudder.com';
export const LINES: LineDto[] = ['collection', 'telemarketing', 'info_check', 'leads_generation', 'chatbot', 'pds'];
/** Told apart on both themes, and from the colours of the statuses. */
export const COLOURS = ['#2563a8', '#2f7d4f', '#b0562a', '#7a4fb5', '#a83a6b', '#0f7c86', '#8a6d3b', '#5b6573'];
/** As the core names them: guesses to choose among, none of them a fact. */
export const ALGORITHMS = ['hmac-sha256-hex', 'hmac-sha256-base64', 'md5-secret-body', 'md5-body-secret', 'md5-key-body-secret'];

/** What a person types: as in the fields, where an empty secret says nothing. */
export interface Typed {
  name: string;
  colour: string;
  base_url: string;
  key: string;
  secret: string;
  zone: string;
  /** Empty: the account's. */
  callee_zone: string;
  lines: LineDto[];
  masked: boolean;
  read_only: boolean;
  budget: number;
  chatbot_key: string;
  chatbot_secret: string;
  /** Empty: not chosen. */
  chatbot_sign: string;
  pds_key: string;
  pds_secret: string;
  documentation_url: string;
  guesses: boolean;
  drop_chatbot: boolean;
  drop_pds: boolean;
}

export function typedOf(kept: AccountSettings | null): Typed {
  return {
    name: kept?.name ?? '', colour: kept?.colour ?? COLOURS[0] ?? '', base_url: kept?.base_url ?? BASE_URL, key: '', secret: '',
    zone: kept?.zone ?? '', callee_zone: kept?.callee_zone ?? '', lines: kept?.lines ?? [], masked: kept?.masked ?? true, read_only: kept?.read_only ?? false,
    budget: kept?.budget ?? 5, chatbot_key: '', chatbot_secret: '', chatbot_sign: kept?.chatbot_sign ?? '', pds_key: '', pds_secret: '',
    documentation_url: kept?.documentation_url ?? '', guesses: kept?.guesses ?? false, drop_chatbot: false, drop_pds: false,
  };
}

/** A secret that was not typed stays; one that is dropped is taken away. */
const secret = (typed: string, dropped = false) => (dropped ? '' : typed === '' ? null : typed);

/** What was there and was emptied is taken away; what never was there is not mentioned. */
const text = (typed: string, kept: string | null | undefined) => typed || (kept ? '' : null);

export function draftOf(typed: Typed, kept: AccountSettings | null): AccountDraft {
  const { drop_chatbot, drop_pds, ...rest } = typed;
  return {
    ...rest,
    account: kept?.account ?? null,
    name: typed.name.trim(),
    base_url: typed.base_url.trim().replace(/\/+$/, ''),
    callee_zone: text(typed.callee_zone, kept?.callee_zone),
    key: secret(typed.key.trim()),
    secret: secret(typed.secret),
    chatbot_key: secret(typed.chatbot_key.trim(), drop_chatbot),
    chatbot_secret: secret(typed.chatbot_secret, drop_chatbot),
    chatbot_sign: text(typed.chatbot_sign, kept?.chatbot_sign),
    pds_key: secret(typed.pds_key.trim(), drop_pds),
    pds_secret: secret(typed.pds_secret, drop_pds),
    documentation_url: text(typed.documentation_url.trim(), kept?.documentation_url),
  };
}

export type Need = 'keys' | 'name' | 'colour' | 'base_url' | 'zone' | 'lines' | 'budget';

/** What has to be filled in before anything can be tested. */
export function needs(typed: Typed, kept: AccountSettings | null): Need[] {
  const all: [Need, boolean][] = [
    ['name', typed.name.trim() !== ''],
    ['colour', /^#[0-9a-f]{6}$/i.test(typed.colour)],
    ['base_url', isWeb(typed.base_url)],
    ['keys', kept !== null || (typed.key.trim() !== '' && typed.secret !== '')],
    ['zone', typed.zone !== ''],
    ['lines', typed.lines.length > 0],
    ['budget', typed.budget >= 0.1 && typed.budget <= 1000],
  ];
  return all.filter(([, there]) => !there).map(([need]) => need);
}

export function isWeb(address: string): boolean {
  return /^https?:\/\/\S+$/.test(address.trim()) && URL.canParse(address.trim());
}

export type Piece = 'keys' | 'chatbot' | 'algorithm' | 'pds';

/** Parts that are not there, each of which would open something that this account uses. */
export function missing(typed: Typed, kept: AccountSettings | null): Piece[] {
  const uses = (line: LineDto) => typed.lines.includes(line);
  const chatbot = typed.chatbot_secret !== '' || (kept?.has_chatbot_keys === true && !typed.drop_chatbot);
  const all: [Piece, boolean][] = [
    ['keys', (typed.key !== '' && typed.secret !== '') || kept?.has_keys === true],
    ['chatbot', chatbot || !uses('chatbot')],
    ['algorithm', typed.chatbot_sign !== '' || !chatbot],
    ['pds', typed.pds_secret !== '' || (kept?.has_pds_keys === true && !typed.drop_pds) || !uses('pds')],
  ];
  return all.filter(([, there]) => !there).map(([piece]) => piece);
}

/** Everything that the test is about, as one text: what was tested is what is kept. */
export function connectionOf(typed: Typed): string {
  const { base_url, key, secret, zone, chatbot_key, chatbot_secret, chatbot_sign, pds_key, pds_secret, drop_chatbot, drop_pds } = typed;
  return JSON.stringify([base_url, key, secret, zone, chatbot_key, chatbot_secret, chatbot_sign, pds_key, pds_secret, drop_chatbot, drop_pds]);
}

/** Only a name, a colour or a limit changed: what was tested before still holds. */
export function connectionKept(typed: Typed, kept: AccountSettings | null): boolean {
  return kept !== null && connectionOf(typed) === connectionOf(typedOf(kept));
}

/** Offsets that are in use somewhere, in minutes. */
const OFFSETS = [...Array.from({ length: 27 }, (_, at) => (at - 12) * 60), -210, 210, 270, 330, 345, 390, 570].sort((a, b) => a - b);

/** `+08:00`. */
export function offset(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The zones to choose among; one that is kept already is always among them. */
export function zones(kept: string): string[] {
  const all = OFFSETS.map(offset);
  return kept === '' || all.includes(kept) ? all : [kept, ...all];
}
