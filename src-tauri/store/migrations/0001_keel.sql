-- The store's data dictionary.
--
-- Conventions of every table:
--   account   the number of an account in `accounts`; it leads every key
--   workflow  the number of a workflow in `workflow_keys`, so that an index entry costs two bytes
--             instead of a 32-digit id; NULL where the record names no workflow
--   *_at      milliseconds since 1970 in UTC; NULL: not reported
--   hash      xxh3 of the record as it was last received (without `as_of`): an equal one is skipped
--   source    0 api, 1 webhook, 2 file: where the last written record came from
--   as_of     when the record was true
--   phase     our reading of `status`, in the order of need of attention: 0 failed, 1 stopping,
--             2 running, 3 paused, 4 unknown, 5 pending, 6 stopped, 7 finished
--   rest      a codec byte, then (compressed) a line of JSON with what only an opened record shows,
--             a newline, and the vendor's own JSON of the record (of a call: with control
--             characters in place of ids and names that stand in its columns)
-- A NULL is "not reported" and never 0.

-- One key pair at one base URL.
CREATE TABLE accounts (
    n        INTEGER PRIMARY KEY,
    account  TEXT NOT NULL UNIQUE,
    name     TEXT,
    base_url TEXT
) STRICT;

-- Every workflow id that any record named, whether or not the workflow itself was reported.
CREATE TABLE workflow_keys (
    n       INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts,
    id      TEXT NOT NULL,
    UNIQUE (account, id)
) STRICT;

CREATE TABLE workflows (
    n             INTEGER PRIMARY KEY,
    account       INTEGER NOT NULL,
    id            TEXT NOT NULL,
    workflow      INTEGER,
    hash          INTEGER NOT NULL,
    source        INTEGER NOT NULL,
    as_of         INTEGER NOT NULL,
    name          TEXT,
    template      TEXT,
    template_name TEXT,
    status        TEXT,
    phase         INTEGER,
    created_at    INTEGER,
    started_at    INTEGER,
    ended_at      INTEGER,
    total         INTEGER,
    finished      INTEGER,
    rest          BLOB NOT NULL,
    UNIQUE (account, id)
) STRICT;
CREATE UNIQUE INDEX workflows_key ON workflows (workflow);

-- The steps of a workflow as it runs.
CREATE TABLE nodes (
    n          INTEGER PRIMARY KEY,
    account    INTEGER NOT NULL,
    id         TEXT NOT NULL,
    workflow   INTEGER,
    hash       INTEGER NOT NULL,
    source     INTEGER NOT NULL,
    as_of      INTEGER NOT NULL,
    name       TEXT,
    node_type  TEXT,
    task       TEXT,
    status     TEXT,
    phase      INTEGER,
    started_at INTEGER,
    ended_at   INTEGER,
    total      INTEGER,
    finished   INTEGER,
    rest       BLOB NOT NULL,
    -- Place in the vendor's order; kept apart from the content, see writer::nodes.
    position   INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, id)
) STRICT;
CREATE INDEX nodes_workflow ON nodes (workflow, position);

-- One node's dialling of a list.
CREATE TABLE tasks (
    n          INTEGER PRIMARY KEY,
    account    INTEGER NOT NULL,
    id         TEXT NOT NULL,
    workflow   INTEGER,
    hash       INTEGER NOT NULL,
    source     INTEGER NOT NULL,
    as_of      INTEGER NOT NULL,
    name       TEXT,
    node       TEXT,
    node_name  TEXT,
    status     TEXT,
    phase      INTEGER,
    total      INTEGER,
    finished   INTEGER,
    connected  INTEGER,
    started_at INTEGER,
    ended_at   INTEGER,
    rest       BLOB NOT NULL,
    UNIQUE (account, id)
) STRICT;
CREATE INDEX tasks_workflow ON tasks (workflow);

