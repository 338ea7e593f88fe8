-- How an action was carried out: 0 sent on a confirmed path, 1 sent as a trial of one that nobody
-- confirmed, 2 done by a person in the vendor's console. Outcome 5 (outside) belongs to the last.
ALTER TABLE actions ADD COLUMN how INTEGER NOT NULL DEFAULT 0;

-- One trial per account and verb; one of which nothing was sent (outcome 3) is none.
CREATE UNIQUE INDEX actions_one_trial ON actions (account, verb) WHERE how = 1 AND outcome <> 3;

DROP INDEX actions_open;
CREATE INDEX actions_open ON actions (account) WHERE outcome IN (0, 1, 4, 5) AND seen_at IS NULL;

CREATE TRIGGER actions_keep_how BEFORE UPDATE ON actions WHEN OLD.how IS NOT NEW.how
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
