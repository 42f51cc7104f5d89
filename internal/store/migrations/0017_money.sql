-- Money at the desk. Four tables are written anew: receipts are numbered by
-- branch, and the lines of money and what they pay serve every document, not
-- receipts alone. What was in them is carried over as it was.

-- What one command did is one unit: it is undone as a whole. NULL: before
-- units, or by import.
ALTER TABLE entry ADD COLUMN unit {{int64}};

CREATE INDEX entry_of_unit ON entry (clinic, unit) WHERE unit IS NOT NULL;

CREATE TABLE receipt_new (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    patient  {{int64}} NOT NULL,
    year     {{int64}} NOT NULL,
    number   {{int64}} NOT NULL,
    branch   {{int64}} NOT NULL,
    amount   {{int64}} NOT NULL CHECK (amount > 0),
    day      TEXT      NOT NULL CHECK (length(day) = 10),
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    note     TEXT      NOT NULL DEFAULT '',
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, branch, year, number),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id)
) {{strict}};

INSERT INTO receipt_new (clinic, id, patient, year, number, branch, amount, day, at, recorded, staff, note)
SELECT clinic, id, patient, year, number, branch, amount, day, at, recorded, staff, note FROM receipt;

-- Money that came or went by one method: a line of a receipt, a deposit, a
-- refund, a shift … (document), in the books by entry. What came in is
-- positive. Facts: a line is taken back by its mirror.
CREATE TABLE money_line (
    clinic          {{int64}} NOT NULL,
    document        {{int64}} NOT NULL,
    line            {{int64}} NOT NULL,
    entry           {{int64}} NOT NULL,
    method          TEXT      NOT NULL CHECK (method IN ('cash', 'pos', 'card_to_card', 'bank_transfer', 'cheque', 'gateway')),
    amount          {{int64}} NOT NULL CHECK (amount <> 0),
    place           {{int64}} NOT NULL,                     -- the desk, terminal or bank account; 0 for cheques and the gateway
    shift           {{int64}},                              -- NULL: outside shifts
    day             TEXT      NOT NULL CHECK (length(day) = 10),
    staff           {{int64}} NOT NULL,
    tracking_number TEXT      NOT NULL DEFAULT '',
    last_four       TEXT      NOT NULL DEFAULT '',
    destination     TEXT      NOT NULL DEFAULT '',          -- where money went: a Sheba, the end of a card
    PRIMARY KEY (clinic, document, line),
    FOREIGN KEY (clinic, entry) REFERENCES entry (clinic, id)
) {{clustered}};

INSERT INTO money_line (clinic, document, line, entry, method, amount, place, day, staff, tracking_number, last_four)
SELECT l.clinic, l.receipt, l.line, e.id, l.method, l.amount, l.place, e.day, e.staff, l.tracking_number, l.last_four
FROM receipt_line l
JOIN entry e ON e.clinic = l.clinic AND e.document = l.receipt AND e.kind = 'receipt';

-- Cheques that became money and what insurers paid moved money too; so far
-- only the books knew.
INSERT INTO money_line (clinic, document, line, entry, method, amount, place, day, staff)
SELECT e.clinic, e.id, CASE a.kind WHEN 'cheques' THEN 1 ELSE 2 END, e.id,
    CASE a.kind WHEN 'cheques' THEN 'cheque' ELSE 'bank_transfer' END, p.amount, a.owner, e.day, e.staff
FROM entry e
JOIN posting p ON p.clinic = e.clinic AND p.entry = e.id
JOIN account a ON a.clinic = p.clinic AND a.id = p.account
WHERE e.kind IN ('cheque_clear', 'insurer_payment') AND a.kind IN ('cheques', 'bank');

CREATE INDEX money_line_of_entry ON money_line (clinic, entry, line, method);
CREATE INDEX money_line_of_day ON money_line (clinic, day);
CREATE INDEX money_line_of_shift ON money_line (clinic, shift) WHERE shift IS NOT NULL;

-- Money, or what stands for it, on a patient's account: it pays admissions
-- until it is used up. The id is that of its document.
CREATE TABLE fund (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    patient  {{int64}} NOT NULL,
    kind     TEXT      NOT NULL CHECK (kind IN ('receipt', 'deposit', 'commission', 'transfer')),
    amount   {{int64}} NOT NULL CHECK (amount > 0),
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    PRIMARY KEY (clinic, patient, id)
) {{clustered}};

