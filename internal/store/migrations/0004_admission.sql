-- Admissions: which services a patient receives, when, by whom, and who owes
-- what for them.

CREATE TABLE admission (
    clinic              {{int64}} NOT NULL,
    id                  {{int64}} NOT NULL,
    patient             {{int64}} NOT NULL,
    year                {{int64}} NOT NULL,                 -- Jalali year of the number
    number              {{int64}} NOT NULL,
    branch              {{int64}} NOT NULL,
    day                 TEXT      NOT NULL CHECK (length(day) = 10),
    at                  {{int64}} NOT NULL,
    status              TEXT      NOT NULL CHECK (status IN ('draft', 'finalized', 'cancelled')),
    base_insurer        {{int64}},
    supplementary_insurer {{int64}},
    gross               {{int64}} NOT NULL CHECK (gross >= 0),
    base_share          {{int64}} NOT NULL CHECK (base_share >= 0),
    supplementary_share {{int64}} NOT NULL CHECK (supplementary_share >= 0),
    discount            {{int64}} NOT NULL CHECK (discount >= 0),
    vat                 {{int64}} NOT NULL CHECK (vat >= 0),
    patient_share       {{int64}} NOT NULL CHECK (patient_share >= 0),
    recorded            {{int64}} NOT NULL,
    staff               {{int64}} NOT NULL,
    finalized           {{int64}},                          -- when, as an instant
    cancelled           {{int64}},                          -- when the cancellation counts
    cancel_recorded     {{int64}},
    cancel_reason       TEXT      NOT NULL DEFAULT '',
    version             {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, year, number),
    CHECK (patient_share = gross - base_share - supplementary_share - discount + vat),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id),
    FOREIGN KEY (clinic, branch) REFERENCES branch (clinic, id)
) {{strict}};

CREATE INDEX admission_of_patient ON admission (clinic, patient, at, id);

CREATE TABLE admission_line (
    clinic              {{int64}} NOT NULL,
    admission           {{int64}} NOT NULL,
    line                {{int64}} NOT NULL,
    service             {{int64}} NOT NULL,
    section             {{int64}} NOT NULL,
    title               TEXT      NOT NULL,                 -- the service's name on that day
    provider            {{int64}},
    quantity            {{int64}} NOT NULL CHECK (quantity > 0),
    unit_price          {{int64}} NOT NULL CHECK (unit_price >= 0),
    gross               {{int64}} NOT NULL,
    base_share          {{int64}} NOT NULL,
    supplementary_share {{int64}} NOT NULL,
    discount            {{int64}} NOT NULL,
    discount_reason     TEXT      NOT NULL DEFAULT '',
    vat                 {{int64}} NOT NULL,
    patient_share       {{int64}} NOT NULL CHECK (patient_share >= 0),
    status              TEXT      NOT NULL CHECK (status IN ('waiting', 'in_progress', 'completed', 'cancelled')),
    PRIMARY KEY (clinic, admission, line),
    CHECK (patient_share = gross - base_share - supplementary_share - discount + vat),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id),
    FOREIGN KEY (clinic, service) REFERENCES service (clinic, id),
    FOREIGN KEY (clinic, provider) REFERENCES provider (clinic, id)
) {{clustered}};

-- A part of an admission that one payer owes from now on instead of another.
-- NULL is the patient.
CREATE TABLE share_transfer (
    clinic       {{int64}} NOT NULL,
    id           {{int64}} NOT NULL,
    admission    {{int64}} NOT NULL,
    patient      {{int64}} NOT NULL,
    from_insurer {{int64}},
    to_insurer   {{int64}},
    amount       {{int64}} NOT NULL CHECK (amount > 0),
    reason       TEXT      NOT NULL,
    at           {{int64}} NOT NULL,
    recorded     {{int64}} NOT NULL,
    staff        {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{strict}};

CREATE INDEX share_transfer_of_admission ON share_transfer (clinic, admission);
CREATE INDEX share_transfer_of_patient ON share_transfer (clinic, patient, admission);
