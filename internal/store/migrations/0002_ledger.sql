-- The double-entry core. Debit positive, credit negative. Two times: at/day is
-- when an entry counts, recorded is when we learnt of it; "as of" and "as
-- known at" are WHERE clauses on them.

CREATE TABLE account (
    clinic {{int64}} NOT NULL,
    id     {{int64}} NOT NULL,
    kind   TEXT      NOT NULL,
    owner  {{int64}} NOT NULL,                      -- patient, insurer, desk, section …; 0: only one
    unit   TEXT      NOT NULL CHECK (unit IN ('IRR', 'USD', 'PTS')),
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, kind, owner, unit),
    FOREIGN KEY (clinic) REFERENCES clinic (clinic)
) {{strict}};

CREATE TABLE entry (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    kind     TEXT      NOT NULL,
    day      TEXT      NOT NULL CHECK (length(day) = 10),   -- the clinic's day of at
    at       {{int64}} NOT NULL,                            -- when it counts
    recorded {{int64}} NOT NULL,                            -- when it was written
    patient  {{int64}},                                     -- whom it concerns
    document {{int64}},                                     -- the admission, receipt … behind it
    reverses {{int64}},
    staff    {{int64}} NOT NULL,
    branch   {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, reverses),                              -- an entry is reversed at most once
    FOREIGN KEY (clinic, reverses) REFERENCES entry (clinic, id)
) {{strict}};

CREATE INDEX entry_of_patient ON entry (clinic, patient, at, id);
CREATE INDEX entry_of_day ON entry (clinic, day, id);
CREATE INDEX entry_of_document ON entry (clinic, document);

CREATE TABLE posting (
    clinic   {{int64}} NOT NULL,
    account  {{int64}} NOT NULL,
    at       {{int64}} NOT NULL,                            -- as in its entry
    entry    {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,                            -- as in its entry
    amount   {{int64}} NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (clinic, account, at, entry) {{covering}},  -- an account's rows lie together, in order
    FOREIGN KEY (clinic, account) REFERENCES account (clinic, id),
    FOREIGN KEY (clinic, entry) REFERENCES entry (clinic, id)
) {{clustered}};

CREATE INDEX posting_of_entry ON posting (clinic, entry, amount);
