-- Settlements and commissions are facts like other documents.

-- +goose StatementBegin
CREATE TRIGGER settlement_is_final_u BEFORE UPDATE ON settlement BEGIN SELECT RAISE(ABORT, 'settlement is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settlement_is_final_d BEFORE DELETE ON settlement BEGIN SELECT RAISE(ABORT, 'settlement is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settlement_line_is_final_u BEFORE UPDATE ON settlement_line BEGIN SELECT RAISE(ABORT, 'settlement_line is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settlement_line_is_final_d BEFORE DELETE ON settlement_line BEGIN SELECT RAISE(ABORT, 'settlement_line is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER commission_term_is_final_u BEFORE UPDATE ON commission_term BEGIN SELECT RAISE(ABORT, 'commission_term is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER commission_term_is_final_d BEFORE DELETE ON commission_term BEGIN SELECT RAISE(ABORT, 'commission_term is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER commission_is_final_u BEFORE UPDATE ON commission BEGIN SELECT RAISE(ABORT, 'commission is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER commission_is_final_d BEFORE DELETE ON commission BEGIN SELECT RAISE(ABORT, 'commission is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER commission_settlement_is_final_u BEFORE UPDATE ON commission_settlement BEGIN SELECT RAISE(ABORT, 'commission_settlement is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER commission_settlement_is_final_d BEFORE DELETE ON commission_settlement BEGIN SELECT RAISE(ABORT, 'commission_settlement is final'); END;
-- +goose StatementEnd
