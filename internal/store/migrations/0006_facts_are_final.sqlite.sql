-- Facts are final: correct one with a reversing record, never with UPDATE or
-- DELETE.

-- +goose StatementBegin
CREATE TRIGGER entry_is_final_u BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER entry_is_final_d BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER posting_is_final_u BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'posting is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER posting_is_final_d BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'posting is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER receipt_is_final_u BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER receipt_is_final_d BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER receipt_line_is_final_u BEFORE UPDATE ON receipt_line BEGIN SELECT RAISE(ABORT, 'receipt_line is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER receipt_line_is_final_d BEFORE DELETE ON receipt_line BEGIN SELECT RAISE(ABORT, 'receipt_line is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER allocation_is_final_u BEFORE UPDATE ON allocation BEGIN SELECT RAISE(ABORT, 'allocation is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER allocation_is_final_d BEFORE DELETE ON allocation BEGIN SELECT RAISE(ABORT, 'allocation is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER share_transfer_is_final_u BEFORE UPDATE ON share_transfer BEGIN SELECT RAISE(ABORT, 'share_transfer is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER share_transfer_is_final_d BEFORE DELETE ON share_transfer BEGIN SELECT RAISE(ABORT, 'share_transfer is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER insurer_payment_is_final_u BEFORE UPDATE ON insurer_payment BEGIN SELECT RAISE(ABORT, 'insurer_payment is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER insurer_payment_is_final_d BEFORE DELETE ON insurer_payment BEGIN SELECT RAISE(ABORT, 'insurer_payment is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_is_final_u BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_is_final_d BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER request_is_final_u BEFORE UPDATE ON request BEGIN SELECT RAISE(ABORT, 'request is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER request_is_final_d BEFORE DELETE ON request BEGIN SELECT RAISE(ABORT, 'request is final'); END;
-- +goose StatementEnd
