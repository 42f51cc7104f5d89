-- What insurers settle: one document for one letter of theirs, with what it
-- does to each admission. Paid money lies in insurer_payment, what patients
-- bear from now on in share_transfer, what is given up in the books.
CREATE TABLE settlement (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    insurer  {{int64}} NOT NULL,
    year     {{int64}} NOT NULL,
    number   {{int64}} NOT NULL,
    branch   {{int64}} NOT NULL,
    received {{int64}} NOT NULL CHECK (received >= 0),
    deducted {{int64}} NOT NULL CHECK (deducted >= 0),
    bank     {{int64}},                                     -- NULL: nothing was paid
    note     TEXT      NOT NULL DEFAULT '',
    unit     {{int64}},
    day      TEXT      NOT NULL CHECK (length(day) = 10),
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, year, number),
    CHECK (received + deducted > 0),
    FOREIGN KEY (clinic, insurer) REFERENCES insurer (clinic, id)
) {{strict}};

CREATE INDEX settlement_of_insurer ON settlement (clinic, insurer, at, id);

CREATE TABLE settlement_line (
    clinic     {{int64}} NOT NULL,
    settlement {{int64}} NOT NULL,
    line       {{int64}} NOT NULL,
    admission  {{int64}} NOT NULL,
    patient    {{int64}} NOT NULL,
    kind       TEXT      NOT NULL CHECK (kind IN ('paid', 'patient', 'write_off')),
    amount     {{int64}} NOT NULL CHECK (amount > 0),
    document   {{int64}} NOT NULL,                          -- insurer_payment, share_transfer, admission
    PRIMARY KEY (clinic, settlement, line),
    FOREIGN KEY (clinic, settlement) REFERENCES settlement (clinic, id),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{clustered}};

CREATE INDEX settlement_line_of_admission ON settlement_line (clinic, admission);

-- What somebody earns by those whom they send: a share in basis points from a
-- day on, of a marketer (a patient) or a referrer.
CREATE TABLE commission_rate (
    clinic     {{int64}} NOT NULL,
    kind       TEXT      NOT NULL CHECK (kind IN ('marketer', 'referrer')),
    earner     {{int64}} NOT NULL,
    valid_from TEXT      NOT NULL CHECK (length(valid_from) = 10),
    rate       {{int64}} NOT NULL CHECK (rate BETWEEN 0 AND 10000),
    recorded   {{int64}} NOT NULL,
    staff      {{int64}} NOT NULL,
    PRIMARY KEY (clinic, kind, earner, valid_from)
) {{clustered}};

-- Who earns by an admission, and how much of each service: fixed when its first
-- money comes, so that a later change of a rate changes nothing that was
-- earned.
CREATE TABLE commission_term (
    clinic    {{int64}} NOT NULL,
    admission {{int64}} NOT NULL,
    kind      TEXT      NOT NULL CHECK (kind IN ('marketer', 'referrer')),
    service   {{int64}} NOT NULL,
    earner    {{int64}} NOT NULL,
    rate      {{int64}} NOT NULL CHECK (rate BETWEEN 0 AND 10000),
    PRIMARY KEY (clinic, admission, kind, service),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{clustered}};

-- What was earned, or taken back, when what is paid of an admission changed.
CREATE TABLE commission (
    clinic    {{int64}} NOT NULL,
    id        {{int64}} NOT NULL,
    kind      TEXT      NOT NULL CHECK (kind IN ('marketer', 'referrer')),
    earner    {{int64}} NOT NULL,
    admission {{int64}} NOT NULL,
    amount    {{int64}} NOT NULL CHECK (amount <> 0),
    base      {{int64}} NOT NULL,                           -- collected money that pays the admission now
    rate      {{int64}} NOT NULL,                           -- in the mean, basis points
    entry     {{int64}} NOT NULL,
    unit      {{int64}},                                    -- the command that moved the money
    day       TEXT      NOT NULL CHECK (length(day) = 10),
    at        {{int64}} NOT NULL,
    recorded  {{int64}} NOT NULL,
    staff     {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id),
    FOREIGN KEY (clinic, entry) REFERENCES entry (clinic, id)
) {{strict}};

CREATE INDEX commission_of_admission ON commission (clinic, admission, id);
CREATE INDEX commission_of_earner ON commission (clinic, earner, at, id);

-- What was paid of it: onto the marketer's own account, or as money.
CREATE TABLE commission_settlement (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    kind     TEXT      NOT NULL CHECK (kind IN ('marketer', 'referrer')),
    earner   {{int64}} NOT NULL,
    year     {{int64}} NOT NULL,
    number   {{int64}} NOT NULL,
    branch   {{int64}} NOT NULL,
    amount   {{int64}} NOT NULL CHECK (amount > 0),
    how      TEXT      NOT NULL CHECK (how IN ('account', 'cash', 'card_to_card', 'bank_transfer')),
    note     TEXT      NOT NULL DEFAULT '',
    unit     {{int64}},
    day      TEXT      NOT NULL CHECK (length(day) = 10),
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, year, number)
) {{strict}};

CREATE INDEX commission_settlement_of_earner ON commission_settlement (clinic, earner, at, id);
