-- Transfers and undone units are facts.

CREATE TRIGGER receipt_transfer_is_final BEFORE UPDATE OR DELETE ON receipt_transfer FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_transfer_is_not_emptied BEFORE TRUNCATE ON receipt_transfer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER undo_is_final BEFORE UPDATE OR DELETE ON undo FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER undo_is_not_emptied BEFORE TRUNCATE ON undo FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
