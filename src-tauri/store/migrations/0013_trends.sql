-- What a workflow's figures were: the last known of each minute in which they changed. Sums, not shares,
-- so every figure can be formed as it is formed from `tallies`. Old minutes are thinned and then thrown
-- away (store::writer::trends).
--   at                 beginning of the minute
--   total, finished    as the vendor said (NULL: not reported); the others as in `tallies`
CREATE TABLE trends (
    workflow           INTEGER NOT NULL,
    at                 INTEGER NOT NULL,
    total              INTEGER,
    finished           INTEGER,
    calls              INTEGER NOT NULL,
    connected_calls    INTEGER NOT NULL,
    short_calls        INTEGER NOT NULL,
    talk_ms            INTEGER NOT NULL,
    dialled            INTEGER NOT NULL,
    reached            INTEGER NOT NULL,
    connected_reported INTEGER NOT NULL,
    talk_reported      INTEGER NOT NULL,
    sessions           INTEGER NOT NULL,
    PRIMARY KEY (workflow, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX trends_by_age ON trends (at);

-- Stretches in which the account was asked and answered: between them nothing is known, and a curve has
-- a gap there.
CREATE TABLE answered (
    account INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    PRIMARY KEY (account, since)
) STRICT, WITHOUT ROWID;
