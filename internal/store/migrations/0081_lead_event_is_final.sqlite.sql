-- What happened to a lead is a fact: a change of mind is an event of its own.

-- +goose StatementBegin
CREATE TRIGGER lead_event_is_final_u BEFORE UPDATE ON lead_event BEGIN SELECT RAISE(ABORT, 'what happened to a lead is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER lead_event_is_final_d BEFORE DELETE ON lead_event BEGIN SELECT RAISE(ABORT, 'what happened to a lead is final'); END;
-- +goose StatementEnd