-- Where a call belongs: the same few combinations stand in all calls of a workflow.
CREATE TABLE places (
    n             INTEGER PRIMARY KEY,
    account       INTEGER NOT NULL,
    workflow_name TEXT,
    node          TEXT,
    node_name     TEXT,
    task          TEXT,
    task_name     TEXT
) STRICT;
CREATE INDEX places_task ON places (account, task, node);

-- Attempts to reach a number. The columns are what a list shows, filters or sorts by.
CREATE TABLE calls (
    n            INTEGER PRIMARY KEY,
    account      INTEGER NOT NULL,
    id           TEXT NOT NULL,
    workflow     INTEGER,
    place        INTEGER NOT NULL,
    hash         INTEGER NOT NULL,
    source       INTEGER NOT NULL,
    callee       TEXT,
    case_id      TEXT,
    result       TEXT,
    connected    INTEGER,
    hangup       TEXT,
    round        INTEGER,
    called_at    INTEGER,
    answered_at  INTEGER,
    ended_at     INTEGER,
    talk_ms      INTEGER,
    turns        INTEGER,
    intention    TEXT,
    -- Bit 0: times came without an offset. Bit 1: there is a link to a recording (it is in `rest`).
    flags        INTEGER NOT NULL,
    rest         BLOB NOT NULL,
    UNIQUE (account, id)
) STRICT;
-- All calls, newest first; the account makes the index answer an account's list too.
CREATE INDEX calls_newest ON calls (called_at, account);
-- One index for each sort of a workflow's list: pages of a workflow land side by side in them.
CREATE INDEX calls_by_time ON calls (workflow, called_at);
CREATE INDEX calls_by_talk ON calls (workflow, talk_ms);
CREATE INDEX calls_by_round ON calls (workflow, round);
CREATE INDEX calls_by_result ON calls (workflow, result);
CREATE INDEX calls_by_intention ON calls (workflow, intention);
-- Calls that started and have no end yet: few at any time.
CREATE INDEX calls_running ON calls (workflow) WHERE called_at IS NOT NULL AND ended_at IS NULL;

