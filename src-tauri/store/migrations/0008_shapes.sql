-- What the records of each source are made of, as far as they came: `shape` is our JSON.
CREATE TABLE shapes (
    account INTEGER NOT NULL,
    key     TEXT NOT NULL,
    shape   TEXT NOT NULL,
    PRIMARY KEY (account, key)
) STRICT, WITHOUT ROWID;

-- How they came to differ, each once. differs 0: a new field; 1: one that all had is lacking; 2: a value
-- of another type. `was` and `now` are words for types.
CREATE TABLE shape_changes (
    account INTEGER NOT NULL,
    key     TEXT NOT NULL,
    field   TEXT NOT NULL,
    differs INTEGER NOT NULL,
    was     TEXT NOT NULL,
    now     TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (account, key, field, differs)
) STRICT, WITHOUT ROWID;
