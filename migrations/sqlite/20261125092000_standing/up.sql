-- Standing searches: a saved need without anything personal, and what its feed has told.
--
-- Of a feed's address only the hash is kept. A line of the feed stays once it was told;
-- `told` is what was told last of an organisation, so that the same is not told again.

CREATE TABLE standing_search (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    token_id BIGINT NOT NULL REFERENCES token (id),
    need TEXT NOT NULL CHECK (need <> ''),
    position BIGINT NOT NULL CHECK (position >= 0),
    created_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
CREATE INDEX standing_search_token ON standing_search (token_id);

CREATE TABLE standing_entry (
    id INTEGER PRIMARY KEY,
    search_id BIGINT NOT NULL REFERENCES standing_search (id),
    number BIGINT NOT NULL CHECK (number >= 1),
    organisation TEXT NOT NULL CHECK (organisation <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    why TEXT NOT NULL CHECK (why <> ''),
    told TEXT NOT NULL CHECK (length(told) = 64),
    change BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    UNIQUE (search_id, number)
);
CREATE INDEX standing_entry_organisation ON standing_entry (search_id, organisation);
