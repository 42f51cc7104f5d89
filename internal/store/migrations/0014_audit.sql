-- One line of the audit tells whom a list showed and what was refused, and the
-- lines of one patient, of one member of staff and of a span of time are found
-- by keys.
ALTER TABLE audit ADD COLUMN seen {{bytes}};                    -- ids of those shown, eight bytes each; one zero byte: everybody
ALTER TABLE audit ADD COLUMN detail TEXT NOT NULL DEFAULT '';   -- of a refusal: what was tried and why it was refused

CREATE INDEX audit_at ON audit (clinic, at, id);
CREATE INDEX audit_of_patient ON audit (clinic, patient, at, id) WHERE patient IS NOT NULL;
CREATE INDEX audit_of_staff ON audit (clinic, staff, at, id);
