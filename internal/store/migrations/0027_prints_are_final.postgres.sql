-- What was printed is a fact.

CREATE TRIGGER receipt_print_is_final BEFORE UPDATE OR DELETE ON receipt_print FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_print_is_not_emptied BEFORE TRUNCATE ON receipt_print FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
