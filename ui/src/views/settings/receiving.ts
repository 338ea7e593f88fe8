import type { SignatureMode, WebhooksDraft, WebhooksView } from '../../bindings/types';
import { isWeb } from './account';

/** How bodies can be encrypted; the vendor publishes none of it. */
export const CIPHERS = ['aes-128-cbc', 'aes-256-cbc', 'aes-128-ecb', 'aes-256-ecb'];

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
    receive: view.running || view.trouble !== null, bind: view.bind, port: view.port, new_path: false, mode: view.mode, aes: view.aes ?? '',
    aes_key: '', aes_field: '', folder: view.folder ?? '', relay_url: view.relay_url ?? '', relay_token: '',
  };
}

/** What was not touched is left as it is, and a field that was emptied is taken away. */
export function webhooksDraft(account: string, typed: Receiving, view: WebhooksView): WebhooksDraft {
  const before = receivingOf(view);
  const changed = (key: 'folder' | 'relay_url' | 'aes') => (typed[key].trim() === before[key] ? null : typed[key].trim());
  return {
    account, receive: typed.receive, bind: typed.bind.trim(), port: typed.port ?? 0, new_path: typed.new_path, mode: typed.mode,
    aes: changed('aes'), aes_key: typed.aes_key || null, aes_field: typed.aes_field.trim() || null,
    folder: changed('folder'), relay_url: changed('relay_url'), relay_token: typed.relay_token || null,
  };
}

export type ReceivingNeed = 'needsPort' | 'needsBind' | 'needsAes' | 'needsRelay';

export function receivingNeeds(typed: Receiving, view: WebhooksView): ReceivingNeed[] {
  const { port, aes, relay_url } = typed;
  const all: [ReceivingNeed, boolean][] = [
    ['needsPort', port !== null && Number.isInteger(port) && port >= 0 && port <= 65_535],
    ['needsBind', typed.bind.trim() !== ''],
    ['needsAes', aes === '' || aes === view.aes || (typed.aes_key !== '' && typed.aes_field.trim() !== '')],
    ['needsRelay', relay_url.trim() === '' || isWeb(relay_url)],
  ];
  return all.filter(([, good]) => !good).map(([need]) => need);
}

export function sameReceiving(typed: Receiving, view: WebhooksView): boolean {
  return JSON.stringify(typed) === JSON.stringify(receivingOf(view));
}
