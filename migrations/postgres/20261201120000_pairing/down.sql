-- Takes everything of this step back.

DROP TABLE pairing_version;
DROP TABLE pairing_plan;
