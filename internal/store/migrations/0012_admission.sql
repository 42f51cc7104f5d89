-- With each discount the percentage, when it was given as one, and who answers
-- for it. A draft's discount that nobody answers for waits for approval.
ALTER TABLE admission_line ADD COLUMN discount_percent {{int64}} NOT NULL DEFAULT 0;
ALTER TABLE admission_line ADD COLUMN discount_by {{int64}};

-- So far nobody could give more than they may, so the giver answers.
UPDATE admission_line SET discount_by = (
    SELECT a.staff FROM admission a WHERE a.clinic = admission_line.clinic AND a.id = admission_line.admission)
WHERE discount > 0;
