-- The new facts are final like the old ones, and a closed day takes nothing
-- more, whoever asks and however.

-- +goose StatementBegin
CREATE TRIGGER receipt_is_final_u BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER receipt_is_final_d BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER money_line_is_final_u BEFORE UPDATE ON money_line BEGIN SELECT RAISE(ABORT, 'money_line is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER money_line_is_final_d BEFORE DELETE ON money_line BEGIN SELECT RAISE(ABORT, 'money_line is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER fund_is_final_u BEFORE UPDATE ON fund BEGIN SELECT RAISE(ABORT, 'fund is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER fund_is_final_d BEFORE DELETE ON fund BEGIN SELECT RAISE(ABORT, 'fund is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER allocation_is_final_u BEFORE UPDATE ON allocation BEGIN SELECT RAISE(ABORT, 'allocation is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER allocation_is_final_d BEFORE DELETE ON allocation BEGIN SELECT RAISE(ABORT, 'allocation is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cheque_event_is_final_u BEFORE UPDATE ON cheque_event BEGIN SELECT RAISE(ABORT, 'cheque_event is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cheque_event_is_final_d BEFORE DELETE ON cheque_event BEGIN SELECT RAISE(ABORT, 'cheque_event is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER voided_is_final_u BEFORE UPDATE ON voided BEGIN SELECT RAISE(ABORT, 'voided is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER voided_is_final_d BEFORE DELETE ON voided BEGIN SELECT RAISE(ABORT, 'voided is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER refund_is_final_u BEFORE UPDATE ON refund BEGIN SELECT RAISE(ABORT, 'refund is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER refund_is_final_d BEFORE DELETE ON refund BEGIN SELECT RAISE(ABORT, 'refund is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deposit_movement_is_final_u BEFORE UPDATE ON deposit_movement BEGIN SELECT RAISE(ABORT, 'deposit_movement is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deposit_movement_is_final_d BEFORE DELETE ON deposit_movement BEGIN SELECT RAISE(ABORT, 'deposit_movement is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER remission_is_final_u BEFORE UPDATE ON remission BEGIN SELECT RAISE(ABORT, 'remission is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER remission_is_final_d BEFORE DELETE ON remission BEGIN SELECT RAISE(ABORT, 'remission is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER shift_count_is_final_u BEFORE UPDATE ON shift_count BEGIN SELECT RAISE(ABORT, 'shift_count is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER shift_count_is_final_d BEFORE DELETE ON shift_count BEGIN SELECT RAISE(ABORT, 'shift_count is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER day_is_closed BEFORE INSERT ON entry
WHEN NEW.day <= (SELECT MAX(day) FROM day_close WHERE clinic = NEW.clinic AND reopened IS NULL)
BEGIN SELECT RAISE(ABORT, 'the day is closed'); END;
-- +goose StatementEnd
