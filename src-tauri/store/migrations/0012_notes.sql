-- What a person wrote down while listening: never the vendor's, and not announced in `changes`.
--   call          the vendor's id of the call; the note stays where the call is not stored any more
--   at_ms         from the start of the recording
--   edited_at     when its text was last changed
CREATE TABLE notes (
    n          INTEGER PRIMARY KEY,
    account    INTEGER NOT NULL,
    call       TEXT NOT NULL,
    at_ms      INTEGER NOT NULL,
    text       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    edited_at  INTEGER
) STRICT;
CREATE INDEX notes_of_call ON notes (account, call, at_ms);
