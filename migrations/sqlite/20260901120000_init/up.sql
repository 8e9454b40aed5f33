-- The change log and the reference register.
--
-- The same tables as in the other folder. A `record` is the part that every
-- statement shares: where it stands, its date, its note, its sources and its
-- lists; the table named after its kind holds the rest under the same id, so
-- that removing the record removes everything said with it.

-- "PATH": marks the file as ours, so that a restore can refuse any other.
PRAGMA application_id = 1346458696;

CREATE TABLE database (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    identity TEXT NOT NULL CHECK (length(identity) = 32)
);
INSERT INTO database (id, identity) VALUES (1, lower(hex(randomblob(16))));

CREATE TABLE change_clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL CHECK (seq >= 0)
);
INSERT INTO change_clock (id, seq) VALUES (1, 0);

CREATE TABLE change_log (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    kind TEXT NOT NULL CHECK (kind <> ''),
    slug TEXT NOT NULL CHECK (length(slug) BETWEEN 1 AND 80),
    at TIMESTAMP NOT NULL
);

CREATE TABLE source (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    publisher TEXT,
    url TEXT,
    published TEXT,
    uncertain BOOLEAN NOT NULL CHECK (uncertain IN (0, 1))
);

CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN (
        'charter', 'action', 'scheme', 'partnership', 'member', 'need', 'meeting',
        'agreed-action', 'provider', 'course', 'course-type'
    )),
    parent_id BIGINT REFERENCES record (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    as_of DATE,
    note TEXT,
    fictional BOOLEAN NOT NULL CHECK (fictional IN (0, 1)),
    UNIQUE (id, parent_id),
    CHECK (
        (parent_id IS NOT NULL)
        = (kind IN ('member', 'need', 'meeting', 'agreed-action', 'course'))
    ),
    CHECK ((as_of IS NULL) = (kind IN ('meeting', 'agreed-action')))
);
CREATE INDEX record_parent ON record (parent_id, kind);

CREATE TABLE record_source (
    record_id BIGINT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    source_id TEXT NOT NULL REFERENCES source (id),
    PRIMARY KEY (record_id, position),
    UNIQUE (record_id, source_id)
);
CREATE INDEX record_source_source ON record_source (source_id);

CREATE TABLE record_value (
    record_id BIGINT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    list TEXT NOT NULL CHECK (list IN ('area', 'asked', 'cohort', 'sector', 'sic', 'soc')),
    position INTEGER NOT NULL CHECK (position >= 0),
    value TEXT NOT NULL CHECK (value <> ''),
    PRIMARY KEY (record_id, list, position),
    UNIQUE (record_id, list, value)
);
CREATE INDEX record_value_value ON record_value (list, value);

CREATE TABLE charter (
    id INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
    name TEXT NOT NULL CHECK (name <> ''),
    summary TEXT NOT NULL,
    version TEXT NOT NULL,
    launched_on DATE
);

CREATE TABLE charter_focus_area (
    charter_id BIGINT NOT NULL REFERENCES charter (id) ON DELETE CASCADE,
    slug TEXT NOT NULL CHECK (length(slug) BETWEEN 1 AND 80),
    position INTEGER NOT NULL CHECK (position >= 0),
    label TEXT NOT NULL,
    PRIMARY KEY (charter_id, slug)
);

CREATE TABLE charter_stance (
    charter_id BIGINT NOT NULL REFERENCES charter (id) ON DELETE CASCADE,
    slug TEXT NOT NULL CHECK (length(slug) BETWEEN 1 AND 80),
    position INTEGER NOT NULL CHECK (position >= 0),
    label TEXT NOT NULL,
    meaning TEXT NOT NULL,
    PRIMARY KEY (charter_id, slug)
);

CREATE TABLE charter_action (
    id INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    charter_id BIGINT NOT NULL REFERENCES charter (id),
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
    code TEXT NOT NULL UNIQUE,
    stance TEXT NOT NULL,
    focus_area TEXT NOT NULL,
    label TEXT NOT NULL CHECK (label <> ''),
    description TEXT NOT NULL,
    help TEXT NOT NULL,
    measurable BOOLEAN NOT NULL CHECK (measurable IN (0, 1)),
    unit TEXT,
    evidenced BOOLEAN NOT NULL CHECK (evidenced IN (0, 1)),
    CHECK (lower(code) = slug),
    FOREIGN KEY (charter_id, stance) REFERENCES charter_stance (charter_id, slug),
    FOREIGN KEY (charter_id, focus_area) REFERENCES charter_focus_area (charter_id, slug)
);
CREATE INDEX charter_action_stance ON charter_action (charter_id, stance);
CREATE INDEX charter_action_focus_area ON charter_action (charter_id, focus_area);

CREATE TABLE scheme (
    id INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind <> ''),
    owner TEXT NOT NULL,
    summary TEXT NOT NULL,
    evidence_rule TEXT NOT NULL,
    lifetime_months INTEGER CHECK (lifetime_months > 0),
    lifetime_note TEXT,
    public_list TEXT,
    what_it_proves TEXT NOT NULL
);

