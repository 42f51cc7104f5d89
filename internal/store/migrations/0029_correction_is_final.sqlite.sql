-- Transfers and undone units are facts.

-- +goose StatementBegin
CREATE TRIGGER receipt_transfer_is_final_u BEFORE UPDATE ON receipt_transfer BEGIN SELECT RAISE(ABORT, 'receipt_transfer is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER receipt_transfer_is_final_d BEFORE DELETE ON receipt_transfer BEGIN SELECT RAISE(ABORT, 'receipt_transfer is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undo_is_final_u BEFORE UPDATE ON undo BEGIN SELECT RAISE(ABORT, 'undo is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undo_is_final_d BEFORE DELETE ON undo BEGIN SELECT RAISE(ABORT, 'undo is final'); END;
-- +goose StatementEnd
