-- Receipts: money from a patient, by method, and which admissions it pays.

CREATE TABLE receipt (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    patient  {{int64}} NOT NULL,
    year     {{int64}} NOT NULL,
    number   {{int64}} NOT NULL,
    branch   {{int64}} NOT NULL,
    amount   {{int64}} NOT NULL CHECK (amount > 0),
    day      TEXT      NOT NULL CHECK (length(day) = 10),
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    note     TEXT      NOT NULL DEFAULT '',
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, year, number),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id)
) {{strict}};

CREATE INDEX receipt_of_patient ON receipt (clinic, patient, at, id);

CREATE TABLE receipt_line (
    clinic          {{int64}} NOT NULL,
    receipt         {{int64}} NOT NULL,
    line            {{int64}} NOT NULL,
    method          TEXT      NOT NULL CHECK (method IN ('cash', 'pos', 'card_to_card', 'bank_transfer', 'cheque')),
    amount          {{int64}} NOT NULL CHECK (amount > 0),
    place           {{int64}} NOT NULL,                     -- the desk, terminal or bank account; 0 for cheques
    tracking_number TEXT      NOT NULL DEFAULT '',
    last_four       TEXT      NOT NULL DEFAULT '',
    PRIMARY KEY (clinic, receipt, line),
    FOREIGN KEY (clinic, receipt) REFERENCES receipt (clinic, id)
) {{clustered}};

CREATE TABLE cheque (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    receipt  {{int64}} NOT NULL,
    line     {{int64}} NOT NULL,
    patient  {{int64}} NOT NULL,
    amount   {{int64}} NOT NULL CHECK (amount > 0),
    status   TEXT      NOT NULL CHECK (status IN ('in_hand', 'cleared')),
    sayad_id TEXT      NOT NULL DEFAULT '',
    due_date TEXT      NOT NULL DEFAULT '',
    version  {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, receipt, line),
    FOREIGN KEY (clinic, receipt) REFERENCES receipt (clinic, id)
) {{strict}};

CREATE INDEX cheque_of_patient ON cheque (clinic, patient, status);

-- Which money pays which admission. Facts: taking money off an admission again
-- is a negative row.
CREATE TABLE allocation (
    clinic    {{int64}} NOT NULL,
    id        {{int64}} NOT NULL,
    patient   {{int64}} NOT NULL,
    receipt   {{int64}} NOT NULL,
    admission {{int64}} NOT NULL,
    amount    {{int64}} NOT NULL CHECK (amount <> 0),
    reason    TEXT      NOT NULL CHECK (reason IN ('oldest_first', 'chosen', 'from_credit', 'cancelled', 'share_moved')),
    at        {{int64}} NOT NULL,
    recorded  {{int64}} NOT NULL,
    staff     {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, receipt) REFERENCES receipt (clinic, id),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{strict}};

CREATE INDEX allocation_of_patient ON allocation (clinic, patient, admission, receipt);
CREATE INDEX allocation_of_admission ON allocation (clinic, admission, id);

-- Money that an insurer paid for admissions.
CREATE TABLE insurer_payment (
    clinic    {{int64}} NOT NULL,
    id        {{int64}} NOT NULL,
    insurer   {{int64}} NOT NULL,
    admission {{int64}} NOT NULL,
    patient   {{int64}} NOT NULL,
    amount    {{int64}} NOT NULL CHECK (amount > 0),
    method    TEXT      NOT NULL CHECK (method IN ('bank_transfer')),
    place     {{int64}} NOT NULL,
    at        {{int64}} NOT NULL,
    recorded  {{int64}} NOT NULL,
    staff     {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, insurer) REFERENCES insurer (clinic, id),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{strict}};

CREATE INDEX insurer_payment_of_admission ON insurer_payment (clinic, admission);
