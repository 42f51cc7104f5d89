-- What became of a shift, how much it handed over and which day was closed by
-- whom is final; a closed shift takes no money, whoever asks and however.

-- +goose StatementBegin
CREATE TRIGGER shift_event_is_final_u BEFORE UPDATE ON shift_event BEGIN SELECT RAISE(ABORT, 'shift_event is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER shift_event_is_final_d BEFORE DELETE ON shift_event BEGIN SELECT RAISE(ABORT, 'shift_event is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER handover_is_final_u BEFORE UPDATE OF clinic, id, shift, amount, kind, place, at, staff ON handover
BEGIN SELECT RAISE(ABORT, 'handover is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER handover_is_final_d BEFORE DELETE ON handover BEGIN SELECT RAISE(ABORT, 'handover is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER day_close_is_final_u BEFORE UPDATE OF clinic, id, day, closed, staff ON day_close
BEGIN SELECT RAISE(ABORT, 'day_close is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER day_close_is_final_d BEFORE DELETE ON day_close BEGIN SELECT RAISE(ABORT, 'day_close is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER shift_is_closed BEFORE INSERT ON money_line
WHEN NEW.shift IS NOT NULL AND (SELECT status FROM shift WHERE clinic = NEW.clinic AND id = NEW.shift) = 'closed'
BEGIN SELECT RAISE(ABORT, 'the shift is closed'); END;
-- +goose StatementEnd
