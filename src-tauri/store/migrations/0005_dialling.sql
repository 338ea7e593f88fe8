-- Calling tasks, dialing plans and their rounds: what is dialled outside workflows. `workflow` is NULL
-- in all of them; they have the columns of every small kind of record.
--   lines    business lines as the vendor writes them, a line each; NULL where it does not say
--   line_set what we read in `lines`: 1 collection, 2 telemarketing, 4 info check, 8 another word

CREATE TABLE calling_tasks (
    n          INTEGER PRIMARY KEY,
    account    INTEGER NOT NULL,
    id         TEXT NOT NULL,
    workflow   INTEGER,
    hash       INTEGER NOT NULL,
    source     INTEGER NOT NULL,
    as_of      INTEGER NOT NULL,
    name       TEXT,
    lines      TEXT,
    line_set   INTEGER,
    plan       TEXT,
    status     TEXT,
    phase      INTEGER,
    total      INTEGER,
    finished   INTEGER,
    connected  INTEGER,
    created_at INTEGER,
    started_at INTEGER,
    ended_at   INTEGER,
    rest       BLOB NOT NULL,
    UNIQUE (account, id)
) STRICT;

CREATE TABLE plans (
    n          INTEGER PRIMARY KEY,
    account    INTEGER NOT NULL,
    id         TEXT NOT NULL,
    workflow   INTEGER,
    hash       INTEGER NOT NULL,
    source     INTEGER NOT NULL,
    as_of      INTEGER NOT NULL,
    name       TEXT,
    lines      TEXT,
    line_set   INTEGER,
    strategy   TEXT,
    status     TEXT,
    phase      INTEGER,
    total      INTEGER,
    finished   INTEGER,
    created_at INTEGER,
    started_at INTEGER,
    ended_at   INTEGER,
    rest       BLOB NOT NULL,
    UNIQUE (account, id)
) STRICT;

-- `id` is ours: the plan's id and the round's number.
CREATE TABLE rounds (
    n          INTEGER PRIMARY KEY,
    account    INTEGER NOT NULL,
    id         TEXT NOT NULL,
    workflow   INTEGER,
    hash       INTEGER NOT NULL,
    source     INTEGER NOT NULL,
    as_of      INTEGER NOT NULL,
    plan       TEXT NOT NULL,
    number     INTEGER NOT NULL,
    task       TEXT,
    status     TEXT,
    phase      INTEGER,
    dialled    INTEGER,
    reached    INTEGER,
    started_at INTEGER,
    ended_at   INTEGER,
    rest       BLOB NOT NULL,
    UNIQUE (account, id)
) STRICT;
CREATE INDEX rounds_plan ON rounds (account, plan, number);

-- The calls of a calling task, newest first. Those of workflows have indexes of their own.
CREATE INDEX calls_by_place ON calls (place, called_at) WHERE workflow IS NULL;
