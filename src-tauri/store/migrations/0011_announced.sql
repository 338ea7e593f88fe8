-- When the desktop was told of a warning; once, as long as it is the same one. Those that were there
-- before count as told: they stood on the screen.
ALTER TABLE alerts ADD COLUMN announced_at INTEGER;
UPDATE alerts SET announced_at = begun_at;
