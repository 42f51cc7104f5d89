-- Who agreed to what, and when, is a fact: a change of mind is a line of its own.

-- +goose StatementBegin
CREATE TRIGGER consent_is_final_u BEFORE UPDATE ON consent BEGIN SELECT RAISE(ABORT, 'consent is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER consent_is_final_d BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'consent is final'); END;
-- +goose StatementEnd
