-- The database keeps what lists sort by (0050), whoever writes.

-- +goose StatementBegin
CREATE FUNCTION keep_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO person_balance (clinic, person, unit, amount)
    SELECT a.clinic, f.person, a.unit, NEW.amount
    FROM account a JOIN file_person f ON f.clinic = a.clinic AND f.file = a.owner
    WHERE a.clinic = NEW.clinic AND a.id = NEW.account AND a.kind = 'receivable'
    ON CONFLICT (clinic, person, unit) DO UPDATE SET amount = person_balance.amount + excluded.amount;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER posting_keeps_balance AFTER INSERT ON posting FOR EACH ROW EXECUTE FUNCTION keep_balance();

-- Changes what is kept by the difference, so that two who receive money at
-- once read nothing of each other.
-- +goose StatementBegin
CREATE FUNCTION change_open(of_clinic BIGINT, of_admission BIGINT, by BIGINT) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    kept BIGINT;
BEGIN
    UPDATE open_admission SET amount = amount + by WHERE clinic = of_clinic AND admission = of_admission RETURNING amount INTO kept;
    IF kept = 0 THEN
        DELETE FROM open_admission WHERE clinic = of_clinic AND admission = of_admission;
    ELSIF kept IS NULL AND by <> 0 THEN
        INSERT INTO open_admission (clinic, admission, person, patient, day, amount)
        SELECT a.clinic, a.id, f.person, a.patient, a.day, by
        FROM admission a JOIN file_person f ON f.clinic = a.clinic AND f.file = a.patient
        WHERE a.clinic = of_clinic AND a.id = of_admission;
    END IF;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION keep_open_by_allocation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM change_open(NEW.clinic, NEW.admission, -NEW.amount);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER allocation_keeps_open AFTER INSERT ON allocation FOR EACH ROW
    WHEN (NEW.admission IS NOT NULL) EXECUTE FUNCTION keep_open_by_allocation();

-- Everything else is rare and computes anew.
-- +goose StatementBegin
CREATE FUNCTION keep_open(of_clinic BIGINT, of_admission BIGINT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM open_admission WHERE clinic = of_clinic AND admission = of_admission;
    INSERT INTO open_admission (clinic, admission, person, patient, day, amount)
    SELECT l.clinic, l.admission, f.person, l.patient, l.day, l.amount
    FROM admission_left l JOIN file_person f ON f.clinic = l.clinic AND f.file = l.patient
    WHERE l.clinic = of_clinic AND l.admission = of_admission AND l.amount <> 0;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION keep_open_by_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM keep_open(NEW.clinic, NEW.admission);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER share_transfer_keeps_open AFTER INSERT ON share_transfer FOR EACH ROW EXECUTE FUNCTION keep_open_by_change();
CREATE TRIGGER remission_keeps_open AFTER INSERT ON remission FOR EACH ROW EXECUTE FUNCTION keep_open_by_change();

-- +goose StatementBegin
CREATE FUNCTION keep_open_by_admission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM keep_open(NEW.clinic, NEW.id);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER admission_keeps_open AFTER INSERT ON admission FOR EACH ROW
    WHEN (NEW.status = 'finalized') EXECUTE FUNCTION keep_open_by_admission();
CREATE TRIGGER admission_keeps_open_u AFTER UPDATE OF status, patient_share, day ON admission FOR EACH ROW EXECUTE FUNCTION keep_open_by_admission();

-- A merge is a link (0009): the files below it go to another person.
-- +goose StatementBegin
CREATE FUNCTION keep_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    files BIGINT[];
    was BIGINT;
    now_is BIGINT;
BEGIN
    WITH RECURSIVE family(id) AS (
        SELECT NEW.id
        UNION ALL
        SELECT m.id FROM family JOIN patient m ON m.clinic = NEW.clinic AND m.merged_into = family.id)
    SELECT ARRAY_AGG(family.id) INTO files FROM family;
    was := COALESCE((SELECT f.person FROM file_person f WHERE f.clinic = NEW.clinic AND f.file = OLD.merged_into), NEW.id);
    now_is := COALESCE((SELECT f.person FROM file_person f WHERE f.clinic = NEW.clinic AND f.file = NEW.merged_into), NEW.id);
    INSERT INTO person_balance (clinic, person, unit, amount)
    SELECT NEW.clinic, moved.person, s.unit, moved.sign * s.amount
    FROM (VALUES (was, -1), (now_is, 1)) AS moved (person, sign)
    CROSS JOIN (
        SELECT a.unit, CAST(SUM(p.amount) AS BIGINT) AS amount
        FROM account a JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
        WHERE a.clinic = NEW.clinic AND a.kind = 'receivable' AND a.owner = ANY (files)
        GROUP BY a.unit) s
    ON CONFLICT (clinic, person, unit) DO UPDATE SET amount = person_balance.amount + excluded.amount;
    UPDATE open_admission SET person = now_is WHERE clinic = NEW.clinic AND person = was AND patient = ANY (files);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER patient_keeps_balance AFTER UPDATE OF merged_into ON patient FOR EACH ROW
    WHEN (OLD.merged_into IS DISTINCT FROM NEW.merged_into) EXECUTE FUNCTION keep_person();
