-- What moved points is final, and a lot is never deleted.

-- +goose StatementBegin
CREATE TRIGGER club_movement_is_final_u BEFORE UPDATE ON club_movement BEGIN SELECT RAISE(ABORT, 'club_movement is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER club_movement_is_final_d BEFORE DELETE ON club_movement BEGIN SELECT RAISE(ABORT, 'club_movement is final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER club_lot_is_kept BEFORE DELETE ON club_lot BEGIN SELECT RAISE(ABORT, 'club_lot is final'); END;
-- +goose StatementEnd
