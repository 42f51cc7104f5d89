-- What the lists walk: the people of one branch in both orders, admissions by
-- time, and where people heard of the clinic.
CREATE INDEX patient_of_branch_by_name ON patient (clinic, branch, sort_key, id);
CREATE INDEX patient_of_branch_by_file ON patient (clinic, branch, file_number, id);
CREATE INDEX patient_by_source ON patient (clinic, acquisition_source) WHERE acquisition_source <> '';
-- Every number is above 0. Only a list says so and walks this index; without the
-- condition SQLite takes it for the order of one person's admissions as well.
CREATE INDEX admission_by_time ON admission (clinic, at, id) WHERE number > 0;

-- A person's own named views of a list: the query part of its address.
CREATE TABLE saved_view (
    clinic {{int64}} NOT NULL,
    id     {{int64}} NOT NULL,
    staff  {{int64}} NOT NULL,
    list   TEXT      NOT NULL CHECK (list IN ('patients', 'admissions')),
    name   TEXT      NOT NULL,
    query  TEXT      NOT NULL,
    saved  {{int64}} NOT NULL,                      -- when, as an instant
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, staff, list, name),
    FOREIGN KEY (clinic, staff) REFERENCES staff (clinic, id)
) {{strict}};
