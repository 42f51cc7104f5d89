-- What an admission was is final like every other fact.

CREATE TRIGGER admission_version_is_final BEFORE UPDATE OR DELETE ON admission_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER admission_version_is_not_emptied BEFORE TRUNCATE ON admission_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER admission_version_line_is_final BEFORE UPDATE OR DELETE ON admission_version_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER admission_version_line_is_not_emptied BEFORE TRUNCATE ON admission_version_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
