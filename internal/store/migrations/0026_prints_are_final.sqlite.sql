-- What was printed is a fact.

-- +goose StatementBegin
CREATE TRIGGER receipt_print_is_final_u BEFORE UPDATE ON receipt_print BEGIN SELECT RAISE(ABORT, 'receipt_print is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER receipt_print_is_final_d BEFORE DELETE ON receipt_print BEGIN SELECT RAISE(ABORT, 'receipt_print is final'); END;
-- +goose StatementEnd
