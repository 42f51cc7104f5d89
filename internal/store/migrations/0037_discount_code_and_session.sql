-- Codes that give a discount, and the sessions of services that take several.

CREATE TABLE discount_code (
    clinic     {{int64}} NOT NULL,
    id         {{int64}} NOT NULL,
    code       TEXT      NOT NULL,                          -- in capitals
    amount     {{int64}} NOT NULL DEFAULT 0 CHECK (amount >= 0),
    percent    {{int64}} NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 10000), -- basis points
    most       {{int64}} NOT NULL DEFAULT 0 CHECK (most >= 0), -- of a percentage; 0: no bound
    valid_from TEXT      NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT      NOT NULL DEFAULT '',               -- last day; '': for ever
    uses       {{int64}} NOT NULL CHECK (uses > 0),
    used       {{int64}} NOT NULL DEFAULT 0 CHECK (used >= 0),
    patient    {{int64}},                                   -- only this person; NULL: anybody
    combinable {{int64}} NOT NULL DEFAULT 0 CHECK (combinable IN (0, 1)),
    note       TEXT      NOT NULL DEFAULT '',
    staff      {{int64}} NOT NULL,                          -- who answers for its discounts
    made       {{int64}} NOT NULL,
    disabled   {{int64}},
    version    {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, code),
    CHECK ((amount = 0) <> (percent = 0)),
    CHECK (used <= uses),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id)
) {{strict}};

CREATE INDEX discount_code_of_patient ON discount_code (clinic, patient) WHERE patient IS NOT NULL;

-- The services that a code is for; none: all.
CREATE TABLE discount_code_service (
    clinic  {{int64}} NOT NULL,
    code    {{int64}} NOT NULL,
    service {{int64}} NOT NULL,
    PRIMARY KEY (clinic, code, service),
    FOREIGN KEY (clinic, code) REFERENCES discount_code (clinic, id),
    FOREIGN KEY (clinic, service) REFERENCES service (clinic, id)
) {{clustered}};

-- Where a code was used, once in an admission; released when the admission was
-- cancelled while the code still held.
CREATE TABLE discount_code_use (
    clinic    {{int64}} NOT NULL,
    code      {{int64}} NOT NULL,
    admission {{int64}} NOT NULL,
    amount    {{int64}} NOT NULL CHECK (amount > 0),
    at        {{int64}} NOT NULL,
    recorded  {{int64}} NOT NULL,
    staff     {{int64}} NOT NULL,
    released  {{int64}},
    PRIMARY KEY (clinic, admission),
    FOREIGN KEY (clinic, code) REFERENCES discount_code (clinic, id),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{clustered}};

CREATE INDEX discount_code_use_of ON discount_code_use (clinic, code, admission);

-- What one session of a service costs that takes several; 0: not sold alone.
ALTER TABLE service ADD COLUMN single_price {{int64}} NOT NULL DEFAULT 0 CHECK (single_price >= 0);

-- The sessions of a line, made when its admission becomes final.
CREATE TABLE admission_session (
    clinic    {{int64}} NOT NULL,
    admission {{int64}} NOT NULL,
    line      {{int64}} NOT NULL,
    number    {{int64}} NOT NULL CHECK (number > 0),
    planned   TEXT      NOT NULL CHECK (length(planned) = 10),
    done      TEXT      NOT NULL DEFAULT '',                -- the day
    provider  {{int64}},
    status    TEXT      NOT NULL CHECK (status IN ('planned', 'done', 'cancelled')),
    recorded  {{int64}} NOT NULL,
    staff     {{int64}} NOT NULL,
    version   {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, admission, line, number),
    CHECK ((status = 'done') = (done <> '')),
    FOREIGN KEY (clinic, admission, line) REFERENCES admission_line (clinic, admission, line)
) {{clustered}};
