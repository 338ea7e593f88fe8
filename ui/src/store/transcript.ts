import type { ContentDto, MessageRow } from '../bindings/types';

export type Side = 'left' | 'right' | 'centre';

export interface Line {
  message: MessageRow;
  side: Side;
  /** The first of a run of one sender: it says who speaks. */
  first: boolean;
  last: boolean;
  /** A day begins above this message: its time. */
  day: number | null;
}

/** The user stands left, who answers for the company right, the system in the middle. */
export function sideOf(message: Pick<MessageRow, 'sender' | 'content'>): Side {
  if (message.sender === 'system' || message.content.type === 'system') return 'centre';
  return message.sender === 'user' ? 'left' : 'right';
}

/** Lays messages out in the order given. An odd time opens no day: it is not to be trusted. */
export function linesOf(messages: readonly MessageRow[], dayOf: (at: number) => string): Line[] {
  let today: string | null = null;
  const lines = messages.map((message) => {
    const day = message.sent_at === null || message.odd_time ? today : dayOf(message.sent_at);
    const opens = day !== today;
    today = day;
    return { message, side: sideOf(message), first: true, last: true, day: opens ? message.sent_at : null };
  });
  lines.forEach((line, at) => {
    const before = lines[at - 1];
    if (!before || line.day !== null || !oneRun(before, line)) return;
    line.first = false;
    before.last = false;
  });
  return lines;
}

function oneRun(a: Line, b: Line): boolean {
  return a.side === b.side && a.message.sender === b.message.sender && a.message.seat === b.message.seat;
}

/** The words of a content in one line, for a quotation. */
export function gist(content: ContentDto): string {
  switch (content.type) {
    case 'text':
    case 'button':
      return content.text;
    case 'media':
      return content.name ?? content.media;
    case 'list':
    case 'buttons':
    case 'template':
      return content.body ?? '';
    case 'chosen':
      return content.choice.title;
    case 'cards':
      return content.cards.map((card) => card.title ?? '').join(' · ');
    case 'system':
      return content.event;
    case 'unknown':
      return content.json;
  }
}
