-- Questions that found nothing, counted: a keyed hash, a number and a month. Words are
-- there only from the fifth time on, and then only those that are left of a question when
-- everything of a person is taken out.

CREATE TABLE missed_key (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    secret TEXT NOT NULL CHECK (length(secret) = 64)
);

CREATE TABLE missed_question (
    hash TEXT PRIMARY KEY NOT NULL CHECK (length(hash) = 64),
    kind TEXT NOT NULL CHECK (kind IN ('search', 'match')),
    words TEXT CHECK (words <> ''),
    count BIGINT NOT NULL CHECK (count >= 0),
    month DATE NOT NULL,
    CHECK (words IS NULL OR count >= 5)
);
CREATE INDEX missed_question_count ON missed_question (count, month);
