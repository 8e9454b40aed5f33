-- What the partnership keeps beside its organisations: needs, courses, the charter's
-- actions and versions, recognition schemes, as records with a history of their own.
--
-- The same tables as in the other folder. The words of such a record stand in its
-- versions; a table here holds what is asked for and what it refers to. What the
-- reference data published may go with it: the record then refers to nothing.

-- Checks are not altered by SQLite, and `entry` cannot be made anew while everything
-- refers to it: https://www.sqlite.org/lang_altertable.html, at the end.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''introduction''',
    '''introduction'', ''need'', ''course'', ''charter-action'', ''recognition-scheme'',
        ''charter-version''') WHERE type = 'table' AND name = 'entry';
UPDATE sqlite_schema SET sql = replace(sql, '''cohort''',
    '''cohort'', ''soc'', ''sector'', ''cited'', ''stance'', ''focus-area'',
        ''scheme-kind''') WHERE type = 'table' AND name = 'entry_value';
PRAGMA writable_schema = RESET;

CREATE TABLE kept_need (
    id INTEGER PRIMARY KEY REFERENCES entry (id),
    partnership_id BIGINT REFERENCES partnership (id) ON DELETE SET NULL,
    level_from INTEGER CHECK (level_from BETWEEN 0 AND 8),
    level_to INTEGER CHECK (level_to BETWEEN 0 AND 8),
    horizon TEXT CHECK (horizon IN ('now', '1y', '3y')),
    headcount INTEGER CHECK (headcount BETWEEN 1 AND 100000),
    priority TEXT CHECK (priority IN ('high', 'medium', 'low')),
    state TEXT NOT NULL CHECK (state IN ('open', 'partly-met', 'met', 'dropped')),
    CHECK (level_from <= level_to)
);
CREATE INDEX kept_need_partnership ON kept_need (partnership_id);

CREATE TABLE kept_course (
    id INTEGER PRIMARY KEY REFERENCES entry (id),
    provider_id BIGINT REFERENCES provider (id) ON DELETE SET NULL,
    course_type TEXT REFERENCES course_type (slug) ON DELETE SET NULL,
    level_from INTEGER CHECK (level_from BETWEEN 0 AND 8),
    level_to INTEGER CHECK (level_to BETWEEN 0 AND 8),
    delivery TEXT CHECK (delivery IN ('classroom', 'online', 'work-based', 'blended')),
    CHECK (level_from <= level_to)
);
CREATE INDEX kept_course_provider ON kept_course (provider_id);
CREATE INDEX kept_course_type ON kept_course (course_type);
