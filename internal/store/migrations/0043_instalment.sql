-- What was agreed about when an admission is paid. Which parts are paid is not
-- stored: it follows from what pays the admission.
CREATE TABLE instalment_plan (
    clinic    {{int64}} NOT NULL,
    id        {{int64}} NOT NULL,
    admission {{int64}} NOT NULL,
    patient   {{int64}} NOT NULL,
    version   {{int64}} NOT NULL,                           -- of the plans of the admission
    share     {{int64}} NOT NULL,                           -- what the patient owed for it
    paid      {{int64}} NOT NULL CHECK (paid >= 0 AND paid < share), -- of it, before the plan
    unit      {{int64}},
    day       TEXT      NOT NULL CHECK (length(day) = 10),
    at        {{int64}} NOT NULL,
    recorded  {{int64}} NOT NULL,
    staff     {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, admission, version),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{strict}};

CREATE INDEX instalment_plan_of_patient ON instalment_plan (clinic, patient, admission);

-- The parts of a plan; line 0 is the down payment.
CREATE TABLE instalment (
    clinic {{int64}} NOT NULL,
    plan   {{int64}} NOT NULL,
    line   {{int64}} NOT NULL CHECK (line >= 0),
    due    TEXT      NOT NULL CHECK (length(due) = 10),
    amount {{int64}} NOT NULL CHECK (amount > 0),
    PRIMARY KEY (clinic, plan, line),
    FOREIGN KEY (clinic, plan) REFERENCES instalment_plan (clinic, id)
) {{clustered}};

-- Plans that are no longer in force. One of a cancelled admission has no end of
-- its own.
CREATE TABLE instalment_plan_end (
    clinic   {{int64}} NOT NULL,
    plan     {{int64}} NOT NULL,
    kind     TEXT      NOT NULL CHECK (kind IN ('replaced', 'cancelled')),
    reason   TEXT      NOT NULL DEFAULT '',
    unit     {{int64}},
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, plan),
    FOREIGN KEY (clinic, plan) REFERENCES instalment_plan (clinic, id)
) {{strict}};
