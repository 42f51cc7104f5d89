-- Who agreed to what, and when, is a fact: a change of mind is a line of its own.

CREATE TRIGGER consent_is_final BEFORE UPDATE OR DELETE ON consent FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consent_is_not_emptied BEFORE TRUNCATE ON consent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
