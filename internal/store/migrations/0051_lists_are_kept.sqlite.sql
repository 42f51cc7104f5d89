-- The database keeps what lists sort by (0050), whoever writes.

-- +goose StatementBegin
CREATE TRIGGER posting_keeps_balance AFTER INSERT ON posting BEGIN
    INSERT INTO person_balance (clinic, person, unit, amount)
    SELECT a.clinic, f.person, a.unit, NEW.amount
    FROM account a CROSS JOIN file_person f
    WHERE a.clinic = NEW.clinic AND a.id = NEW.account AND a.kind = 'receivable' AND f.clinic = NEW.clinic AND f.file = a.owner
    ON CONFLICT (clinic, person, unit) DO UPDATE SET amount = person_balance.amount + excluded.amount;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER admission_keeps_open AFTER INSERT ON admission WHEN NEW.status = 'finalized' BEGIN
    INSERT INTO open_admission (clinic, admission, person, patient, day, amount)
    SELECT l.clinic, l.admission, f.person, l.patient, l.day, l.amount
    FROM admission_left l JOIN file_person f ON f.clinic = l.clinic AND f.file = l.patient
    WHERE l.clinic = NEW.clinic AND l.admission = NEW.id
    ON CONFLICT (clinic, admission) DO UPDATE SET amount = excluded.amount, day = excluded.day;
    DELETE FROM open_admission WHERE clinic = NEW.clinic AND admission = NEW.id AND amount = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER admission_keeps_open_u AFTER UPDATE OF status, patient_share, day ON admission BEGIN
    INSERT INTO open_admission (clinic, admission, person, patient, day, amount)
    SELECT l.clinic, l.admission, f.person, l.patient, l.day, l.amount
    FROM admission_left l JOIN file_person f ON f.clinic = l.clinic AND f.file = l.patient
    WHERE l.clinic = NEW.clinic AND l.admission = NEW.id
    ON CONFLICT (clinic, admission) DO UPDATE SET amount = excluded.amount, day = excluded.day;
    DELETE FROM open_admission WHERE clinic = NEW.clinic AND admission = NEW.id AND amount = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER allocation_keeps_open AFTER INSERT ON allocation WHEN NEW.admission IS NOT NULL BEGIN
    INSERT INTO open_admission (clinic, admission, person, patient, day, amount)
    SELECT l.clinic, l.admission, f.person, l.patient, l.day, l.amount
    FROM admission_left l JOIN file_person f ON f.clinic = l.clinic AND f.file = l.patient
    WHERE l.clinic = NEW.clinic AND l.admission = NEW.admission
    ON CONFLICT (clinic, admission) DO UPDATE SET amount = excluded.amount, day = excluded.day;
    DELETE FROM open_admission WHERE clinic = NEW.clinic AND admission = NEW.admission AND amount = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER share_transfer_keeps_open AFTER INSERT ON share_transfer BEGIN
    INSERT INTO open_admission (clinic, admission, person, patient, day, amount)
    SELECT l.clinic, l.admission, f.person, l.patient, l.day, l.amount
    FROM admission_left l JOIN file_person f ON f.clinic = l.clinic AND f.file = l.patient
    WHERE l.clinic = NEW.clinic AND l.admission = NEW.admission
    ON CONFLICT (clinic, admission) DO UPDATE SET amount = excluded.amount, day = excluded.day;
    DELETE FROM open_admission WHERE clinic = NEW.clinic AND admission = NEW.admission AND amount = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER remission_keeps_open AFTER INSERT ON remission BEGIN
    INSERT INTO open_admission (clinic, admission, person, patient, day, amount)
    SELECT l.clinic, l.admission, f.person, l.patient, l.day, l.amount
    FROM admission_left l JOIN file_person f ON f.clinic = l.clinic AND f.file = l.patient
    WHERE l.clinic = NEW.clinic AND l.admission = NEW.admission
    ON CONFLICT (clinic, admission) DO UPDATE SET amount = excluded.amount, day = excluded.day;
    DELETE FROM open_admission WHERE clinic = NEW.clinic AND admission = NEW.admission AND amount = 0;
END;
-- +goose StatementEnd
-- A merge is a link (0009): the files below it go to another person.
-- +goose StatementBegin
CREATE TRIGGER patient_keeps_balance AFTER UPDATE OF merged_into ON patient WHEN OLD.merged_into IS NOT NEW.merged_into BEGIN
    INSERT INTO person_balance (clinic, person, unit, amount)
    SELECT NEW.clinic, COALESCE((SELECT f.person FROM file_person f WHERE f.clinic = NEW.clinic AND f.file = OLD.merged_into), NEW.id), a.unit, CAST(-SUM(p.amount) AS BIGINT)
    FROM account a CROSS JOIN posting p
    WHERE a.clinic = NEW.clinic AND a.kind = 'receivable' AND a.owner IN (
        WITH RECURSIVE family(id) AS (
            SELECT NEW.id
            UNION ALL
            SELECT m.id FROM family CROSS JOIN patient m WHERE m.clinic = NEW.clinic AND m.merged_into = family.id)
        SELECT family.id FROM family)
        AND p.clinic = a.clinic AND p.account = a.id
    GROUP BY a.unit
    ON CONFLICT (clinic, person, unit) DO UPDATE SET amount = person_balance.amount + excluded.amount;
    INSERT INTO person_balance (clinic, person, unit, amount)
    SELECT NEW.clinic, COALESCE((SELECT f.person FROM file_person f WHERE f.clinic = NEW.clinic AND f.file = NEW.merged_into), NEW.id), a.unit, CAST(SUM(p.amount) AS BIGINT)
    FROM account a CROSS JOIN posting p
    WHERE a.clinic = NEW.clinic AND a.kind = 'receivable' AND a.owner IN (
        WITH RECURSIVE family(id) AS (
            SELECT NEW.id
            UNION ALL
            SELECT m.id FROM family CROSS JOIN patient m WHERE m.clinic = NEW.clinic AND m.merged_into = family.id)
        SELECT family.id FROM family)
        AND p.clinic = a.clinic AND p.account = a.id
    GROUP BY a.unit
    ON CONFLICT (clinic, person, unit) DO UPDATE SET amount = person_balance.amount + excluded.amount;
    UPDATE open_admission SET person = COALESCE((SELECT f.person FROM file_person f WHERE f.clinic = NEW.clinic AND f.file = NEW.merged_into), NEW.id)
    WHERE clinic = NEW.clinic AND person = COALESCE((SELECT f.person FROM file_person f WHERE f.clinic = NEW.clinic AND f.file = OLD.merged_into), NEW.id)
        AND patient IN (
        WITH RECURSIVE family(id) AS (
            SELECT NEW.id
            UNION ALL
            SELECT m.id FROM family CROSS JOIN patient m WHERE m.clinic = NEW.clinic AND m.merged_into = family.id)
        SELECT family.id FROM family);
END;
-- +goose StatementEnd
