-- The new facts are final like the old ones, and a closed day takes nothing
-- more, whoever asks and however.

CREATE TRIGGER receipt_is_final BEFORE UPDATE OR DELETE ON receipt FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_is_not_emptied BEFORE TRUNCATE ON receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER money_line_is_final BEFORE UPDATE OR DELETE ON money_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER money_line_is_not_emptied BEFORE TRUNCATE ON money_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fund_is_final BEFORE UPDATE OR DELETE ON fund FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fund_is_not_emptied BEFORE TRUNCATE ON fund FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER allocation_is_final BEFORE UPDATE OR DELETE ON allocation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER allocation_is_not_emptied BEFORE TRUNCATE ON allocation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cheque_event_is_final BEFORE UPDATE OR DELETE ON cheque_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cheque_event_is_not_emptied BEFORE TRUNCATE ON cheque_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER voided_is_final BEFORE UPDATE OR DELETE ON voided FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER voided_is_not_emptied BEFORE TRUNCATE ON voided FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_is_final BEFORE UPDATE OR DELETE ON refund FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refund_is_not_emptied BEFORE TRUNCATE ON refund FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER deposit_movement_is_final BEFORE UPDATE OR DELETE ON deposit_movement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER deposit_movement_is_not_emptied BEFORE TRUNCATE ON deposit_movement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER remission_is_final BEFORE UPDATE OR DELETE ON remission FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER remission_is_not_emptied BEFORE TRUNCATE ON remission FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER shift_count_is_final BEFORE UPDATE OR DELETE ON shift_count FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER shift_count_is_not_emptied BEFORE TRUNCATE ON shift_count FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- +goose StatementBegin
CREATE FUNCTION refuse_closed_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.day <= (SELECT MAX(day) FROM day_close WHERE clinic = NEW.clinic AND reopened IS NULL) THEN
        RAISE EXCEPTION 'the day is closed';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER day_is_closed BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION refuse_closed_day();
