-- How what employers said is kept up: links by which they answer without an account,
-- what brokers report as not what they found, and what stewards put aside.
--
-- Of a link only the hash is kept. A record that was reported since somebody stood by it
-- is doubted from that day; the next confirmation or version ends the doubt.

ALTER TABLE entry ADD COLUMN doubted_on DATE;

CREATE TABLE upkeep_link (
    id INTEGER PRIMARY KEY,
    posture_id BIGINT NOT NULL REFERENCES posture (id),
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    actor TEXT NOT NULL CHECK (actor <> ''),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    answer TEXT CHECK (answer IN ('confirmed', 'changed', 'withdrawn')),
    CHECK ((used_at IS NULL) = (answer IS NULL))
);
CREATE INDEX upkeep_link_posture ON upkeep_link (posture_id);

CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    entry_id BIGINT NOT NULL REFERENCES entry (id),
    token_id BIGINT NOT NULL REFERENCES token (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    at TIMESTAMP NOT NULL,
    resolved_at TIMESTAMP
);
CREATE UNIQUE INDEX report_open ON report (entry_id, token_id, reason) WHERE resolved_at IS NULL;
CREATE INDEX report_token ON report (token_id);

CREATE TABLE queue_dismissal (
    id INTEGER PRIMARY KEY,
    item TEXT NOT NULL CHECK (item <> ''),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    until DATE NOT NULL,
    actor TEXT NOT NULL CHECK (actor <> ''),
    at TIMESTAMP NOT NULL
);
CREATE INDEX queue_dismissal_item ON queue_dismissal (item);
