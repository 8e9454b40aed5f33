-- The records of the register: organisations, signatures, pledges, postures, openings,
-- events, case studies, introductions; who may write them, and what was written.
--
-- The same tables as in the other folder. An `entry` is the part that every record
-- shares: its name, its version, who said it and until when it counts; the table
-- named after its kind holds the rest under the same id. `entry_version` keeps every
-- version there ever was: nothing is deleted. References to what the reference data
-- publishes are checked at the commit, because publishing writes parts anew.

ALTER TABLE change_log ADD COLUMN audience TEXT NOT NULL DEFAULT 'public'
    CHECK (audience IN ('public', 'coordinator'));

CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN (
        'organisation', 'signature', 'pledge', 'posture', 'opening', 'event', 'case-study',
        'introduction'
    )),
    slug TEXT NOT NULL CHECK (length(slug) BETWEEN 1 AND 80),
    version BIGINT NOT NULL CHECK (version >= 1),
    owner_id BIGINT REFERENCES entry (id),
    voice TEXT NOT NULL CHECK (voice IN ('organisation', 'partnership', 'public-source', 'list')),
    stated_by TEXT CHECK (length(stated_by) BETWEEN 1 AND 120),
    stated_on DATE NOT NULL,
    until DATE,
    source TEXT CHECK (length(source) BETWEEN 1 AND 500),
    confirmed_on DATE,
    ended_on DATE,
    end_reason TEXT CHECK (length(end_reason) BETWEEN 1 AND 500),
    fictional BOOLEAN NOT NULL CHECK (fictional IN (0, 1)),
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (kind, slug),
    UNIQUE (id, owner_id),
    CHECK (until >= stated_on),
    CHECK (end_reason IS NULL OR ended_on IS NOT NULL)
);
CREATE INDEX entry_owner ON entry (owner_id, kind);

CREATE TABLE entry_version (
    entry_id BIGINT NOT NULL REFERENCES entry (id),
    version BIGINT NOT NULL CHECK (version >= 1),
    effective_on DATE NOT NULL,
    voice TEXT NOT NULL,
    stated_by TEXT,
    stated_on DATE NOT NULL,
    until DATE,
    source TEXT,
    confirmed_on DATE,
    ended_on DATE,
    end_reason TEXT,
    fictional BOOLEAN NOT NULL CHECK (fictional IN (0, 1)),
    recorded_at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL CHECK (actor <> ''),
    body TEXT NOT NULL CHECK (body <> ''),
    PRIMARY KEY (entry_id, version)
);
CREATE INDEX entry_version_effective ON entry_version (entry_id, effective_on, version);

CREATE TABLE entry_value (
    entry_id BIGINT NOT NULL REFERENCES entry (id),
    list TEXT NOT NULL CHECK (list IN (
        'sic', 'offer', 'offence', 'pattern', 'licence', 'cohort'
    )),
    position INTEGER NOT NULL CHECK (position >= 0),
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 120),
    PRIMARY KEY (entry_id, list, position),
    UNIQUE (entry_id, list, value)
);
CREATE INDEX entry_value_value ON entry_value (list, value);

CREATE TABLE organisation (
    id INTEGER PRIMARY KEY REFERENCES entry (id),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN (
        'employer', 'provider', 'charity', 'public-body', 'representative-body'
    )),
    sector TEXT CHECK (length(sector) BETWEEN 1 AND 80),
    size_band TEXT CHECK (size_band IN ('micro', 'small', 'medium', 'large')),
    anchor BOOLEAN CHECK (anchor IN (0, 1)),
    description TEXT CHECK (length(description) BETWEEN 1 AND 4000),
    website TEXT CHECK (length(website) BETWEEN 1 AND 500),
    publication TEXT NOT NULL CHECK (publication IN ('draft', 'published', 'withdrawn')),
    do_not_contact BOOLEAN NOT NULL CHECK (do_not_contact IN (0, 1)),
    merged_into BIGINT REFERENCES organisation (id),
    CHECK (merged_into <> id)
);
CREATE INDEX organisation_name_key ON organisation (name_key);
CREATE INDEX organisation_publication ON organisation (publication, sector);
CREATE INDEX organisation_merged_into ON organisation (merged_into);

