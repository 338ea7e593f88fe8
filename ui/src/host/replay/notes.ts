import type { NoteChange, NoteRow } from '../../bindings/types';

let next = 1;

export function changedNotes(notes: NoteRow[], change: NoteChange, now: number): NoteRow[] {
  switch (change.kind) {
    case 'add':
      return [...notes, { id: next++, at_ms: change.at_ms, text: change.text, masked: false, created_at: now, edited_at: null }].sort((a, b) => a.at_ms - b.at_ms);
    case 'edit':
      return notes.map((note) => (note.id === change.id ? { ...note, text: change.text, edited_at: now } : note));
    case 'remove':
      return notes.filter((note) => note.id !== change.id);
  }
}
