-- What happened to an appointment is final, and an appointment is never
-- deleted.

-- +goose StatementBegin
CREATE TRIGGER appointment_event_is_final_u BEFORE UPDATE ON appointment_event BEGIN SELECT RAISE(ABORT, 'appointment_event is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER appointment_event_is_final_d BEFORE DELETE ON appointment_event BEGIN SELECT RAISE(ABORT, 'appointment_event is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER appointment_is_kept BEFORE DELETE ON appointment BEGIN SELECT RAISE(ABORT, 'appointment is final'); END;
-- +goose StatementEnd