CREATE TABLE organisation_alias (
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    alias TEXT NOT NULL CHECK (length(alias) BETWEEN 1 AND 200),
    name_key TEXT NOT NULL,
    PRIMARY KEY (organisation_id, position)
);
CREATE INDEX organisation_alias_name_key ON organisation_alias (name_key);

CREATE TABLE organisation_identifier (
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    scheme TEXT NOT NULL CHECK (length(scheme) BETWEEN 1 AND 20),
    code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 40),
    PRIMARY KEY (organisation_id, position),
    UNIQUE (scheme, code)
);

CREATE TABLE organisation_site (
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 120),
    position INTEGER NOT NULL CHECK (position >= 0),
    address TEXT CHECK (length(address) BETWEEN 1 AND 500),
    postcode TEXT CHECK (postcode = upper(postcode)),
    outcode TEXT CHECK (outcode = upper(outcode)),
    town TEXT CHECK (length(town) BETWEEN 1 AND 120),
    district TEXT CHECK (length(district) BETWEEN 1 AND 120),
    transport_note TEXT CHECK (length(transport_note) BETWEEN 1 AND 1000),
    PRIMARY KEY (organisation_id, label)
);
CREATE INDEX organisation_site_outcode ON organisation_site (outcode);

CREATE TABLE organisation_contact (
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    audience TEXT NOT NULL CHECK (audience IN ('public', 'broker', 'coordinator')),
    role_title TEXT NOT NULL CHECK (length(role_title) BETWEEN 1 AND 120),
    channel TEXT NOT NULL CHECK (channel IN ('email', 'phone', 'web', 'post')),
    value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 500),
    verified_on DATE,
    expires_after_days INTEGER CHECK (expires_after_days BETWEEN 1 AND 3650),
    PRIMARY KEY (organisation_id, position)
);

