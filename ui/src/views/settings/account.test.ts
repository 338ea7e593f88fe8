import { describe, expect, it } from 'vitest';
import type { AccountSettings } from '../../bindings/types';
import { connectionKept, draftOf, missing, needs, offset, typedOf, zones } from './account';

const kept: AccountSettings = {
  account: 'a', name: 'Bank', colour: '#2563a8', base_url: 'https://api.example.com', key_hint: '81f3', has_keys: true, secrets_in: 'keychain',
  zone: '+07:00', callee_zone: null, lines: ['collection', 'chatbot'], masked: true, read_only: false, budget: 5, has_chatbot_keys: true, chatbot_sign: null,
  has_pds_keys: false, documentation_url: null, guesses: false, demo: false,
};

describe('what a person typed', () => {
  it('leaves a secret that was not typed, and takes away only what was said to go', () => {
    const typed = { ...typedOf(kept), drop_chatbot: true };
    expect(draftOf(typed, kept)).toMatchObject({ account: 'a', key: null, secret: null, chatbot_key: '', chatbot_secret: '', pds_secret: null });
    expect(draftOf({ ...typedOf(null), secret: ' s ', key: ' k ' }, null)).toMatchObject({ account: null, key: 'k', secret: ' s ' });
  });

  it('takes away an algorithm or an address that was emptied, and is silent about one that never was', () => {
    const had = { ...kept, chatbot_sign: 'none', documentation_url: 'https://docs.example.com', callee_zone: '-05:00' };
    expect(draftOf({ ...typedOf(had), chatbot_sign: '', documentation_url: ' ', callee_zone: '' }, had)).toMatchObject({ chatbot_sign: '', documentation_url: '', callee_zone: '' });
    expect(draftOf(typedOf(kept), kept)).toMatchObject({ chatbot_sign: null, documentation_url: null, callee_zone: null });
  });

  it('never has the two markers in the draft', () => {
    expect(Object.keys(draftOf(typedOf(kept), kept))).not.toContain('drop_pds');
  });

  it('asks for a name, a zone and a line before a test', () => {
    expect(needs(typedOf(null), null)).toEqual(['name', 'keys', 'zone', 'lines']);
    expect(needs({ ...typedOf(kept), base_url: 'api.example.com', budget: 0 }, kept)).toEqual(['base_url', 'budget']);
    expect(needs(typedOf(kept), kept)).toEqual([]);
  });

  it('names what is missing only where the account uses it', () => {
    expect(missing(typedOf(null), null)).toEqual(['keys']);
    expect(missing(typedOf(kept), kept)).toEqual(['algorithm']);
    expect(missing({ ...typedOf(kept), drop_chatbot: true, lines: ['chatbot', 'pds'] }, kept)).toEqual(['chatbot', 'pds']);
  });

  it('needs a new test when the connection changed, and not for a name', () => {
    expect(connectionKept({ ...typedOf(kept), name: 'Other', masked: false }, kept)).toBe(true);
    expect(connectionKept({ ...typedOf(kept), zone: '+08:00' }, kept)).toBe(false);
    expect(connectionKept(typedOf(null), null)).toBe(false);
  });
});

describe('zones', () => {
  it('are written with two digits and a sign', () => {
    expect([offset(480), offset(-210), offset(0)]).toEqual(['+08:00', '-03:30', '+00:00']);
  });
  it('have the kept one among them, however odd', () => {
    expect(zones('+08:00')).not.toContain('+08:01');
    expect(zones('+08:01')[0]).toBe('+08:01');
    expect(new Set(zones('')).size).toBe(zones('').length);
  });
});
