-- What a person may do beside the preset of the role: permissions between
-- spaces.
ALTER TABLE staff ADD COLUMN granted TEXT NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN withdrawn TEXT NOT NULL DEFAULT '';
