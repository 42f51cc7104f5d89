-- What became of a shift, how much it handed over and which day was closed by
-- whom is final; a closed shift takes no money, whoever asks and however.

CREATE TRIGGER shift_event_is_final BEFORE UPDATE OR DELETE ON shift_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER shift_event_is_not_emptied BEFORE TRUNCATE ON shift_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER handover_is_final BEFORE UPDATE OF clinic, id, shift, amount, kind, place, at, staff ON handover FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER handover_stays BEFORE DELETE ON handover FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER handover_is_not_emptied BEFORE TRUNCATE ON handover FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER day_close_is_final BEFORE UPDATE OF clinic, id, day, closed, staff ON day_close FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER day_close_stays BEFORE DELETE ON day_close FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER day_close_is_not_emptied BEFORE TRUNCATE ON day_close FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- +goose StatementBegin
CREATE FUNCTION refuse_closed_shift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.shift IS NOT NULL AND (SELECT status FROM shift WHERE clinic = NEW.clinic AND id = NEW.shift) = 'closed' THEN
        RAISE EXCEPTION 'the shift is closed';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER shift_is_closed BEFORE INSERT ON money_line FOR EACH ROW EXECUTE FUNCTION refuse_closed_shift();
