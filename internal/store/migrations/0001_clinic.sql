-- The clinic, its people and what it offers. Every key begins with the clinic,
-- so that a clinic's rows live together and can live on one shard. Days are
-- TEXT as YYYY-MM-DD, instants are microseconds UTC, ids are made by the
-- application, amounts are minor units of the clinic's currency, rates are
-- basis points (7000 = 70 %).

CREATE TABLE clinic (
    clinic   {{int64}} NOT NULL PRIMARY KEY,
    name     TEXT      NOT NULL,
    currency TEXT      NOT NULL CHECK (currency IN ('IRR', 'USD')),
    zone     TEXT      NOT NULL,                    -- IANA name; decides which day an instant is
    created  {{int64}} NOT NULL
) {{strict}};

CREATE TABLE branch (
    clinic {{int64}} NOT NULL,
    id     {{int64}} NOT NULL,
    code   TEXT      NOT NULL,
    name   TEXT      NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, code),
    FOREIGN KEY (clinic) REFERENCES clinic (clinic)
) {{strict}};

CREATE TABLE staff (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    branch   {{int64}} NOT NULL,
    name     TEXT      NOT NULL,
    role     TEXT      NOT NULL,
    username TEXT,                                  -- NULL: works here but does not sign in
    password TEXT,                                  -- argon2id, encoded with its parameters
    disabled {{int64}},                             -- since when
    version  {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, username),
    FOREIGN KEY (clinic, branch) REFERENCES branch (clinic, id)
) {{strict}};

CREATE TABLE session (
    clinic  {{int64}} NOT NULL,
    token   {{bytes}} NOT NULL,                     -- SHA-256 of what the browser holds
    staff   {{int64}} NOT NULL,
    created {{int64}} NOT NULL,
    seen    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, token),
    FOREIGN KEY (clinic, staff) REFERENCES staff (clinic, id)
) {{strict}};

CREATE TABLE api_token (
    clinic  {{int64}} NOT NULL,
    token   {{bytes}} NOT NULL,
    staff   {{int64}} NOT NULL,
    created {{int64}} NOT NULL,
    expires {{int64}} NOT NULL,
    PRIMARY KEY (clinic, token),
    FOREIGN KEY (clinic, staff) REFERENCES staff (clinic, id)
) {{strict}};

CREATE TABLE setup_token (
    clinic  {{int64}} NOT NULL PRIMARY KEY,         -- the clinic that it will set up
    token   {{bytes}} NOT NULL,
    expires {{int64}} NOT NULL
) {{strict}};

CREATE TABLE section (
    clinic {{int64}} NOT NULL,
    id     {{int64}} NOT NULL,
    code   TEXT      NOT NULL,
    name   TEXT      NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, code),
    FOREIGN KEY (clinic) REFERENCES clinic (clinic)
) {{strict}};

CREATE TABLE provider (
    clinic {{int64}} NOT NULL,
    id     {{int64}} NOT NULL,
    name   TEXT      NOT NULL,
    medical_council_number TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic) REFERENCES clinic (clinic)
) {{strict}};

CREATE TABLE service (
    clinic  {{int64}} NOT NULL,
    id      {{int64}} NOT NULL,
    section {{int64}} NOT NULL,
    code    TEXT      NOT NULL,
    name    TEXT      NOT NULL,
    vat     {{int64}} NOT NULL DEFAULT 0 CHECK (vat BETWEEN 0 AND 10000),
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, code),
    FOREIGN KEY (clinic, section) REFERENCES section (clinic, id)
) {{strict}};

CREATE TABLE insurer (
    clinic {{int64}} NOT NULL,
    id     {{int64}} NOT NULL,
    code   TEXT      NOT NULL,
    name   TEXT      NOT NULL,
    kind   TEXT      NOT NULL CHECK (kind IN ('base', 'supplementary')),
    share  {{int64}} NOT NULL CHECK (share BETWEEN 0 AND 10000),
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, code),
    FOREIGN KEY (clinic) REFERENCES clinic (clinic)
) {{strict}};

CREATE TABLE tariff (
    clinic     {{int64}} NOT NULL,
    service    {{int64}} NOT NULL,
    insurer    {{int64}} NOT NULL,                  -- 0 is the free tariff: the clinic's own price
    valid_from TEXT      NOT NULL CHECK (length(valid_from) = 10),
    price      {{int64}} NOT NULL CHECK (price >= 0),
    PRIMARY KEY (clinic, service, insurer, valid_from),
    FOREIGN KEY (clinic, service) REFERENCES service (clinic, id)
) {{strict}};

CREATE TABLE cash_desk (
    clinic {{int64}} NOT NULL,
    id     {{int64}} NOT NULL,
    branch {{int64}} NOT NULL,
    code   TEXT      NOT NULL,
    name   TEXT      NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, code),
    FOREIGN KEY (clinic, branch) REFERENCES branch (clinic, id)
) {{strict}};

CREATE TABLE terminal (
    clinic {{int64}} NOT NULL,
    id     {{int64}} NOT NULL,
    branch {{int64}} NOT NULL,
    code   TEXT      NOT NULL,
    name   TEXT      NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, code),
    FOREIGN KEY (clinic, branch) REFERENCES branch (clinic, id)
) {{strict}};

CREATE TABLE bank_account (
    clinic {{int64}} NOT NULL,
    id     {{int64}} NOT NULL,
    code   TEXT      NOT NULL,
    name   TEXT      NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, code),
    FOREIGN KEY (clinic) REFERENCES clinic (clinic)
) {{strict}};

-- The next number of each gapless series. year is the Jalali year, 0 for
-- series that never restart.
CREATE TABLE document_sequence (
    clinic {{int64}} NOT NULL,
    kind   TEXT      NOT NULL,
    year   {{int64}} NOT NULL,
    last   {{int64}} NOT NULL,
    PRIMARY KEY (clinic, kind, year)
) {{strict}};

-- Each command that was carried out, with its first answer. A repeat with the
-- same key gets that answer; another body under the same key is a conflict.
CREATE TABLE request (
    clinic   {{int64}} NOT NULL,
    key      TEXT      NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    command  TEXT      NOT NULL,
    digest   {{bytes}} NOT NULL,
    answer   TEXT      NOT NULL,
    recorded {{int64}} NOT NULL,
    PRIMARY KEY (clinic, key)
) {{clustered}};

-- Who did or saw what, whom it concerned, when and from where. Links only, no
-- patient data.
CREATE TABLE audit (
    clinic  {{int64}} NOT NULL,
    id      {{int64}} NOT NULL,
    at      {{int64}} NOT NULL,
    staff   {{int64}} NOT NULL,
    action  TEXT      NOT NULL,
    patient {{int64}},
    object  {{int64}},
    origin  TEXT      NOT NULL,
    PRIMARY KEY (clinic, id)
) {{clustered}};

-- What was brought in from outside, by its name there: the same row twice is
-- one record, a changed row under the same name is refused.
CREATE TABLE import_row (
    clinic {{int64}} NOT NULL,
    source TEXT      NOT NULL,
    kind   TEXT      NOT NULL,
    key    TEXT      NOT NULL,
    digest {{bytes}} NOT NULL,
    id     {{int64}} NOT NULL,
    PRIMARY KEY (clinic, source, kind, key)
) {{clustered}};
