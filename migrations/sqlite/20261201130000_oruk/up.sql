-- Things of other people's Open Referral UK feeds, as the allow-list left them.
--
-- An organisation of a feed is a record of the register as well, and `organisation` is its
-- public name; a service belongs to one. What is no longer in its feed stays, with the day.

CREATE TABLE feed_thing (
    kind TEXT NOT NULL CHECK (kind IN ('organization', 'service', 'taxonomy', 'taxonomy_term')),
    id TEXT NOT NULL CHECK (length(id) = 36 AND id = lower(id)),
    feed TEXT NOT NULL CHECK (feed <> ''),
    organisation TEXT,
    document TEXT NOT NULL CHECK (document <> ''),
    said_on DATE,
    ended_on DATE,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (kind, id),
    CHECK ((organisation IS NOT NULL) = (kind IN ('organization', 'service')))
);
CREATE INDEX feed_thing_feed ON feed_thing (feed);

-- The feed of our own tells of organisations of one kind.
CREATE INDEX organisation_kind ON organisation (kind);
