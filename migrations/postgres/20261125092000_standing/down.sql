-- Takes everything of this step back.

DROP TABLE standing_entry;
DROP TABLE standing_search;
