import type { MessageRow, Query, RowDto, ShareDto, SpokenRow } from '../../bindings/types';
import { gist } from '../../store/transcript';
import { hitsIn, patternOf } from '../../store/find';
import type { Lists } from './answer';

const textOf = (message: MessageRow) => {
  const { content } = message;
  if (content.type === 'system') return '';
  const choices = content.type === 'list' ? content.sections.flatMap((section) => section.rows) : content.type === 'buttons' ? content.options : [];
  const buttons = content.type === 'template' ? content.buttons.map((button) => button.text) : [];
  return [gist(content), ...choices.map((choice) => choice.title), ...buttons].join(' ');
};

function messagesOf(lists: Lists): MessageRow[] {
  return (lists.get('messages') ?? []).flatMap((row) => (row.list === 'message' ? [row.row] : []));
}

/** A small likeness of the core's search: enough to look at its screen. */
export function spoken(lists: Lists, { scope, account, filter }: Query): SpokenRow[] {
  const all = messagesOf(lists).filter((row) => (scope === null || `${row.account}/${row.session_id}` === scope) && (account === null || row.account === account));
  const texts = all.map(textOf);
  const rows = (scope === null ? having(texts, filter) : hitsIn(texts, filter).at).map((at) => rowOf(lists, all[at] as MessageRow, texts[at] as string, filter));
  return scope === null ? rows.sort((a, b) => (b.at ?? 0) - (a.at ?? 0)) : rows;
}

function having(texts: string[], typed: string): number[] {
  const words = typed.split(/\s+/).map((word) => patternOf(word, false)).filter((word) => word !== null);
  if (words.length === 0) return [];
  return texts.flatMap((text, at) => (words.every((word) => text.search(word) >= 0) ? [at] : []));
}

function rowOf(lists: Lists, message: MessageRow, whole: string, typed: string): SpokenRow {
  const record = `${message.account}/${message.session_id}`;
  const session = lists.get('sessions')?.find((row) => row.row.id === record);
  const pattern = patternOf(typed, true);
  const start = Math.max(0, (pattern ? whole.search(pattern) : 0) - 40);
  const text = whole.slice(start, start + 240);
  const marks = pattern ? [...text.matchAll(pattern)].map((found) => ({ from: found.index, to: found.index + found[0].length })) : [];
  const of = session?.list === 'session' ? session.row : null;
  return {
    id: `session/${record}#${message.position}`, account: message.account, kind: 'session', record, position: message.position,
    workflow: of?.workflow_id ? `${message.account}/${of.workflow_id}` : null, workflow_name: of?.workflow_name ?? null,
    callee: of?.callee ?? null, at: message.sent_at, sender: message.sender, text, cut_before: start > 0, cut_after: start + 240 < whole.length, marks,
  };
}

export function spokenRows(lists: Lists, query: Query): RowDto[] {
  return spoken(lists, query).map((row) => ({ list: 'spoken', row }));
}

export function spokenFacets(lists: Lists, { scope, account, filter }: Query, indexing: boolean): ShareDto[] {
  if (scope === null) return indexing ? [{ label: 'looked', count: 12_500 }, { label: 'of', count: 48_000 }] : [];
  const texts = messagesOf(lists).filter((row) => `${row.account}/${row.session_id}` === scope && (account === null || row.account === account)).map(textOf);
  return hitsIn(texts, filter).byWords ? [{ label: 'words', count: 1 }] : [];
}
