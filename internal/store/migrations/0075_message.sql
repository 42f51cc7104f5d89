-- What a clinic tells its patients, whom it may tell, and what the program did
-- about it by itself.

-- A message that is not sent says why. One that is made by itself names the
-- occasion, such as the time of the appointment, so that each makes one: an
-- appointment that was moved is reminded of its new time.
ALTER TABLE message ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN occasion TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN expires {{int64}};

CREATE UNIQUE INDEX message_once ON message (clinic, object, kind, occasion) WHERE occasion <> '';

-- The texts that a clinic has changed; for the others the program has its own.
CREATE TABLE message_template (
    clinic  {{int64}} NOT NULL,
    kind    TEXT      NOT NULL,
    text    TEXT      NOT NULL,
    enabled {{int64}} NOT NULL CHECK (enabled IN (0, 1)),
    changed {{int64}} NOT NULL,
    staff   {{int64}} NOT NULL,
    version {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, kind)
) {{strict}};

-- Quiet hours, in minutes of the day, and what a part of a message costs.
CREATE TABLE message_rules (
    clinic      {{int64}} NOT NULL,
    quiet_from  {{int64}} NOT NULL CHECK (quiet_from BETWEEN 0 AND 1439),
    quiet_until {{int64}} NOT NULL CHECK (quiet_until BETWEEN 0 AND 1439),
    price       {{int64}} NOT NULL CHECK (price >= 0),
    changed     {{int64}} NOT NULL,
    staff       {{int64}} NOT NULL,
    version     {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic)
) {{strict}};

-- Who said when that a patient agrees to messages or does not any more. What
-- holds now stands in the patient's row; patients who never said anything have
-- no line.
CREATE TABLE consent (
    clinic  {{int64}} NOT NULL,
    id      {{int64}} NOT NULL,
    patient {{int64}} NOT NULL,
    class   TEXT      NOT NULL CHECK (class IN ('service', 'advertising')),
    allowed {{int64}} NOT NULL CHECK (allowed IN (0, 1)),
    at      {{int64}} NOT NULL,
    staff   {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id)
) {{strict}};

CREATE INDEX consent_of_patient ON consent (clinic, patient, class, id);

-- The runs of the jobs. One without started waits for its turn, since somebody
-- asked for it. Runs that follow each other and found nothing to do share a row.
CREATE TABLE job_run (
    clinic  {{int64}} NOT NULL,
    id      {{int64}} NOT NULL,
    job     TEXT      NOT NULL,
    asked   {{int64}},
    staff   {{int64}},
    started {{int64}},
    ended   {{int64}},
    runs    {{int64}} NOT NULL DEFAULT 1,
    did     {{int64}} NOT NULL DEFAULT 0,
    error   TEXT      NOT NULL DEFAULT '',
    PRIMARY KEY (clinic, id)
) {{strict}};

CREATE INDEX job_run_of_job ON job_run (clinic, job, id);
CREATE UNIQUE INDEX job_run_asked ON job_run (clinic, job) WHERE started IS NULL;
