-- Takes everything of this step back.

DROP INDEX organisation_kind;
DROP TABLE feed_thing;
