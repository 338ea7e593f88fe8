-- An action is about more than workflows. `kind` says what `subject`, the vendor's id, names: 0 a workflow,
-- 1 a calling task, 2 a plan, 3 a task of the predictive dialer, 4 a session. `workflow` is the one in
-- whose timeline the action stands, NULL where there is none. verb 2 cancel_task, 3 cancel_plan,
-- 4 cancel_task_rest, 5 cancel_plan_rest, 6 cancel_contact, 7 end_session, 8 cancel_leads_call.
CREATE TABLE actions_of_all (
    n             INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    account       INTEGER NOT NULL,
    workflow      INTEGER,
    kind          INTEGER NOT NULL,
    subject       TEXT NOT NULL,
    verb          INTEGER NOT NULL,
    name          TEXT,
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
    calls_since   INTEGER,
    how           INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO actions_of_all
SELECT x.n, x.id, x.account, x.workflow, 0, k.id, x.verb, x.workflow_name, x.callee, x.case_id,
    x.reason, x.by, x.requested_at, x.status_before, x.outcome, x.outcome_at, x.detail, x.seen_at,
    x.status_seen, x.calls_since, x.how
FROM actions x JOIN workflow_keys k ON k.n = x.workflow;

DROP TABLE actions;
ALTER TABLE actions_of_all RENAME TO actions;

CREATE INDEX actions_workflow ON actions (workflow, requested_at);
CREATE INDEX actions_newest ON actions (requested_at);
CREATE INDEX actions_subject ON actions (account, kind, subject, requested_at);
CREATE INDEX actions_open ON actions (account) WHERE outcome IN (0, 1, 4, 5) AND seen_at IS NULL;
-- One trial per account and verb; one of which nothing was sent (outcome 3) is none.
CREATE UNIQUE INDEX actions_one_trial ON actions (account, verb) WHERE how = 1 AND outcome <> 3;

CREATE TRIGGER actions_keep_what_was_asked BEFORE UPDATE ON actions
WHEN OLD.n IS NOT NEW.n OR OLD.id IS NOT NEW.id OR OLD.account IS NOT NEW.account
  OR OLD.workflow IS NOT NEW.workflow OR OLD.kind IS NOT NEW.kind OR OLD.subject IS NOT NEW.subject
  OR OLD.verb IS NOT NEW.verb OR OLD.name IS NOT NEW.name
  OR OLD.callee IS NOT NEW.callee OR OLD.case_id IS NOT NEW.case_id
  OR OLD.reason IS NOT NEW.reason OR OLD.by IS NOT NEW.by OR OLD.how IS NOT NEW.how
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
