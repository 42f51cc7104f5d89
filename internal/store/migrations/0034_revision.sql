-- Admissions that change while they are in the books. The row and its lines
-- are the version that holds now; what they were before is kept here.

-- A service that was taken off an admission keeps its figures and counts in
-- none of its sums. A cancelled admission keeps its sums; its lines are not
-- removed.
ALTER TABLE admission_line ADD COLUMN removed {{int64}} NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));

-- The VAT rate of the day, so that a later price of the line is taxed as the
-- day was. Older lines: the rate that the service has now.
ALTER TABLE admission_line ADD COLUMN vat_rate {{int64}} NOT NULL DEFAULT 0;
UPDATE admission_line SET vat_rate = COALESCE((
    SELECT s.vat FROM service s WHERE s.clinic = admission_line.clinic AND s.id = admission_line.service), 0);

-- What an admission was until it was changed. owed is what the patient owed
-- for it in the books: nothing while it was a draft.
CREATE TABLE admission_version (
    clinic              {{int64}} NOT NULL,
    admission           {{int64}} NOT NULL,
    version             {{int64}} NOT NULL,                 -- that the admission had
    status              TEXT      NOT NULL CHECK (status IN ('draft', 'finalized')),
    base_insurer        {{int64}},
    supplementary_insurer {{int64}},
    gross               {{int64}} NOT NULL,
    base_share          {{int64}} NOT NULL,
    supplementary_share {{int64}} NOT NULL,
    discount            {{int64}} NOT NULL,
    vat                 {{int64}} NOT NULL,
    patient_share       {{int64}} NOT NULL,
    owed                {{int64}} NOT NULL CHECK (owed >= 0),
    change              TEXT      NOT NULL,                 -- what changed it: line_cancel, coverage, reopen, finalize …
    reason              TEXT      NOT NULL DEFAULT '',
    unit                {{int64}},
    until               {{int64}} NOT NULL,                 -- when the change counts
    recorded            {{int64}} NOT NULL,
    staff               {{int64}} NOT NULL,
    PRIMARY KEY (clinic, admission, version),
    CHECK (owed = CASE status WHEN 'draft' THEN 0 ELSE patient_share END),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{clustered}};

CREATE TABLE admission_version_line (
    clinic              {{int64}} NOT NULL,
    admission           {{int64}} NOT NULL,
    version             {{int64}} NOT NULL,
    line                {{int64}} NOT NULL,
    service             {{int64}} NOT NULL,
    section             {{int64}} NOT NULL,
    title               TEXT      NOT NULL,
    provider            {{int64}},
    quantity            {{int64}} NOT NULL,
    unit_price          {{int64}} NOT NULL,
    gross               {{int64}} NOT NULL,
    base_share          {{int64}} NOT NULL,
    supplementary_share {{int64}} NOT NULL,
    discount            {{int64}} NOT NULL,
    discount_percent    {{int64}} NOT NULL,
    discount_reason     TEXT      NOT NULL,
    discount_by         {{int64}},
    vat                 {{int64}} NOT NULL,
    vat_rate            {{int64}} NOT NULL,
    patient_share       {{int64}} NOT NULL,
    status              TEXT      NOT NULL,
    removed             {{int64}} NOT NULL,
    PRIMARY KEY (clinic, admission, version, line),
    FOREIGN KEY (clinic, admission, version) REFERENCES admission_version (clinic, admission, version)
) {{clustered}};
