-- changes.kind 10: events (the id is inbox.id).

-- Events: what became of each received body, and messages that come one by one.

-- inbox.state 0: received; 1: merged; 2: quarantined (its signature does not match: never merged);
-- 3: kept (of a known or unknown kind, nothing in it could be merged); 4: unreadable (no JSON object,
-- or encrypted and not opened). `error` says why for 2, 3 and 4.
UPDATE inbox SET state = CASE WHEN error IS NULL THEN 1 WHEN kind = 'unreadable' THEN 4 ELSE 3 END
WHERE state = 1;
-- What is known of the signature: as in sessions, and 3 matched, 4 not matched.
ALTER TABLE inbox ADD COLUMN verdict INTEGER NOT NULL DEFAULT 0;
-- 1: a body whose signature does not match may not be merged.
ALTER TABLE inbox ADD COLUMN enforced INTEGER NOT NULL DEFAULT 0;
-- Why an encrypted body could not be opened; `body` is then as received.
ALTER TABLE inbox ADD COLUMN sealed TEXT;
-- The length of the body as received.
ALTER TABLE inbox ADD COLUMN size INTEGER NOT NULL DEFAULT 0;

DROP INDEX inbox_unreadable;
CREATE INDEX inbox_newest ON inbox (account, id);
CREATE INDEX inbox_by_kind ON inbox (account, kind, id);
CREATE INDEX inbox_apart ON inbox (account, state, id) WHERE state IN (2, 4);

-- Received events of each kind, for as long as the store exists: bodies are pruned, these are not.
CREATE TABLE event_tallies (
    account     INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    received    INTEGER NOT NULL DEFAULT 0,
    quarantined INTEGER NOT NULL DEFAULT 0,
    unreadable  INTEGER NOT NULL DEFAULT 0,
    last_at     INTEGER,
    PRIMARY KEY (account, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO event_tallies (account, kind, received, unreadable, last_at)
SELECT account, kind, count(*), sum(state = 4), max(at) FROM inbox
WHERE kind IS NOT NULL GROUP BY account, kind;

-- Signatures that were compared since the algorithm was chosen.
CREATE TABLE signature_tallies (
    account    INTEGER PRIMARY KEY,
    matched    INTEGER NOT NULL DEFAULT 0,
    mismatched INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Made anew with every store, so that a cursor into another one is recognised.
CREATE TABLE identity (
    id TEXT NOT NULL
) STRICT;
INSERT INTO identity (id) VALUES (lower(hex(randomblob(8))));

-- How far each relay was pulled.
CREATE TABLE relay_cursors (
    account INTEGER NOT NULL,
    relay   TEXT NOT NULL,
    cursor  TEXT NOT NULL,
    PRIMARY KEY (account, relay)
) STRICT, WITHOUT ROWID;

-- Files of a watched folder that were taken in, by content.
CREATE TABLE files_taken (
    account INTEGER NOT NULL,
    hash    INTEGER NOT NULL,
    size    INTEGER NOT NULL,
    PRIMARY KEY (account, hash, size)
) STRICT, WITHOUT ROWID;

-- When the message was so, and when its status was told.
ALTER TABLE messages ADD COLUMN as_of INTEGER;
ALTER TABLE messages ADD COLUMN status_at INTEGER;
-- Of a message that no array placed in the conversation: its event's time, and its place in the event.
ALTER TABLE messages ADD COLUMN said_at INTEGER;
ALTER TABLE messages ADD COLUMN place INTEGER;

-- Statuses of messages that have not come yet.
CREATE TABLE ticks (
    account INTEGER NOT NULL,
    session TEXT NOT NULL,
    message TEXT NOT NULL,
    status  TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (account, session, message)
) STRICT, WITHOUT ROWID;