CREATE TABLE scheme_level (
    scheme_id BIGINT NOT NULL REFERENCES scheme (id) ON DELETE CASCADE,
    slug TEXT NOT NULL CHECK (length(slug) BETWEEN 1 AND 80),
    position INTEGER NOT NULL CHECK (position >= 0),
    label TEXT NOT NULL CHECK (label <> ''),
    rank INTEGER NOT NULL,
    lifetime_months INTEGER CHECK (lifetime_months > 0),
    PRIMARY KEY (scheme_id, slug)
);

CREATE TABLE scheme_prerequisite (
    scheme_id BIGINT NOT NULL REFERENCES scheme (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    required_id BIGINT NOT NULL REFERENCES scheme (id),
    required_level TEXT,
    note TEXT,
    PRIMARY KEY (scheme_id, position),
    FOREIGN KEY (required_id, required_level) REFERENCES scheme_level (scheme_id, slug)
);
CREATE INDEX scheme_prerequisite_required ON scheme_prerequisite (required_id, required_level);

CREATE TABLE partnership (
    id INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
    name TEXT NOT NULL CHECK (name <> ''),
    facilitator TEXT,
    cadence TEXT,
    summary TEXT NOT NULL
);

CREATE TABLE partnership_member (
    id INTEGER PRIMARY KEY,
    partnership_id BIGINT NOT NULL REFERENCES partnership (id) ON DELETE CASCADE,
    organisation TEXT NOT NULL CHECK (organisation <> ''),
    capacity TEXT NOT NULL CHECK (capacity <> ''),
    UNIQUE (partnership_id, organisation, capacity),
    FOREIGN KEY (id, partnership_id) REFERENCES record (id, parent_id) ON DELETE CASCADE
);

CREATE TABLE partnership_need (
    id INTEGER PRIMARY KEY,
    partnership_id BIGINT NOT NULL REFERENCES partnership (id) ON DELETE CASCADE,
    slug TEXT NOT NULL CHECK (length(slug) BETWEEN 1 AND 80),
    title TEXT NOT NULL CHECK (title <> ''),
    description TEXT NOT NULL,
    level_from INTEGER CHECK (level_from BETWEEN 0 AND 8),
    level_to INTEGER CHECK (level_to BETWEEN 0 AND 8),
    horizon TEXT,
    raised_on TEXT,
    evidence TEXT,
    coding TEXT,
    UNIQUE (partnership_id, slug),
    CHECK (level_from <= level_to),
    FOREIGN KEY (id, partnership_id) REFERENCES record (id, parent_id) ON DELETE CASCADE
);

CREATE TABLE partnership_meeting (
    id INTEGER PRIMARY KEY,
    partnership_id BIGINT NOT NULL REFERENCES partnership (id) ON DELETE CASCADE,
    held_on TEXT NOT NULL CHECK (held_on <> ''),
    place TEXT,
    summary TEXT,
    FOREIGN KEY (id, partnership_id) REFERENCES record (id, parent_id) ON DELETE CASCADE
);
CREATE INDEX partnership_meeting_partnership ON partnership_meeting (partnership_id);

CREATE TABLE partnership_action (
    id INTEGER PRIMARY KEY,
    partnership_id BIGINT NOT NULL REFERENCES partnership (id) ON DELETE CASCADE,
    text TEXT NOT NULL CHECK (text <> ''),
    status_note TEXT,
    FOREIGN KEY (id, partnership_id) REFERENCES record (id, parent_id) ON DELETE CASCADE
);
CREATE INDEX partnership_action_partnership ON partnership_action (partnership_id);

CREATE TABLE course_type (
    id INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
    label TEXT NOT NULL CHECK (label <> ''),
    description TEXT NOT NULL,
    rules TEXT
);

CREATE TABLE provider (
    id INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind <> ''),
    summary TEXT NOT NULL,
    website TEXT
);

CREATE TABLE venue (
    provider_id BIGINT NOT NULL REFERENCES provider (id) ON DELETE CASCADE,
    label TEXT NOT NULL CHECK (label <> ''),
    position INTEGER NOT NULL CHECK (position >= 0),
    town TEXT,
    outcode TEXT CHECK (outcode = upper(outcode)),
    note TEXT,
    PRIMARY KEY (provider_id, label)
);
CREATE INDEX venue_outcode ON venue (outcode);

CREATE TABLE course (
    id INTEGER PRIMARY KEY,
    provider_id BIGINT NOT NULL REFERENCES provider (id) ON DELETE CASCADE,
    slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
    title TEXT NOT NULL CHECK (title <> ''),
    course_type TEXT NOT NULL REFERENCES course_type (slug),
    level_from INTEGER CHECK (level_from BETWEEN 0 AND 8),
    level_to INTEGER CHECK (level_to BETWEEN 0 AND 8),
    coding TEXT,
    summary TEXT NOT NULL,
    venue TEXT,
    CHECK (level_from <= level_to),
    FOREIGN KEY (id, provider_id) REFERENCES record (id, parent_id) ON DELETE CASCADE,
    FOREIGN KEY (provider_id, venue) REFERENCES venue (provider_id, label)
);
CREATE INDEX course_provider ON course (provider_id, venue);
CREATE INDEX course_course_type ON course (course_type);
