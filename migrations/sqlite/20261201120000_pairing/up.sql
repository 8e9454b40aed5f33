-- Pairing plans: who of a partnership's needs goes to which run of which course.
--
-- A plan is written by the service, edited by coordinators, and signed or discarded once.
-- Each version stays as it was; the plan's row says which one is the present one. What a
-- plan says is JSON of the service's own, and names no person.

CREATE TABLE pairing_plan (
    id INTEGER PRIMARY KEY,
    partnership TEXT NOT NULL CHECK (partnership <> ''),
    state TEXT NOT NULL CHECK (state IN ('draft', 'signed', 'discarded')),
    version BIGINT NOT NULL CHECK (version >= 1),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX pairing_plan_partnership ON pairing_plan (partnership, id);

CREATE TABLE pairing_version (
    plan_id BIGINT NOT NULL REFERENCES pairing_plan (id),
    version BIGINT NOT NULL CHECK (version >= 1),
    act TEXT NOT NULL CHECK (act IN ('create', 'change', 'sign', 'discard')),
    content TEXT NOT NULL CHECK (content <> ''),
    actor TEXT NOT NULL CHECK (actor <> ''),
    role TEXT NOT NULL CHECK (role <> ''),
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (plan_id, version)
);
