-- What became of a workflow's template messages is counted from this index alone, in its order.
CREATE INDEX waba_messages_by_outcome ON waba_messages
    (workflow, task, status, failure_code, failure_reason, sent_at, delivered_at, read_at);