CREATE TABLE organisation_recognition (
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    scheme_id BIGINT NOT NULL REFERENCES scheme (id) DEFERRABLE INITIALLY DEFERRED,
    level TEXT,
    awarded_on DATE,
    expires_on DATE,
    evidence_url TEXT CHECK (length(evidence_url) BETWEEN 1 AND 500),
    last_checked_on DATE,
    check_result TEXT NOT NULL CHECK (check_result IN (
        'confirmed', 'not-found', 'expired', 'unchecked'
    )),
    PRIMARY KEY (organisation_id, position),
    UNIQUE (organisation_id, scheme_id, level),
    CHECK (expires_on >= awarded_on),
    FOREIGN KEY (scheme_id, level) REFERENCES scheme_level (scheme_id, slug)
        DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX organisation_recognition_scheme ON organisation_recognition (scheme_id, level);

CREATE TABLE signature (
    id INTEGER PRIMARY KEY REFERENCES entry (id),
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    charter_id BIGINT NOT NULL REFERENCES charter (id) DEFERRABLE INITIALLY DEFERRED,
    charter_version TEXT NOT NULL CHECK (length(charter_version) BETWEEN 1 AND 80),
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    agreed_on DATE,
    signed_on DATE,
    published_on DATE,
    approval_route TEXT CHECK (length(approval_route) BETWEEN 1 AND 200),
    UNIQUE (organisation_id, charter_id, starts_on),
    UNIQUE (id, organisation_id),
    CHECK (ends_on >= starts_on)
);
CREATE INDEX signature_ends_on ON signature (ends_on);

CREATE TABLE pledge (
    id INTEGER PRIMARY KEY REFERENCES entry (id),
    signature_id BIGINT NOT NULL,
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    action_id BIGINT REFERENCES charter_action (id) DEFERRABLE INITIALLY DEFERRED,
    stance TEXT NOT NULL CHECK (length(stance) BETWEEN 1 AND 80),
    commitment TEXT NOT NULL CHECK (commitment IN ('start', 'improve', 'continue')),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
    target DOUBLE PRECISION,
    baseline DOUBLE PRECISION,
    unit TEXT CHECK (length(unit) BETWEEN 1 AND 80),
    owner_role TEXT CHECK (length(owner_role) BETWEEN 1 AND 120),
    confirmed_on DATE,
    evidenced_on DATE,
    evidence_url TEXT CHECK (length(evidence_url) BETWEEN 1 AND 500),
    FOREIGN KEY (signature_id, organisation_id) REFERENCES signature (id, organisation_id)
        DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX pledge_signature ON pledge (signature_id);
CREATE INDEX pledge_organisation ON pledge (organisation_id);
CREATE INDEX pledge_action ON pledge (action_id);

CREATE TABLE pledge_update (
    pledge_id BIGINT NOT NULL REFERENCES pledge (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    handed_in_on DATE NOT NULL,
    progress TEXT NOT NULL CHECK (progress IN ('on-track', 'met', 'slipped', 'stopped')),
    value DOUBLE PRECISION,
    narrative TEXT CHECK (length(narrative) BETWEEN 1 AND 2000),
    evidence_url TEXT CHECK (length(evidence_url) BETWEEN 1 AND 500),
    published BOOLEAN NOT NULL CHECK (published IN (0, 1)),
    PRIMARY KEY (pledge_id, position)
);

CREATE TABLE posture (
    id INTEGER PRIMARY KEY REFERENCES entry (id),
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    cohort TEXT NOT NULL CHECK (length(cohort) BETWEEN 1 AND 80),
    stance TEXT NOT NULL CHECK (stance IN (
        'actively-recruits', 'open', 'case-by-case', 'not-currently', 'not-stated'
    )),
    conditions TEXT CHECK (length(conditions) BETWEEN 1 AND 2000),
    public BOOLEAN NOT NULL CHECK (public IN (0, 1)),
    speaking TEXT,
    reading TEXT,
    writing TEXT,
    day_release BOOLEAN CHECK (day_release IN (0, 1)),
    has_agreement BOOLEAN CHECK (has_agreement IN (0, 1)),
    lead_time_weeks INTEGER CHECK (lead_time_weeks BETWEEN 0 AND 104),
    travel_limit_miles INTEGER CHECK (travel_limit_miles BETWEEN 0 AND 500),
    review_by DATE,
    offence_stance TEXT CHECK (offence_stance IN ('none-excluded', 'case-by-case', 'listed')),
    offence_note TEXT CHECK (length(offence_note) BETWEEN 1 AND 1000),
    discloses BOOLEAN NOT NULL CHECK (discloses IN (0, 1)),
    disclosure_timing TEXT CHECK (disclosure_timing IN (
        'not-asked', 'after-interview', 'conditional-offer', 'application-form'
    )),
    letter_needed BOOLEAN CHECK (letter_needed IN (0, 1)),
    unspent_only BOOLEAN CHECK (unspent_only IN (0, 1)),
    talk_to_role TEXT CHECK (length(talk_to_role) BETWEEN 1 AND 120),
    broker_note TEXT CHECK (length(broker_note) BETWEEN 1 AND 2000),
    UNIQUE (organisation_id, cohort)
);
CREATE INDEX posture_cohort ON posture (cohort, stance);

CREATE TABLE opening (
    id INTEGER PRIMARY KEY REFERENCES entry (id),
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    description TEXT CHECK (length(description) BETWEEN 1 AND 4000),
    work_type TEXT NOT NULL CHECK (work_type <> ''),
    site TEXT,
    national BOOLEAN NOT NULL CHECK (national IN (0, 1)),
    hours TEXT,
    contract TEXT,
    base TEXT,
    pay_from_pence BIGINT CHECK (pay_from_pence >= 0),
    pay_to_pence BIGINT,
    pay_period TEXT CHECK (pay_period IN ('hour', 'week', 'month', 'year')),
    dbs_level TEXT,
    essentials TEXT CHECK (length(essentials) BETWEEN 1 AND 2000),
    starts_on DATE,
    closes_on DATE,
    places INTEGER CHECK (places BETWEEN 0 AND 10000),
    CHECK (pay_to_pence >= pay_from_pence),
    CHECK ((pay_from_pence IS NULL) = (pay_period IS NULL)),
    FOREIGN KEY (organisation_id, site) REFERENCES organisation_site (organisation_id, label)
        DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX opening_organisation ON opening (organisation_id, site);
CREATE INDEX opening_closes_on ON opening (closes_on);

CREATE TABLE event (
    id INTEGER PRIMARY KEY REFERENCES entry (id),
    organisation_id BIGINT REFERENCES organisation (id),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    kind TEXT NOT NULL CHECK (kind IN (
        'hr-network', 'seminar', 'wdp', 'anchor', 'campaign', 'visit'
    )),
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP,
    place TEXT CHECK (length(place) BETWEEN 1 AND 200),
    postcode TEXT CHECK (postcode = upper(postcode)),
    host TEXT CHECK (length(host) BETWEEN 1 AND 200),
    summary TEXT NOT NULL CHECK (length(summary) BETWEEN 1 AND 4000),
    link TEXT CHECK (length(link) BETWEEN 1 AND 500),
    CHECK (ends_at >= starts_at)
);
CREATE INDEX event_organisation ON event (organisation_id);
CREATE INDEX event_starts_at ON event (starts_at);

CREATE TABLE case_study (
    id INTEGER PRIMARY KEY REFERENCES entry (id),
    organisation_id BIGINT REFERENCES organisation (id),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    summary TEXT NOT NULL CHECK (length(summary) BETWEEN 1 AND 8000),
    action_id BIGINT REFERENCES charter_action (id) DEFERRABLE INITIALLY DEFERRED,
    link TEXT CHECK (length(link) BETWEEN 1 AND 500),
    published_on DATE,
    permission TEXT NOT NULL CHECK (permission IN (
        'granted', 'asked', 'public-source', 'refused'
    ))
);
CREATE INDEX case_study_organisation ON case_study (organisation_id);
CREATE INDEX case_study_action ON case_study (action_id);

CREATE TABLE introduction (
    id INTEGER PRIMARY KEY REFERENCES entry (id),
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    other_id BIGINT REFERENCES organisation (id),
    partnership_id BIGINT REFERENCES partnership (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind IN ('employer-provider', 'broker-employer')),
    cohort TEXT CHECK (length(cohort) BETWEEN 1 AND 80),
    reference TEXT CHECK (length(reference) BETWEEN 1 AND 40),
    state TEXT NOT NULL CHECK (state IN (
        'proposed', 'accepted', 'declined', 'under-way', 'closed'
    )),
    interviewed INTEGER CHECK (interviewed BETWEEN 0 AND 10000),
    offered INTEGER CHECK (offered BETWEEN 0 AND 10000),
    started INTEGER CHECK (started BETWEEN 0 AND 10000),
    kept_13_weeks INTEGER CHECK (kept_13_weeks BETWEEN 0 AND 10000),
    CHECK (other_id <> organisation_id)
);
CREATE INDEX introduction_organisation ON introduction (organisation_id);
CREATE INDEX introduction_other ON introduction (other_id);
CREATE INDEX introduction_partnership ON introduction (partnership_id);

CREATE TABLE token (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    role TEXT NOT NULL CHECK (role IN ('employer', 'broker', 'coordinator', 'admin')),
    organisation_id BIGINT REFERENCES organisation (id),
    label TEXT CHECK (length(label) BETWEEN 1 AND 120),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP,
    revoked_at TIMESTAMP,
    CHECK ((role = 'employer') = (organisation_id IS NOT NULL))
);
CREATE INDEX token_organisation ON token (organisation_id);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL CHECK (actor <> ''),
    role TEXT NOT NULL CHECK (role <> ''),
    act TEXT NOT NULL CHECK (act <> ''),
    kind TEXT NOT NULL CHECK (kind <> ''),
    slug TEXT NOT NULL CHECK (slug <> ''),
    version BIGINT
);
CREATE INDEX audit_record ON audit (kind, slug);

CREATE TABLE idempotency (
    token_id BIGINT NOT NULL REFERENCES token (id),
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    request_hash TEXT NOT NULL CHECK (length(request_hash) = 64),
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    version BIGINT NOT NULL,
    change BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (token_id, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE organisation_merge (
    id INTEGER PRIMARY KEY,
    from_id BIGINT NOT NULL REFERENCES organisation (id),
    into_id BIGINT NOT NULL REFERENCES organisation (id),
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL CHECK (actor <> ''),
    moved TEXT NOT NULL,
    undone_at TIMESTAMP,
    CHECK (from_id <> into_id)
);
CREATE INDEX organisation_merge_from ON organisation_merge (from_id);
CREATE INDEX organisation_merge_into ON organisation_merge (into_id);

CREATE TABLE outcode (
    code TEXT NOT NULL PRIMARY KEY CHECK (code = upper(code)),
    town TEXT NOT NULL,
    district TEXT,
    county TEXT NOT NULL,
    lat DOUBLE PRECISION NOT NULL CHECK (lat BETWEEN -90 AND 90),
    lon DOUBLE PRECISION NOT NULL CHECK (lon BETWEEN -180 AND 180)
);
