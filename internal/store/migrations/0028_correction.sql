-- A receipt that had been taken from the wrong patient: its id is the spending
-- of the one and the fund of the other.
CREATE TABLE receipt_transfer (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    receipt  {{int64}} NOT NULL,
    patient  {{int64}} NOT NULL,                            -- whose it was
    receiver {{int64}} NOT NULL,                            -- whose it is
    amount   {{int64}} NOT NULL CHECK (amount > 0),
    reason   TEXT      NOT NULL,
    day      TEXT      NOT NULL CHECK (length(day) = 10),
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, receipt) REFERENCES receipt (clinic, id)
) {{strict}};

CREATE INDEX receipt_transfer_of ON receipt_transfer (clinic, receipt, id);

-- What one command did and another took back as a whole.
CREATE TABLE undo (
    clinic   {{int64}} NOT NULL,
    unit     {{int64}} NOT NULL,                            -- what was undone
    by_unit  {{int64}} NOT NULL,                            -- what undid it
    patient  {{int64}} NOT NULL,
    reason   TEXT      NOT NULL DEFAULT '',
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, unit)
) {{strict}};

CREATE INDEX remission_of_unit ON remission (clinic, unit) WHERE unit IS NOT NULL;
CREATE INDEX deposit_movement_of_unit ON deposit_movement (clinic, unit) WHERE unit IS NOT NULL;
