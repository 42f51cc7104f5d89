-- A shift that is over holds no cash: what it did not hand over stays in the
-- drawer for the next one.
ALTER TABLE shift ADD COLUMN left_in_drawer {{int64}} NOT NULL DEFAULT 0;

-- A shift that was opened again is counted again; number is how many slips or
-- cheques it was.
ALTER TABLE shift_count ADD COLUMN round {{int64}} NOT NULL DEFAULT 1;
ALTER TABLE shift_count ADD COLUMN number {{int64}} NOT NULL DEFAULT 0;

-- A hand-over that was sent back, because it was wrong or the shift went on.
ALTER TABLE handover ADD COLUMN returned {{int64}};
ALTER TABLE handover ADD COLUMN returned_by {{int64}};

-- What became of a shift, in its order.
CREATE TABLE shift_event (
    clinic {{int64}} NOT NULL,
    id     {{int64}} NOT NULL,
    shift  {{int64}} NOT NULL,
    status TEXT      NOT NULL,                              -- what it became
    note   TEXT      NOT NULL DEFAULT '',
    at     {{int64}} NOT NULL,
    staff  {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, shift) REFERENCES shift (clinic, id)
) {{strict}};

CREATE INDEX shift_event_of ON shift_event (clinic, shift, id);
CREATE INDEX shift_by_opened ON shift (clinic, opened, id);
CREATE INDEX handover_waits ON handover (clinic, shift) WHERE confirmed IS NULL AND returned IS NULL;
