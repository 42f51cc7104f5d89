-- The register of patients.

CREATE TABLE patient (
    clinic             {{int64}} NOT NULL,
    id                 {{int64}} NOT NULL,
    file_number        {{int64}} NOT NULL,
    first_name         TEXT      NOT NULL,
    last_name          TEXT      NOT NULL,
    father_name        TEXT      NOT NULL DEFAULT '',
    national_code      TEXT,                                -- unique when given
    foreign_id_kind    TEXT      NOT NULL DEFAULT '' CHECK (foreign_id_kind IN ('', 'foreign_id', 'residence', 'passport')),
    foreign_id         TEXT      NOT NULL DEFAULT '',
    mobile             TEXT      NOT NULL DEFAULT '',       -- families share one
    second_mobile      TEXT      NOT NULL DEFAULT '',
    landline           TEXT      NOT NULL DEFAULT '',
    emergency_phone    TEXT      NOT NULL DEFAULT '',
    birth_date         TEXT      NOT NULL DEFAULT '',       -- a day, or empty
    birth_year         {{int64}} NOT NULL DEFAULT 0,        -- Jalali; when only the year is known
    wedding_date       TEXT      NOT NULL DEFAULT '',
    gender             TEXT      NOT NULL DEFAULT '' CHECK (gender IN ('', 'female', 'male')),
    marital_status     TEXT      NOT NULL DEFAULT '' CHECK (marital_status IN ('', 'single', 'married')),
    job                TEXT      NOT NULL DEFAULT '',
    education          TEXT      NOT NULL DEFAULT '',
    province           TEXT      NOT NULL DEFAULT '',
    city               TEXT      NOT NULL DEFAULT '',
    address            TEXT      NOT NULL DEFAULT '',
    postal_code        TEXT      NOT NULL DEFAULT '',
    acquisition_source TEXT      NOT NULL DEFAULT '',
    introducer         {{int64}},                           -- another patient
    referrer           TEXT      NOT NULL DEFAULT '',       -- an outside doctor or centre, by name
    marketer_status    TEXT      NOT NULL DEFAULT '' CHECK (marketer_status IN ('', 'inactive', 'active')),
    tags               TEXT      NOT NULL DEFAULT '',       -- one a line
    sms_service        {{int64}} NOT NULL DEFAULT 1 CHECK (sms_service IN (0, 1)),
    sms_advertising    {{int64}} NOT NULL DEFAULT 0 CHECK (sms_advertising IN (0, 1)),
    notes              TEXT      NOT NULL DEFAULT '',
    sort_key           {{bytes}} NOT NULL,                  -- Persian collation of last and first name
    branch             {{int64}} NOT NULL,
    registered         {{int64}} NOT NULL,                  -- when, as an instant
    registered_by      {{int64}} NOT NULL,
    version            {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, file_number),
    UNIQUE (clinic, national_code),
    FOREIGN KEY (clinic, introducer) REFERENCES patient (clinic, id),
    FOREIGN KEY (clinic, branch) REFERENCES branch (clinic, id)
) {{strict}};

CREATE INDEX patient_by_name ON patient (clinic, sort_key, id);
CREATE INDEX patient_by_mobile ON patient (clinic, mobile);

-- Words that find a patient by their beginnings: names, numbers, endings of
-- the mobile. They compare byte by byte on every database.
CREATE TABLE patient_word (
    clinic  {{int64}} NOT NULL,
    part    {{int64}} NOT NULL CHECK (part IN (0, 1)),      -- 0 begins a name or number, 1 is inside a name
    word    TEXT {{bytewise}} NOT NULL,
    patient {{int64}} NOT NULL,
    PRIMARY KEY (clinic, part, word, patient),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id)
) {{clustered}};

CREATE INDEX patient_word_of ON patient_word (clinic, patient, word);

CREATE TABLE coverage (
    clinic           {{int64}} NOT NULL,
    id               {{int64}} NOT NULL,
    patient          {{int64}} NOT NULL,
    insurer          {{int64}} NOT NULL,
    insurance_number TEXT      NOT NULL DEFAULT '',
    guarantee_letter TEXT      NOT NULL DEFAULT '',
    ceiling          {{int64}},                             -- most that the insurer pays in all
    valid_from       TEXT      NOT NULL DEFAULT '',
    coverage_end     TEXT      NOT NULL DEFAULT '',         -- last day; empty: open
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id),
    FOREIGN KEY (clinic, insurer) REFERENCES insurer (clinic, id)
) {{strict}};

CREATE INDEX coverage_of_patient ON coverage (clinic, patient, id);
