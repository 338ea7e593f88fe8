-- A pasted number or case is looked up over all workflows. A row that names neither costs nothing.
CREATE INDEX calls_by_callee ON calls (callee, called_at) WHERE callee IS NOT NULL;
CREATE INDEX calls_by_case ON calls (case_id, called_at) WHERE case_id IS NOT NULL;
CREATE INDEX sessions_by_callee ON sessions (callee, started_at) WHERE callee IS NOT NULL;
CREATE INDEX waba_messages_by_callee ON waba_messages (callee, sent_at) WHERE callee IS NOT NULL;
CREATE INDEX waba_messages_by_case ON waba_messages (case_id, sent_at) WHERE case_id IS NOT NULL;
