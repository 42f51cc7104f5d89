-- Settlements and commissions are facts like other documents.

CREATE TRIGGER settlement_is_final BEFORE UPDATE OR DELETE ON settlement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settlement_is_not_emptied BEFORE TRUNCATE ON settlement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settlement_line_is_final BEFORE UPDATE OR DELETE ON settlement_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settlement_line_is_not_emptied BEFORE TRUNCATE ON settlement_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commission_term_is_final BEFORE UPDATE OR DELETE ON commission_term FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commission_term_is_not_emptied BEFORE TRUNCATE ON commission_term FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commission_is_final BEFORE UPDATE OR DELETE ON commission FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commission_is_not_emptied BEFORE TRUNCATE ON commission FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commission_settlement_is_final BEFORE UPDATE OR DELETE ON commission_settlement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commission_settlement_is_not_emptied BEFORE TRUNCATE ON commission_settlement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