CREATE UNIQUE INDEX fund_by_id ON fund (clinic, id);

INSERT INTO fund (clinic, id, patient, kind, amount, at, recorded)
SELECT clinic, id, patient, 'receipt', amount, at, recorded FROM receipt;

-- What funds are used for: they pay an admission, or leave the account again
-- by a spending (a refund, a void, a bounced cheque, a new deposit). Facts:
-- taking money off again is a row with the other sign.
CREATE TABLE allocation_new (
    clinic    {{int64}} NOT NULL,
    id        {{int64}} NOT NULL,
    patient   {{int64}} NOT NULL,                           -- of the admission; of the fund that is spent
    payer     {{int64}},                                    -- the fund's file, when it is another of the same person
    fund      {{int64}} NOT NULL,
    admission {{int64}},
    spending  {{int64}},                                    -- the document that spent it
    amount    {{int64}} NOT NULL CHECK (amount <> 0),
    reason    TEXT      NOT NULL,
    unit      {{int64}},
    at        {{int64}} NOT NULL,
    recorded  {{int64}} NOT NULL,
    staff     {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    CHECK ((admission IS NULL) <> (spending IS NULL)),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{strict}};

INSERT INTO allocation_new (clinic, id, patient, payer, fund, admission, amount, reason, at, recorded, staff)
SELECT clinic, id, patient, payer, receipt, admission, amount, reason, at, recorded, staff FROM allocation;

-- A cheque from hand to hand: in hand, banked, cleared or bounced, returned.
CREATE TABLE cheque_new (
    clinic        {{int64}} NOT NULL,
    id            {{int64}} NOT NULL,
    receipt       {{int64}} NOT NULL,
    line          {{int64}} NOT NULL,
    patient       {{int64}} NOT NULL,
    amount        {{int64}} NOT NULL CHECK (amount > 0),
    status        TEXT      NOT NULL CHECK (status IN ('in_hand', 'banked', 'cleared', 'bounced', 'returned')),
    sayad_id      TEXT      NOT NULL DEFAULT '',
    number        TEXT      NOT NULL DEFAULT '',
    bank          TEXT      NOT NULL DEFAULT '',
    bank_branch   TEXT      NOT NULL DEFAULT '',
    due_date      TEXT      NOT NULL DEFAULT '',
    owner_name    TEXT      NOT NULL DEFAULT '',
    owner_national_code TEXT NOT NULL DEFAULT '',
    confirmed     {{int64}} NOT NULL DEFAULT 0 CHECK (confirmed IN (0, 1)), -- in the Sayad system
    place         {{int64}} NOT NULL DEFAULT 0,             -- the bank account it was handed to
    version       {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, receipt, line),
    FOREIGN KEY (clinic, receipt) REFERENCES receipt_new (clinic, id)
) {{strict}};

INSERT INTO cheque_new (clinic, id, receipt, line, patient, amount, status, sayad_id, due_date, version)
SELECT clinic, id, receipt, line, patient, amount, status, sayad_id, due_date, version FROM cheque;

DROP TABLE cheque;
DROP TABLE allocation;
DROP TABLE receipt_line;
DROP TABLE receipt;
ALTER TABLE receipt_new RENAME TO receipt;
ALTER TABLE allocation_new RENAME TO allocation;
ALTER TABLE cheque_new RENAME TO cheque;

CREATE INDEX receipt_of_patient ON receipt (clinic, patient, at, id);
CREATE INDEX allocation_of_patient ON allocation (clinic, patient, admission, fund);
CREATE INDEX allocation_of_admission ON allocation (clinic, admission, id) WHERE admission IS NOT NULL;
CREATE INDEX allocation_of_payer ON allocation (clinic, payer) WHERE payer IS NOT NULL;
CREATE INDEX allocation_of_spending ON allocation (clinic, spending) WHERE spending IS NOT NULL;
CREATE INDEX allocation_of_unit ON allocation (clinic, unit) WHERE unit IS NOT NULL;
CREATE INDEX cheque_of_patient ON cheque (clinic, patient, status);
CREATE INDEX cheque_by_status ON cheque (clinic, status, due_date);
CREATE UNIQUE INDEX cheque_by_sayad ON cheque (clinic, sayad_id) WHERE sayad_id <> '' AND status IN ('in_hand', 'banked');

-- What happened to a cheque.
CREATE TABLE cheque_event (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    cheque   {{int64}} NOT NULL,
    status   TEXT      NOT NULL,                            -- what it became
    note     TEXT      NOT NULL DEFAULT '',
    day      TEXT      NOT NULL,
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id)
) {{strict}};

