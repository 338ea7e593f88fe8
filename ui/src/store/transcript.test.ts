import { describe, expect, it } from 'vitest';
import { testMessage } from './sample';
import { gist, linesOf, sideOf } from './transcript';

const day = (at: number) => String(Math.floor(at / 86_400_000));

describe('a transcript', () => {
  it('groups runs of one sender, and a human agent by seat', () => {
    const lines = linesOf(
      [
        testMessage(0), testMessage(1), testMessage(2, { sender: 'agent', seat: '1' }), testMessage(3, { sender: 'agent', seat: '1' }),
        testMessage(4, { sender: 'agent', seat: '2' }),
      ],
      day,
    );
    expect(lines.map((line) => line.first)).toEqual([true, false, true, false, true]);
    expect(lines.map((line) => line.last)).toEqual([false, true, false, true, true]);
  });

  it('keeps the order of the array, whatever the times say', () => {
    const lines = linesOf([testMessage(0, { sent_at: 900_000 }), testMessage(1, { sent_at: 5, odd_time: true })], day);
    expect(lines.map((line) => line.message.position)).toEqual([0, 1]);
  });

  it('divides days, but never by an odd or an absent time', () => {
    const DAY = 86_400_000;
    const lines = linesOf(
      [
        testMessage(0, { sent_at: DAY }), testMessage(1, { sent_at: 9 * DAY, odd_time: true }), testMessage(2, { sent_at: null }),
        testMessage(3, { sent_at: DAY + 5 }), testMessage(4, { sent_at: 2 * DAY }),
      ],
      day,
    );
    expect(lines.map((line) => line.day)).toEqual([DAY, null, null, null, 2 * DAY]);
    expect(lines[4]?.first).toBe(true);
  });

  it('puts the user left, the system in the middle and every other word right', () => {
    const text = { type: 'text', text: '' } as const;
    expect(sideOf({ sender: 'user', content: text })).toBe('left');
    expect(sideOf({ sender: 'system', content: text })).toBe('centre');
    expect(sideOf({ sender: 'robot', content: { type: 'system', event: 'x', from_seat: null, to_seat: null } })).toBe('centre');
    for (const sender of ['robot', 'agent', 'chatbot', 'SUPERVISOR', null]) {
      expect(sideOf({ sender, content: text })).toBe('right');
    }
  });

  it('quotes every kind of content in a line', () => {
    expect(gist({ type: 'media', media: 'file', name: 'a.pdf', host: null })).toBe('a.pdf');
    expect(gist({ type: 'chosen', choice: { id: null, title: 'Friday' } })).toBe('Friday');
    expect(gist({ type: 'cards', cards: [{ title: 'A', subtitle: null, buttons: [] }, { title: 'B', subtitle: null, buttons: [] }] })).toBe('A · B');
  });
});
