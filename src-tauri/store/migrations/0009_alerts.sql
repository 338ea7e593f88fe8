-- changes.kind 14: alerts (the id is alerts.n).

-- Warnings, as long as they hold and for a while after. A rule and what it is about are the key: nothing
-- in it moves with the time, so what holds over a restart is the same row.
--   rule, kind    words of domain::alert; `subject` is the vendor's id, empty where it is the account
--   since         when what it warns of began
--   begun_at      when it was first judged to hold
--   last_seen_at  when it was last judged to hold, to the minute
--   evidence      our JSON: numbers by name
--   call          a call that shows it best
CREATE TABLE alerts (
    n             INTEGER PRIMARY KEY,
    account       INTEGER NOT NULL,
    rule          TEXT NOT NULL,
    kind          TEXT NOT NULL,
    subject       TEXT NOT NULL,
    since         INTEGER NOT NULL,
    begun_at      INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL,
    ended_at      INTEGER,
    snoozed_until INTEGER,
    evidence      TEXT NOT NULL,
    call          TEXT
) STRICT;
CREATE UNIQUE INDEX alerts_holding ON alerts (account, rule, kind, subject) WHERE ended_at IS NULL;
CREATE INDEX alerts_ended ON alerts (ended_at) WHERE ended_at IS NOT NULL;

-- What a person set: our JSON, one row.
CREATE TABLE alert_settings (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    settings TEXT NOT NULL
) STRICT;

-- What runs and what failed is looked for every few seconds.
CREATE INDEX workflows_by_phase ON workflows (phase, ended_at);
-- Conversations without an end: few at any time.
CREATE INDEX sessions_open ON sessions (started_at) WHERE ended_at IS NULL;
CREATE INDEX sessions_by_end ON sessions (ended_at, account) WHERE ended_at IS NOT NULL;
