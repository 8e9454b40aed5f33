-- Takes everything of this step back.

DROP TABLE queue_dismissal;
DROP TABLE report;
DROP TABLE upkeep_link;
ALTER TABLE entry DROP COLUMN doubted_on;