CREATE INDEX cheque_event_of ON cheque_event (clinic, cheque, id);

-- A document that does not hold any more: voided, or undone with its unit.
CREATE TABLE voided (
    clinic   {{int64}} NOT NULL,
    document {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,                            -- the spending that took its money off the account
    reason   TEXT      NOT NULL,
    day      TEXT      NOT NULL,
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, document)
) {{strict}};

-- Money given back, from credit or from a deposit.
CREATE TABLE refund (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    patient  {{int64}} NOT NULL,
    year     {{int64}} NOT NULL,
    number   {{int64}} NOT NULL,
    branch   {{int64}} NOT NULL,
    deposit  {{int64}},                                     -- NULL: from credit
    amount   {{int64}} NOT NULL CHECK (amount > 0),
    reason   TEXT      NOT NULL,
    day      TEXT      NOT NULL CHECK (length(day) = 10),
    at       {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, branch, year, number),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id)
) {{strict}};

CREATE INDEX refund_of_patient ON refund (clinic, patient, at, id);

-- Money held for a future service. What it holds is the sum of its movements;
-- one without movements was only asked for.
CREATE TABLE deposit (
    clinic      {{int64}} NOT NULL,
    id          {{int64}} NOT NULL,
    patient     {{int64}} NOT NULL,
    year        {{int64}} NOT NULL,
    number      {{int64}} NOT NULL,
    branch      {{int64}} NOT NULL,
    amount      {{int64}} NOT NULL CHECK (amount > 0),      -- asked for or received
    purpose     TEXT      NOT NULL DEFAULT '',
    service     {{int64}},
    provider    {{int64}},
    appointment {{int64}},
    planned     {{int64}},                                  -- the instant of the visit it is for
    expires     TEXT      NOT NULL DEFAULT '',              -- last day
    withdrawn   {{int64}},                                  -- when a request was taken back
    day         TEXT      NOT NULL CHECK (length(day) = 10),
    at          {{int64}} NOT NULL,
    recorded    {{int64}} NOT NULL,
    staff       {{int64}} NOT NULL,
    version     {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, branch, year, number),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id)
) {{strict}};

CREATE INDEX deposit_of_patient ON deposit (clinic, patient, at, id);

CREATE TABLE deposit_movement (
    clinic    {{int64}} NOT NULL,
    id        {{int64}} NOT NULL,
    deposit   {{int64}} NOT NULL,
    patient   {{int64}} NOT NULL,
    kind      TEXT      NOT NULL CHECK (kind IN ('receive', 'from_credit', 'apply', 'unapply', 'to_account', 'refund', 'forfeit', 'move')),
    amount    {{int64}} NOT NULL,                           -- change of what the deposit holds; 0 for a move
    admission {{int64}},                                    -- of apply and unapply
    reverses  {{int64}},                                    -- the movement that this one undoes
    note      TEXT      NOT NULL DEFAULT '',
    unit      {{int64}},
    day       TEXT      NOT NULL CHECK (length(day) = 10),
    at        {{int64}} NOT NULL,
    recorded  {{int64}} NOT NULL,
    staff     {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, reverses),
    CHECK ((amount = 0) = (kind = 'move')),
    FOREIGN KEY (clinic, deposit) REFERENCES deposit (clinic, id)
) {{strict}};

CREATE INDEX deposit_movement_of ON deposit_movement (clinic, deposit, id);
CREATE INDEX deposit_movement_of_patient ON deposit_movement (clinic, patient, at, id);

