-- Facts are final: correct one with a reversing record, never with UPDATE,
-- DELETE or TRUNCATE.

-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is final', TG_TABLE_NAME;
END $$;
-- +goose StatementEnd
CREATE TRIGGER entry_is_final BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_is_not_emptied BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER posting_is_final BEFORE UPDATE OR DELETE ON posting FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER posting_is_not_emptied BEFORE TRUNCATE ON posting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_is_final BEFORE UPDATE OR DELETE ON receipt FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_is_not_emptied BEFORE TRUNCATE ON receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_line_is_final BEFORE UPDATE OR DELETE ON receipt_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_line_is_not_emptied BEFORE TRUNCATE ON receipt_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER allocation_is_final BEFORE UPDATE OR DELETE ON allocation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER allocation_is_not_emptied BEFORE TRUNCATE ON allocation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER share_transfer_is_final BEFORE UPDATE OR DELETE ON share_transfer FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER share_transfer_is_not_emptied BEFORE TRUNCATE ON share_transfer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER insurer_payment_is_final BEFORE UPDATE OR DELETE ON insurer_payment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER insurer_payment_is_not_emptied BEFORE TRUNCATE ON insurer_payment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_is_final BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER request_is_final BEFORE UPDATE OR DELETE ON request FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER request_is_not_emptied BEFORE TRUNCATE ON request FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
