-- What happened to a cheque is one story: with the command that did it, the
-- bank account, and for those that came before from the beginning on.
ALTER TABLE cheque_event ADD COLUMN unit {{int64}};
ALTER TABLE cheque_event ADD COLUMN place {{int64}} NOT NULL DEFAULT 0;

CREATE INDEX cheque_event_of_unit ON cheque_event (clinic, unit) WHERE unit IS NOT NULL;

-- An older program named the receipt in the entry of a cheque that cleared.
INSERT INTO cheque_event (clinic, id, cheque, status, day, at, recorded, staff)
SELECT q.clinic, -q.id, q.id, 'in_hand', r.day, r.at, r.recorded, r.staff
FROM cheque q JOIN receipt r ON r.clinic = q.clinic AND r.id = q.receipt;

INSERT INTO cheque_event (clinic, id, cheque, status, day, at, recorded, staff)
SELECT q.clinic, q.id, q.id, 'cleared', e.day, e.at, e.recorded, e.staff
FROM cheque q
JOIN entry e ON e.clinic = q.clinic AND e.id = (
    SELECT MIN(x.id) FROM entry x WHERE x.clinic = q.clinic AND x.kind = 'cheque_clear' AND x.document IN (q.id, q.receipt))
WHERE q.status = 'cleared';

-- Each time a receipt was printed; the first is the original.
CREATE TABLE receipt_print (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    receipt  {{int64}} NOT NULL,
    copy     {{int64}} NOT NULL CHECK (copy > 0),
    size     TEXT      NOT NULL,
    at       {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, receipt, copy),
    FOREIGN KEY (clinic, receipt) REFERENCES receipt (clinic, id)
) {{strict}};