-- What the clinic lets a patient off, of an admission: a late discount or a
-- debt that is given up. Money for a debt that was given up recovers it.
CREATE TABLE remission (
    clinic    {{int64}} NOT NULL,
    id        {{int64}} NOT NULL,
    admission {{int64}} NOT NULL,
    patient   {{int64}} NOT NULL,
    kind      TEXT      NOT NULL CHECK (kind IN ('late_discount', 'write_off', 'recovery')),
    amount    {{int64}} NOT NULL CHECK (amount <> 0),       -- what the patient owes less; a recovery is negative
    reason    TEXT      NOT NULL DEFAULT '',
    reverses  {{int64}},
    unit      {{int64}},
    day       TEXT      NOT NULL CHECK (length(day) = 10),
    at        {{int64}} NOT NULL,
    recorded  {{int64}} NOT NULL,
    staff     {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, reverses),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{strict}};

CREATE INDEX remission_of_admission ON remission (clinic, admission, id);
CREATE INDEX remission_of_patient ON remission (clinic, patient, admission);

-- A person's time at a cash desk.
CREATE TABLE shift (
    clinic     {{int64}} NOT NULL,
    id         {{int64}} NOT NULL,
    desk       {{int64}} NOT NULL,
    branch     {{int64}} NOT NULL,
    staff      {{int64}} NOT NULL,
    status     TEXT      NOT NULL CHECK (status IN ('open', 'counted', 'awaiting', 'closed')),
    day        TEXT      NOT NULL CHECK (length(day) = 10),
    opened     {{int64}} NOT NULL,
    opening_float {{int64}} NOT NULL CHECK (opening_float >= 0), -- cash that was in the drawer
    counted    {{int64}},
    closed     {{int64}},
    closed_by  {{int64}},
    note       TEXT      NOT NULL DEFAULT '',
    version    {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, desk) REFERENCES cash_desk (clinic, id)
) {{strict}};

CREATE INDEX shift_by_status ON shift (clinic, status, desk);
CREATE INDEX shift_of_day ON shift (clinic, day, id);
CREATE UNIQUE INDEX shift_open ON shift (clinic, staff) WHERE status = 'open';

-- What was counted at the end of a shift, by place; expected is what the books
-- said then.
CREATE TABLE shift_count (
    clinic   {{int64}} NOT NULL,
    shift    {{int64}} NOT NULL,
    line     {{int64}} NOT NULL,
    method   TEXT      NOT NULL,
    place    {{int64}} NOT NULL,
    expected {{int64}} NOT NULL,
    counted  {{int64}} NOT NULL,
    note     TEXT      NOT NULL DEFAULT '',
    at       {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, shift, line),
    FOREIGN KEY (clinic, shift) REFERENCES shift (clinic, id)
) {{clustered}};

-- Cash on its way from a drawer to the safe or the bank: on the way until it is
-- confirmed.
CREATE TABLE handover (
    clinic    {{int64}} NOT NULL,
    id        {{int64}} NOT NULL,
    shift     {{int64}} NOT NULL,
    amount    {{int64}} NOT NULL CHECK (amount > 0),
    kind      TEXT      NOT NULL CHECK (kind IN ('safe', 'bank')),
    place     {{int64}} NOT NULL,                           -- the bank account; 0 for the safe
    note      TEXT      NOT NULL DEFAULT '',
    at        {{int64}} NOT NULL,
    recorded  {{int64}} NOT NULL,
    staff     {{int64}} NOT NULL,
    confirmed {{int64}},
    confirmed_by {{int64}},
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, shift) REFERENCES shift (clinic, id)
) {{strict}};

CREATE INDEX handover_of_shift ON handover (clinic, shift, id);

-- Days that are closed: nothing is written that counts on the last of them or
-- before it. Opening one again is kept beside it.
CREATE TABLE day_close (
    clinic      {{int64}} NOT NULL,
    id          {{int64}} NOT NULL,
    day         TEXT      NOT NULL CHECK (length(day) = 10),
    closed      {{int64}} NOT NULL,
    staff       {{int64}} NOT NULL,
    note        TEXT      NOT NULL DEFAULT '',
    reopened    {{int64}},
    reopened_by {{int64}},
    reason      TEXT      NOT NULL DEFAULT '',
    PRIMARY KEY (clinic, id)
) {{strict}};

CREATE INDEX day_close_by_day ON day_close (clinic, day) WHERE reopened IS NULL;
