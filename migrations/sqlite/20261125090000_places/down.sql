-- Takes everything of this step back.

DROP TABLE place_entry;
