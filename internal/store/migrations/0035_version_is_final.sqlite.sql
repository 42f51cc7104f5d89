-- What an admission was is final like every other fact.

-- +goose StatementBegin
CREATE TRIGGER admission_version_is_final_u BEFORE UPDATE ON admission_version BEGIN SELECT RAISE(ABORT, 'admission_version is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER admission_version_is_final_d BEFORE DELETE ON admission_version BEGIN SELECT RAISE(ABORT, 'admission_version is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER admission_version_line_is_final_u BEFORE UPDATE ON admission_version_line BEGIN SELECT RAISE(ABORT, 'admission_version_line is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER admission_version_line_is_final_d BEFORE DELETE ON admission_version_line BEGIN SELECT RAISE(ABORT, 'admission_version_line is final'); END;
-- +goose StatementEnd
