-- Takes everything of this step back.

DROP TABLE outcode;
DROP TABLE organisation_merge;
DROP TABLE idempotency;
DROP TABLE audit;
DROP TABLE token;
DROP TABLE introduction;
DROP TABLE case_study;
DROP TABLE event;
DROP TABLE opening;
DROP TABLE posture;
DROP TABLE pledge_update;
DROP TABLE pledge;
DROP TABLE signature;
DROP TABLE organisation_recognition;
DROP TABLE organisation_contact;
DROP TABLE organisation_site;
DROP TABLE organisation_identifier;
DROP TABLE organisation_alias;
DROP TABLE organisation;
DROP TABLE entry_value;
DROP TABLE entry_version;
DROP TABLE entry;
ALTER TABLE change_log DROP COLUMN audience;
