import { describe, expect, it } from 'vitest';
import type { WebhooksView } from '../../bindings/types';
import { receivingNeeds, receivingOf, sameReceiving, sealOf, specOf, webhooksDraft } from './receiving';

const view: WebhooksView = {
  address: 'http://127.0.0.1:4321', bind: '127.0.0.1', port: 4321, path: '/hook/x', running: true, trouble: null, mode: 'record_only',
  matches: 0, mismatches: 0, may_enforce: false, aes: null, folder: '/in', relay_url: null, relay_trouble: null, kinds: [], quarantined: 0,
  unreadable: 0, message_en: '', message_zh: '',
};

describe('how events are received', () => {
  it('leaves what was not touched and takes away what was emptied', () => {
    const typed = receivingOf(view);
    expect(sameReceiving(typed, view)).toBe(true);
    expect(webhooksDraft('a', typed, view)).toMatchObject({ folder: null, relay_url: null, relay_token: null, aes: null, aes_key: null });
    expect(webhooksDraft('a', { ...typed, folder: ' ', relay_token: 't' }, view)).toMatchObject({ folder: '', relay_token: 't' });
  });

  it('reads and writes how bodies are encrypted as the core does', () => {
    expect(sealOf('')).toEqual({ cipher: '', iv: 'prefix', encoding: 'base64' });
    expect(sealOf('AES-128-CBC iv=zero hex')).toEqual({ cipher: 'aes-128-cbc', iv: 'zero', encoding: 'hex' });
    expect(specOf(sealOf('iv=zero'))).toBe('aes-256-cbc iv=zero base64');
    expect(specOf(sealOf(''))).toBe('');
    const draft = webhooksDraft('a', { ...receivingOf(view), aes: 'aes-256-cbc iv=prefix base64', aes_key: 'k' }, view);
    expect([draft.aes, draft.aes_key, draft.aes_field]).toEqual(['aes-256-cbc iv=prefix base64', 'k', '']);
  });

  it('keeps the switch on while the receiver has trouble', () => {
    expect(receivingOf({ ...view, running: false, trouble: 'port taken' }).receive).toBe(true);
  });

  it('names what is wrong before it is sent', () => {
    const typed = receivingOf(view);
    expect(receivingNeeds({ ...typed, port: 70_000, bind: ' ' }, view)).toEqual(['needsPort', 'needsBind']);
    expect(receivingNeeds({ ...typed, aes: 'aes-256-cbc iv=zero hex', relay_url: 'relay' }, view)).toEqual(['needsAes', 'needsRelay']);
    expect(receivingNeeds({ ...typed, aes: 'aes-256-cbc iv=12 hex', aes_key: 'k' }, view)).toEqual(['needsIv']);
    expect(receivingNeeds({ ...typed, aes: 'aes-256-cbc' }, { ...view, aes: 'aes-256-cbc' })).toEqual([]);
    expect(receivingNeeds({ ...typed, port: 0 }, view)).toEqual([]);
  });
});
