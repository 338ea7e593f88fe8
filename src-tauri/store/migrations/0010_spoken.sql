-- What was said, by its words: messages of conversations and the dialogues of calls.
--   n   of a message twice its row in `messages`, of a call twice its row in `calls` and one more
--   at  when it was said; where nobody told, when the session's record was true or the call began
CREATE TABLE spoken (
    n       INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    at      INTEGER NOT NULL
) STRICT;

-- Row by row with `spoken`. The words are stored as domain::search takes a text apart; the text itself
-- is where it was. What parts two words here is the space alone.
CREATE VIRTUAL TABLE spoken_words USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* S* P* Co'"
);

CREATE TRIGGER spoken_with_message AFTER DELETE ON messages
BEGIN
    DELETE FROM spoken WHERE n = OLD.n * 2;
END;
CREATE TRIGGER spoken_with_call AFTER DELETE ON calls
BEGIN
    DELETE FROM spoken WHERE n = OLD.n * 2 + 1;
END;
CREATE TRIGGER spoken_words_with_spoken AFTER DELETE ON spoken
BEGIN
    DELETE FROM spoken_words WHERE rowid = OLD.n;
END;

-- What was stored before there was an index: rows of `messages` (0) and `calls` (1) above `done` up to
-- `last` are still to be looked through.
CREATE TABLE spoken_due (
    kind   INTEGER PRIMARY KEY,
    done   INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    -- Rows looked through, of how many.
    looked INTEGER NOT NULL,
    total  INTEGER NOT NULL
) STRICT;
INSERT INTO spoken_due SELECT 0, 0, coalesce(max(n), 0), 0, count(*) FROM messages;
INSERT INTO spoken_due SELECT 1, 0, coalesce(max(n), 0), 0, count(*) FROM calls;
