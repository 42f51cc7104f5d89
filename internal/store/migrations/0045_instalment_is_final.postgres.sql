-- Plans and their parts are facts: another agreement is another plan.

CREATE TRIGGER instalment_plan_is_final BEFORE UPDATE OR DELETE ON instalment_plan FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER instalment_plan_is_not_emptied BEFORE TRUNCATE ON instalment_plan FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER instalment_is_final BEFORE UPDATE OR DELETE ON instalment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER instalment_is_not_emptied BEFORE TRUNCATE ON instalment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER instalment_plan_end_is_final BEFORE UPDATE OR DELETE ON instalment_plan_end FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER instalment_plan_end_is_not_emptied BEFORE TRUNCATE ON instalment_plan_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
