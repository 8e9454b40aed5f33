-- Partnerships as forums, with their meetings and actions, as records; and the lists of
-- codes for industries and occupations as far as an operator loaded them.
--
-- The same tables as in the other folder. The words of such a record stand in its
-- versions; a table here holds what is asked for and what it refers to.

ALTER TABLE entry DROP CONSTRAINT entry_kind_check;
ALTER TABLE entry ADD CONSTRAINT entry_kind_check CHECK (kind IN (
    'organisation', 'signature', 'pledge', 'posture', 'opening', 'event', 'case-study',
    'introduction', 'need', 'course', 'charter-action', 'recognition-scheme',
    'charter-version', 'workforce-partnership', 'meeting', 'partnership-action'
));
ALTER TABLE entry_value DROP CONSTRAINT entry_value_list_check;
ALTER TABLE entry_value ADD CONSTRAINT entry_value_list_check CHECK (list IN (
    'sic', 'offer', 'offence', 'pattern', 'licence', 'cohort', 'soc', 'sector', 'cited',
    'stance', 'focus-area', 'scheme-kind', 'member'
));

CREATE TABLE kept_meeting (
    id BIGINT PRIMARY KEY REFERENCES entry (id),
    partnership_id BIGINT REFERENCES partnership (id) ON DELETE SET NULL,
    day DATE
);
CREATE INDEX kept_meeting_partnership ON kept_meeting (partnership_id);

CREATE TABLE kept_partnership_action (
    id BIGINT PRIMARY KEY REFERENCES entry (id),
    partnership_id BIGINT REFERENCES partnership (id) ON DELETE SET NULL,
    owner TEXT,
    state TEXT CHECK (state IN ('open', 'done', 'dropped')),
    due_on DATE,
    need_id BIGINT REFERENCES entry (id),
    meeting_id BIGINT REFERENCES entry (id)
);
CREATE INDEX kept_partnership_action_partnership ON kept_partnership_action (partnership_id);

CREATE TABLE classification (
    scheme TEXT PRIMARY KEY CHECK (scheme IN ('sic', 'soc')),
    source TEXT NOT NULL,
    loaded_at TIMESTAMP NOT NULL
);

CREATE TABLE classification_code (
    scheme TEXT NOT NULL CHECK (scheme IN ('sic', 'soc')),
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    parent TEXT,
    PRIMARY KEY (scheme, code)
);
