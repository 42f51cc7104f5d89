-- Who sends patients is an entity of its own; the name in patient.referrer
-- stays beside the link, as it was brought in, and follows the entity.
CREATE TABLE referrer (
    clinic                 {{int64}} NOT NULL,
    id                     {{int64}} NOT NULL,
    name                   TEXT      NOT NULL,
    phone                  TEXT      NOT NULL DEFAULT '',
    medical_council_number TEXT      NOT NULL DEFAULT '',
    email                  TEXT      NOT NULL DEFAULT '',
    version                {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic) REFERENCES clinic (clinic)
) {{strict}};

CREATE INDEX referrer_by_name ON referrer (clinic, name);

ALTER TABLE patient ADD COLUMN referrer_id {{int64}};

-- Each name that is there becomes one referrer, under the number of the first
-- patient who was sent.
INSERT INTO referrer (clinic, id, name)
SELECT clinic, MIN(id), referrer FROM patient WHERE referrer <> '' GROUP BY clinic, referrer;

UPDATE patient SET referrer_id = (
    SELECT r.id FROM referrer r WHERE r.clinic = patient.clinic AND r.name = patient.referrer)
WHERE referrer <> '';

CREATE INDEX patient_of_referrer ON patient (clinic, referrer_id) WHERE referrer_id IS NOT NULL;

-- What a form looks for: the same birth date, the tags in use, the marketers.
CREATE INDEX patient_by_birth ON patient (clinic, birth_date) WHERE birth_date <> '';
CREATE INDEX patient_by_tags ON patient (clinic, tags) WHERE tags <> '';
CREATE INDEX patient_marketing ON patient (clinic, sort_key) WHERE marketer_status = 'active';

-- Some insurers take nobody without a national code.
ALTER TABLE insurer ADD COLUMN requires_national_code {{int64}} NOT NULL DEFAULT 0;

-- The picture on a file, small and made by us.
CREATE TABLE patient_photo (
    clinic     {{int64}} NOT NULL,
    patient    {{int64}} NOT NULL,
    bytes      {{bytes}} NOT NULL,
    type       TEXT      NOT NULL,
    changed    {{int64}} NOT NULL,
    changed_by {{int64}} NOT NULL,
    PRIMARY KEY (clinic, patient),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id)
) {{strict}};
