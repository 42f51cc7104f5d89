-- Two files of one person are linked, never rewritten: the loser points to the
-- winner, its rows keep their numbers, and taking the link away restores both.
ALTER TABLE patient ADD COLUMN merged_into {{int64}};

CREATE INDEX patient_merged ON patient (clinic, merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE patient_merge (
    clinic      {{int64}} NOT NULL,
    id          {{int64}} NOT NULL,
    loser       {{int64}} NOT NULL,
    winner      {{int64}} NOT NULL,
    reason      TEXT      NOT NULL DEFAULT '',
    merged      {{int64}} NOT NULL,                 -- when, as an instant
    merged_by   {{int64}} NOT NULL,
    unmerged    {{int64}},
    unmerged_by {{int64}},
    PRIMARY KEY (clinic, id),
    CHECK (loser <> winner),
    FOREIGN KEY (clinic, loser) REFERENCES patient (clinic, id),
    FOREIGN KEY (clinic, winner) REFERENCES patient (clinic, id)
) {{strict}};

CREATE INDEX patient_merge_of_winner ON patient_merge (clinic, winner);
CREATE INDEX patient_merge_of_loser ON patient_merge (clinic, loser);

-- The file whose receipt pays, when it is another file of the same person than
-- the admission's.
ALTER TABLE allocation ADD COLUMN payer {{int64}};

CREATE INDEX allocation_of_payer ON allocation (clinic, payer) WHERE payer IS NOT NULL;
