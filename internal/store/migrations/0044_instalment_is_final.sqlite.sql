-- Plans and their parts are facts: another agreement is another plan.

-- +goose StatementBegin
CREATE TRIGGER instalment_plan_is_final_u BEFORE UPDATE ON instalment_plan BEGIN SELECT RAISE(ABORT, 'instalment_plan is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER instalment_plan_is_final_d BEFORE DELETE ON instalment_plan BEGIN SELECT RAISE(ABORT, 'instalment_plan is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER instalment_is_final_u BEFORE UPDATE ON instalment BEGIN SELECT RAISE(ABORT, 'instalment is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER instalment_is_final_d BEFORE DELETE ON instalment BEGIN SELECT RAISE(ABORT, 'instalment is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER instalment_plan_end_is_final_u BEFORE UPDATE ON instalment_plan_end BEGIN SELECT RAISE(ABORT, 'instalment_plan_end is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER instalment_plan_end_is_final_d BEFORE DELETE ON instalment_plan_end BEGIN SELECT RAISE(ABORT, 'instalment_plan_end is final'); END;
-- +goose StatementEnd
