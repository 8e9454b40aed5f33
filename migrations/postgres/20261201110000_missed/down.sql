-- Takes everything of this step back.

DROP TABLE missed_question;
DROP TABLE missed_key;
