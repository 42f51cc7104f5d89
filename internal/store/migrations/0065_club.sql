-- The customer club: its rules, what each service brings, and points in lots
-- that expire. What moves a lot is in the books too, in the unit PTS.
ALTER TABLE clinic ADD COLUMN club_rules TEXT NOT NULL DEFAULT '';
ALTER TABLE service ADD COLUMN club_bonus {{int64}} NOT NULL DEFAULT 0 CHECK (club_bonus BETWEEN -100 AND 900); -- percent more or less than usual

-- How an admission earns: fixed when its first money comes, so that a later
-- change of a rule changes nothing that was earned.
CREATE TABLE club_term (
    clinic    {{int64}} NOT NULL,
    admission {{int64}} NOT NULL,
    service   {{int64}} NOT NULL,
    per       {{int64}} NOT NULL CHECK (per > 0),            -- money for one point
    percent   {{int64}} NOT NULL CHECK (percent BETWEEN 0 AND 1000),
    days      {{int64}} NOT NULL CHECK (days >= 0),          -- that points hold; 0: for ever
    PRIMARY KEY (clinic, admission, service),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{clustered}};

-- Points that came at once and expire at once. What is left of a lot is the sum
-- of its movements.
CREATE TABLE club_lot (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    patient  {{int64}} NOT NULL,
    cause    TEXT      NOT NULL CHECK (cause IN ('admission', 'birthday', 'anniversary', 'introduction', 'manual')),
    object   {{int64}} NOT NULL,                             -- admission, Jalali year, who was introduced
    expires  TEXT      NOT NULL DEFAULT '' CHECK (length(expires) IN (0, 10)),
    lapsed   {{int64}} NOT NULL DEFAULT 0 CHECK (lapsed IN (0, 1)), -- it expired and was looked at
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id)
) {{strict}};

CREATE INDEX club_lot_of_patient ON club_lot (clinic, patient, id);
CREATE INDEX club_lot_to_lapse ON club_lot (clinic, expires) WHERE lapsed = 0 AND expires <> '';
-- A gift is given once, however often the job runs.
CREATE UNIQUE INDEX club_gift ON club_lot (clinic, patient, cause, object) WHERE cause IN ('birthday', 'anniversary', 'introduction');

CREATE TABLE club_movement (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    lot      {{int64}} NOT NULL,
    patient  {{int64}} NOT NULL,                             -- whose lot it is
    kind     TEXT      NOT NULL CHECK (kind IN ('earned', 'taken_back', 'covered', 'adjusted', 'spent', 'returned', 'expired')),
    points   {{int64}} NOT NULL CHECK (points <> 0),
    entry    {{int64}} NOT NULL,
    code     {{int64}},                                      -- discount code, of spent and returned
    note     TEXT      NOT NULL DEFAULT '',
    day      TEXT      NOT NULL CHECK (length(day) = 10),
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, lot) REFERENCES club_lot (clinic, id),
    FOREIGN KEY (clinic, entry) REFERENCES entry (clinic, id)
) {{strict}};

CREATE INDEX club_movement_of_lot ON club_movement (clinic, lot);
CREATE INDEX club_movement_of_patient ON club_movement (clinic, patient, at, id);
CREATE INDEX club_movement_of_code ON club_movement (clinic, code) WHERE code IS NOT NULL;
CREATE INDEX club_movement_of_day ON club_movement (clinic, day);
CREATE INDEX patient_by_wedding ON patient (clinic, wedding_date) WHERE wedding_date <> '';
