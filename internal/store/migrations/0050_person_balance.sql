-- What lists sort by. The database keeps both tables itself, in the transaction
-- of the facts (0051, 0052), and verify recomputes them; no single balance is
-- read here. See docs/adr/0016.

-- What the receivable accounts of a person's files hold together. The person is
-- the file that stands for the others.
CREATE TABLE person_balance (
    clinic {{int64}} NOT NULL,
    person {{int64}} NOT NULL,
    unit   TEXT      NOT NULL,
    amount {{int64}} NOT NULL,
    PRIMARY KEY (clinic, person, unit),
    FOREIGN KEY (clinic, person) REFERENCES patient (clinic, id)
) {{clustered}};

-- Admissions of which something is left to pay.
CREATE TABLE open_admission (
    clinic    {{int64}} NOT NULL,
    admission {{int64}} NOT NULL,
    person    {{int64}} NOT NULL,
    patient   {{int64}} NOT NULL,                           -- the file
    day       TEXT      NOT NULL CHECK (length(day) = 10),
    amount    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, admission),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{clustered}};

-- The person that each file belongs to.
CREATE VIEW file_person AS
SELECT p.clinic, p.id AS file, CASE WHEN p.merged_into IS NULL THEN p.id ELSE (
    WITH RECURSIVE chain(id, next) AS (
        SELECT c.id, c.merged_into FROM patient c WHERE c.clinic = p.clinic AND c.id = p.merged_into
        UNION ALL
        SELECT c.id, c.merged_into FROM chain CROSS JOIN patient c WHERE c.clinic = p.clinic AND c.id = chain.next)
    SELECT chain.id FROM chain WHERE chain.next IS NULL) END AS person
FROM patient p;

-- What is left of each admission, by the facts.
CREATE VIEW admission_left AS
SELECT a.clinic, a.id AS admission, a.patient, a.day, CAST(
    CASE WHEN a.status = 'finalized' THEN a.patient_share
        + COALESCE((SELECT SUM(CASE WHEN t.to_insurer IS NULL THEN t.amount ELSE 0 END)
            - SUM(CASE WHEN t.from_insurer IS NULL THEN t.amount ELSE 0 END) FROM share_transfer t
            WHERE t.clinic = a.clinic AND t.admission = a.id), 0)
        - COALESCE((SELECT SUM(r.amount) FROM remission r WHERE r.clinic = a.clinic AND r.admission = a.id), 0)
    ELSE 0 END
    - COALESCE((SELECT SUM(l.amount) FROM allocation l WHERE l.clinic = a.clinic AND l.admission = a.id), 0) AS BIGINT) AS amount
FROM admission a;

INSERT INTO person_balance (clinic, person, unit, amount)
SELECT a.clinic, f.person, a.unit, CAST(SUM(s.amount) AS BIGINT)
FROM account a
JOIN (SELECT clinic, account, SUM(amount) AS amount FROM posting GROUP BY clinic, account) s ON s.clinic = a.clinic AND s.account = a.id
JOIN file_person f ON f.clinic = a.clinic AND f.file = a.owner
WHERE a.kind = 'receivable'
GROUP BY a.clinic, f.person, a.unit;

INSERT INTO open_admission (clinic, admission, person, patient, day, amount)
SELECT l.clinic, l.admission, f.person, l.patient, l.day, l.amount
FROM admission_left l JOIN file_person f ON f.clinic = l.clinic AND f.file = l.patient
WHERE l.amount <> 0;

-- Debtors from the one end, creditors from the other.
CREATE INDEX person_balance_by_amount ON person_balance (clinic, unit, amount, person);
CREATE INDEX open_admission_of_person ON open_admission (clinic, person, day);
