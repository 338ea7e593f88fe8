import type { SignatureMode, WebhooksDraft, WebhooksView } from '../../bindings/types';
import { isWeb } from './account';

/** How bodies can be encrypted; the vendor publishes none of it. */
export const CIPHERS = ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc'];
export const ENCODINGS = ['base64', 'hex'] as const;

/** The setting that the core reads: `aes-256-cbc iv=zero hex`. */
export interface Seal {
  /** Empty: bodies are not encrypted. */
  cipher: string;
  /** `prefix`, `zero`, or 32 hex digits. */
  iv: string;
  encoding: string;
}

export function sealOf(spec: string): Seal {
  const words = spec.toLowerCase().split(/\s+/).filter(Boolean);
  return {
    cipher: words.find((word) => word.startsWith('aes-')) ?? (words.length > 0 ? 'aes-256-cbc' : ''),
    iv: words.find((word) => word.startsWith('iv='))?.slice(3) ?? 'prefix',
    encoding: words.find((word) => word === 'hex') ?? 'base64',
  };
}

export function specOf({ cipher, iv, encoding }: Seal): string {
  return cipher === '' ? '' : `${cipher} iv=${iv.trim()} ${encoding}`;
}

const isIv = (iv: string) => iv === 'prefix' || iv === 'zero' || /^[0-9a-f]{32}$/.test(iv);

/** As in the fields, where an empty secret says nothing. */
export interface Receiving {
  receive: boolean;
  bind: string;
  port: number | null;
  new_path: boolean;
  mode: SignatureMode;
  aes: string;
  aes_key: string;
  aes_field: string;
  folder: string;
  relay_url: string;
  relay_token: string;
}

export function receivingOf(view: WebhooksView): Receiving {
  return {
    receive: view.running || view.trouble !== null, bind: view.bind, port: view.port, new_path: false, mode: view.mode, aes: specOf(sealOf(view.aes ?? '')),
    aes_key: '', aes_field: '', folder: view.folder ?? '', relay_url: view.relay_url ?? '', relay_token: '',
  };
}

/** What was not touched is left as it is, and a field that was emptied is taken away. */
export function webhooksDraft(account: string, typed: Receiving, view: WebhooksView): WebhooksDraft {
  const before = receivingOf(view);
  const changed = (key: 'folder' | 'relay_url' | 'aes') => (typed[key].trim() === before[key] ? null : typed[key].trim());
  return {
    account, receive: typed.receive, bind: typed.bind.trim(), port: typed.port ?? 0, new_path: typed.new_path, mode: typed.mode,
    aes: changed('aes'), aes_key: typed.aes_key || null, aes_field: typed.aes_field.trim() || (changed('aes') ? '' : null),
    folder: changed('folder'), relay_url: changed('relay_url'), relay_token: typed.relay_token || null,
  };
}

export type ReceivingNeed = 'needsPort' | 'needsBind' | 'needsAes' | 'needsIv' | 'needsRelay';

export function receivingNeeds(typed: Receiving, view: WebhooksView): ReceivingNeed[] {
  const { port, aes, relay_url } = typed;
  const all: [ReceivingNeed, boolean][] = [
    ['needsPort', port !== null && Number.isInteger(port) && port >= 0 && port <= 65_535],
    ['needsBind', typed.bind.trim() !== ''],
    ['needsAes', aes === '' || view.aes !== null || typed.aes_key !== ''],
    ['needsIv', aes === '' || isIv(sealOf(aes).iv)],
    ['needsRelay', relay_url.trim() === '' || isWeb(relay_url)],
  ];
  return all.filter(([, good]) => !good).map(([need]) => need);
}

export function sameReceiving(typed: Receiving, view: WebhooksView): boolean {
  return JSON.stringify(typed) === JSON.stringify(receivingOf(view));
}
