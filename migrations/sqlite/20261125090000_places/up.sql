-- The ledger of the places of an opening.
--
-- Lines are only ever added. The first line of an opening, and each line after which a
-- new count begins, states a number of places (none: it is not known); the others hold a
-- place, take one, give one back or decline a hold. What is left follows from the lines
-- and the day. A line names no person: at most a mark that means something to its writer
-- alone.

CREATE TABLE place_entry (
    id INTEGER PRIMARY KEY,
    opening_id BIGINT NOT NULL REFERENCES opening (id),
    act TEXT NOT NULL CHECK (act IN ('count', 'hold', 'take', 'give-back', 'decline')),
    hold_id BIGINT REFERENCES place_entry (id),
    places INTEGER CHECK (places BETWEEN 0 AND 10000),
    expires_on DATE,
    reference TEXT CHECK (length(reference) BETWEEN 1 AND 24),
    token_id BIGINT REFERENCES token (id),
    actor TEXT NOT NULL CHECK (actor <> ''),
    at TIMESTAMP NOT NULL,
    CHECK ((act = 'hold') = (expires_on IS NOT NULL)),
    CHECK (places IS NULL OR act = 'count'),
    CHECK (reference IS NULL OR act = 'hold'),
    CHECK (act IN ('count', 'hold', 'take') OR hold_id IS NOT NULL),
    CHECK (hold_id IS NULL OR act NOT IN ('count', 'hold'))
);
CREATE INDEX place_entry_opening ON place_entry (opening_id, id);
CREATE INDEX place_entry_hold ON place_entry (hold_id);
CREATE INDEX place_entry_token ON place_entry (token_id);