-- The figures of a workflow's calls, kept in the transaction that changes the calls.
CREATE TABLE tallies (
    workflow           INTEGER PRIMARY KEY,
    calls              INTEGER NOT NULL DEFAULT 0,
    connected_calls    INTEGER NOT NULL DEFAULT 0,
    -- Connected calls that talked for less than 10 s.
    short_calls        INTEGER NOT NULL DEFAULT 0,
    talk_ms            INTEGER NOT NULL DEFAULT 0,
    -- Distinct numbers, and those of them with at least one connected call.
    dialled            INTEGER NOT NULL DEFAULT 0,
    reached            INTEGER NOT NULL DEFAULT 0,
    -- Calls that said whether they connected, and how long they talked.
    connected_reported INTEGER NOT NULL DEFAULT 0,
    talk_reported      INTEGER NOT NULL DEFAULT 0,
    last_call_at       INTEGER,
    sessions           INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Distributions of a workflow. kind 0: intention of a reached number's latest connected call,
-- counted per number; kind 1: hang-up code as written, counted per call.
CREATE TABLE tally_shares (
    workflow INTEGER NOT NULL,
    kind     INTEGER NOT NULL,
    label    TEXT NOT NULL,
    count    INTEGER NOT NULL,
    PRIMARY KEY (workflow, kind, label)
) STRICT, WITHOUT ROWID;

-- One row per number dialled in a workflow: what the tallies of numbers are made of.
CREATE TABLE numbers (
    workflow          INTEGER NOT NULL,
    callee            TEXT NOT NULL,
    attempts          INTEGER NOT NULL,
    connected         INTEGER NOT NULL,
    -- Start and row of the latest connected call (a call without a start counts as the earliest).
    last_connected_at INTEGER,
    last_call         INTEGER,
    intention         TEXT,
    PRIMARY KEY (workflow, callee)
) STRICT, WITHOUT ROWID;

-- Chatbot conversations.
CREATE TABLE sessions (
    n             INTEGER PRIMARY KEY,
    account       INTEGER NOT NULL,
    id            TEXT NOT NULL,
    workflow      INTEGER,
    hash          INTEGER NOT NULL,
    source        INTEGER NOT NULL,
    as_of         INTEGER NOT NULL,
    workflow_name TEXT,
    node          TEXT,
    node_name     TEXT,
    waba_task     TEXT,
    entry         TEXT,
    channel       TEXT,
    channel_id    TEXT,
    callee        TEXT,
    robot         TEXT,
    status        TEXT,
    started_at    INTEGER,
    ended_at      INTEGER,
    end_reason    TEXT,
    intention     TEXT,
    talk_round    INTEGER,
    -- 0 no webhook, 1 unsigned, 2 signed and not checked
    signature     INTEGER,
    rest          BLOB NOT NULL,
    UNIQUE (account, id)
) STRICT;
CREATE INDEX sessions_newest ON sessions (started_at, account);
CREATE INDEX sessions_by_start ON sessions (workflow, started_at);
CREATE INDEX sessions_by_rounds ON sessions (workflow, talk_round);
CREATE INDEX sessions_by_reason ON sessions (workflow, end_reason);

-- Sessions of which messages were reported, if only an empty array: no row is "not reported".
CREATE TABLE transcripts (
    account  INTEGER NOT NULL,
    session  TEXT NOT NULL,
    messages INTEGER NOT NULL,
    PRIMARY KEY (account, session)
) STRICT, WITHOUT ROWID;

-- Messages in the vendor's order (`position` from 0, oldest first). `rest`: the message as our JSON,
-- a newline, the vendor's JSON.
CREATE TABLE messages (
    n        INTEGER PRIMARY KEY,
    account  INTEGER NOT NULL,
    session  TEXT NOT NULL,
    position INTEGER NOT NULL,
    hash     INTEGER NOT NULL,
    rest     BLOB NOT NULL,
    UNIQUE (account, session, position)
) STRICT;

-- Batches of WhatsApp template messages, with the vendor's own counts.
CREATE TABLE waba_tasks (
    n             INTEGER PRIMARY KEY,
    account       INTEGER NOT NULL,
    id            TEXT NOT NULL,
    workflow      INTEGER,
    hash          INTEGER NOT NULL,
    source        INTEGER NOT NULL,
    as_of         INTEGER NOT NULL,
    node          TEXT,
    node_name     TEXT,
    template_name TEXT,
    template_id   TEXT,
    status        TEXT,
    phase         INTEGER,
    total         INTEGER,
    sent          INTEGER,
    delivered     INTEGER,
    read          INTEGER,
    replied       INTEGER,
    failed        INTEGER,
    rest          BLOB NOT NULL,
    UNIQUE (account, id)
) STRICT;
CREATE INDEX waba_tasks_workflow ON waba_tasks (workflow);

-- One template message to one number.
CREATE TABLE waba_messages (
    n              INTEGER PRIMARY KEY,
    account        INTEGER NOT NULL,
    id             TEXT NOT NULL,
    workflow       INTEGER,
    hash           INTEGER NOT NULL,
    source         INTEGER NOT NULL,
    as_of          INTEGER NOT NULL,
    task           TEXT NOT NULL,
    entry          TEXT,
    callee         TEXT,
    case_id        TEXT,
    status         TEXT,
    failure_code   TEXT,
    failure_reason TEXT,
    sent_at        INTEGER,
    delivered_at   INTEGER,
    read_at        INTEGER,
    rest           BLOB NOT NULL,
    UNIQUE (account, id)
) STRICT;
CREATE INDEX waba_messages_newest ON waba_messages (sent_at, account);
CREATE INDEX waba_messages_by_time ON waba_messages (workflow, sent_at);

-- A workflow's history as we saw it. kind 0: first seen; 1: workflow status; 2: node status.
CREATE TABLE timeline (
    n          INTEGER PRIMARY KEY,
    workflow   INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    source     INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    node       TEXT,
    from_word  TEXT,
    from_phase INTEGER,
    to_word    TEXT,
    to_phase   INTEGER
) STRICT;
CREATE INDEX timeline_workflow ON timeline (workflow, at);

-- How far each source was read.
CREATE TABLE marks (
    account     INTEGER NOT NULL,
    key         TEXT NOT NULL,
    scope       TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    fingerprint INTEGER NOT NULL,
    total       INTEGER,
    complete    INTEGER NOT NULL,
    PRIMARY KEY (account, key, scope)
) STRICT, WITHOUT ROWID;

-- The journal: append-only. verb 0 stop_workflow, 1 cancel_rest; outcome 0 requested, 1 accepted,
-- 2 refused, 3 failed, 4 unknown.
CREATE TABLE actions (
    n             INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    account       INTEGER NOT NULL,
    workflow      INTEGER NOT NULL,
    verb          INTEGER NOT NULL,
    workflow_name TEXT,
    callee        TEXT,
    case_id       TEXT,
    reason        TEXT NOT NULL,
    by            TEXT NOT NULL,
    requested_at  INTEGER NOT NULL,
    status_before TEXT,
    outcome       INTEGER NOT NULL,
    outcome_at    INTEGER,
    detail        TEXT,
    seen_at       INTEGER,
    status_seen   TEXT,
    calls_since   INTEGER
) STRICT;
CREATE INDEX actions_workflow ON actions (workflow, requested_at);
CREATE INDEX actions_newest ON actions (requested_at);
CREATE INDEX actions_open ON actions (account) WHERE outcome IN (0, 1, 4) AND seen_at IS NULL;

CREATE TRIGGER actions_keep_what_was_asked BEFORE UPDATE ON actions
WHEN OLD.id IS NOT NEW.id OR OLD.account IS NOT NEW.account OR OLD.workflow IS NOT NEW.workflow
  OR OLD.verb IS NOT NEW.verb OR OLD.workflow_name IS NOT NEW.workflow_name
  OR OLD.callee IS NOT NEW.callee OR OLD.case_id IS NOT NEW.case_id
  OR OLD.reason IS NOT NEW.reason OR OLD.by IS NOT NEW.by
  OR OLD.requested_at IS NOT NEW.requested_at OR OLD.status_before IS NOT NEW.status_before
  OR (OLD.outcome <> 0 AND (OLD.outcome IS NOT NEW.outcome OR OLD.outcome_at IS NOT NEW.outcome_at
      OR OLD.detail IS NOT NEW.detail))
  OR (OLD.seen_at IS NOT NULL AND (OLD.seen_at IS NOT NEW.seen_at
      OR OLD.status_seen IS NOT NEW.status_seen))
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER actions_stay BEFORE DELETE ON actions
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

-- Bodies of webhooks and imported files, kept before anybody is told that they arrived.
-- state 0: received; 1: drained (`kind` says as what, `error` why it could not be read).
CREATE TABLE inbox (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    account   INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    source    INTEGER NOT NULL,
    path      TEXT NOT NULL,
    signature TEXT,
    -- xxh3 of the body: finds a second delivery, which is then compared byte by byte.
    hash      INTEGER NOT NULL,
    body      BLOB NOT NULL,
    state     INTEGER NOT NULL DEFAULT 0,
    kind      TEXT,
    error     TEXT
) STRICT;
CREATE INDEX inbox_hash ON inbox (account, hash);
CREATE INDEX inbox_pending ON inbox (id) WHERE state = 0;
CREATE INDEX inbox_unreadable ON inbox (id) WHERE error IS NOT NULL;

-- Keys of what changed, in the order of the commits. kind: 0 workflows, 1 nodes, 2 tasks, 3 calls,
-- 4 sessions, 5 messages, 6 waba_tasks, 7 waba, 8 actions, 9 accounts. op: 0 upsert, 1 remove.
-- Readers read the row itself; a row here carries no content, so it cannot be stale.
CREATE TABLE changes (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    id      TEXT NOT NULL,
    op      INTEGER NOT NULL
) STRICT;
