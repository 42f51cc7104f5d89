-- What happened to a lead is a fact: a change of mind is an event of its own.

CREATE TRIGGER lead_event_is_final BEFORE UPDATE OR DELETE ON lead_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER lead_event_is_not_emptied BEFORE TRUNCATE ON lead_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
