-- Calls that ended by *do not call*: few, and looked for every minute.
CREATE INDEX calls_opted_out ON calls (account, called_at) WHERE hangup = '20';
