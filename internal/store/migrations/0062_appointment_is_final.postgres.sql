-- What happened to an appointment is final, and an appointment is never
-- deleted.

CREATE TRIGGER appointment_event_is_final BEFORE UPDATE OR DELETE ON appointment_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER appointment_event_is_not_emptied BEFORE TRUNCATE ON appointment_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER appointment_is_kept BEFORE DELETE ON appointment FOR EACH ROW EXECUTE FUNCTION refuse_change();
