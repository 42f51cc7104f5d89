-- The command that wrote an admission: a draft has no entries that say it. NULL:
-- before units, or by import.
ALTER TABLE admission ADD COLUMN unit {{int64}};

CREATE INDEX admission_of_unit ON admission (clinic, unit) WHERE unit IS NOT NULL;
