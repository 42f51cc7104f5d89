-- What moved points is final, and a lot is never deleted.

CREATE TRIGGER club_movement_is_final BEFORE UPDATE OR DELETE ON club_movement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER club_movement_is_not_emptied BEFORE TRUNCATE ON club_movement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER club_lot_is_kept BEFORE DELETE ON club_lot FOR EACH ROW EXECUTE FUNCTION refuse_change();
