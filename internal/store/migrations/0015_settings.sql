-- What a manager may change without a restart. Nothing is ever deleted: what is
-- switched off is not offered any more, and older documents go on naming it.
-- disabled is since when, version counts the changes.
ALTER TABLE branch ADD COLUMN disabled {{int64}};
ALTER TABLE branch ADD COLUMN version {{int64}} NOT NULL DEFAULT 1;
ALTER TABLE section ADD COLUMN disabled {{int64}};
ALTER TABLE section ADD COLUMN version {{int64}} NOT NULL DEFAULT 1;
ALTER TABLE provider ADD COLUMN disabled {{int64}};
ALTER TABLE provider ADD COLUMN version {{int64}} NOT NULL DEFAULT 1;
ALTER TABLE service ADD COLUMN disabled {{int64}};
ALTER TABLE service ADD COLUMN version {{int64}} NOT NULL DEFAULT 1;
ALTER TABLE insurer ADD COLUMN disabled {{int64}};
ALTER TABLE insurer ADD COLUMN version {{int64}} NOT NULL DEFAULT 1;
ALTER TABLE cash_desk ADD COLUMN disabled {{int64}};
ALTER TABLE cash_desk ADD COLUMN version {{int64}} NOT NULL DEFAULT 1;
ALTER TABLE terminal ADD COLUMN disabled {{int64}};
ALTER TABLE terminal ADD COLUMN version {{int64}} NOT NULL DEFAULT 1;
ALTER TABLE bank_account ADD COLUMN disabled {{int64}};
ALTER TABLE bank_account ADD COLUMN version {{int64}} NOT NULL DEFAULT 1;

-- A service may take several sessions, some days apart. A deposit is asked as
-- an amount or as a rate of the price, never both. The rates are what others
-- earn by it, in basis points.
ALTER TABLE service ADD COLUMN duration {{int64}} NOT NULL DEFAULT 0 CHECK (duration >= 0);
ALTER TABLE service ADD COLUMN sessions {{int64}} NOT NULL DEFAULT 1 CHECK (sessions >= 1);
ALTER TABLE service ADD COLUMN session_interval {{int64}} NOT NULL DEFAULT 0 CHECK (session_interval >= 0);
ALTER TABLE service ADD COLUMN deposit {{int64}} NOT NULL DEFAULT 0 CHECK (deposit >= 0);
ALTER TABLE service ADD COLUMN deposit_rate {{int64}} NOT NULL DEFAULT 0 CHECK (deposit_rate BETWEEN 0 AND 10000);
ALTER TABLE service ADD COLUMN marketer_rate {{int64}} NOT NULL DEFAULT 0 CHECK (marketer_rate BETWEEN 0 AND 10000);
ALTER TABLE service ADD COLUMN referrer_rate {{int64}} NOT NULL DEFAULT 0 CHECK (referrer_rate BETWEEN 0 AND 10000);
ALTER TABLE service ADD COLUMN provider_rate {{int64}} NOT NULL DEFAULT 0 CHECK (provider_rate BETWEEN 0 AND 10000);

-- What stands on receipts, and how the screen shows it. Amounts are stored in
-- the currency whatever unit is shown.
ALTER TABLE clinic ADD COLUMN licence TEXT NOT NULL DEFAULT '';
ALTER TABLE clinic ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE clinic ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE clinic ADD COLUMN footer TEXT NOT NULL DEFAULT '';
ALTER TABLE clinic ADD COLUMN toman {{int64}} NOT NULL DEFAULT 0 CHECK (toman IN (0, 1));
ALTER TABLE clinic ADD COLUMN club {{int64}} NOT NULL DEFAULT 0 CHECK (club IN (0, 1));
ALTER TABLE clinic ADD COLUMN sms {{int64}} NOT NULL DEFAULT 0 CHECK (sms IN (0, 1));
ALTER TABLE clinic ADD COLUMN version {{int64}} NOT NULL DEFAULT 1;

-- The words that forms offer: reasons, sources, tags. A name of '' is the one
-- that the program ships for the code, in the language of the reader.
CREATE TABLE list_item (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    list     TEXT      NOT NULL,
    code     TEXT      NOT NULL,
    name     TEXT      NOT NULL,
    position {{int64}} NOT NULL,
    disabled {{int64}},
    version  {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, list, code),
    FOREIGN KEY (clinic) REFERENCES clinic (clinic)
) {{strict}};

-- Clinics that are there already get the shipped items; their ids are below
-- every id that the application makes.
INSERT INTO list_item (clinic, id, list, code, name, position)
SELECT c.clinic, v.id, v.list, v.code, '', v.position FROM clinic c CROSS JOIN (
    SELECT 1 AS id, 'discount_reason' AS list, 'loyal' AS code, 1 AS position UNION ALL
    SELECT 2 AS id, 'discount_reason' AS list, 'colleague' AS code, 2 AS position UNION ALL
    SELECT 3 AS id, 'discount_reason' AS list, 'festival' AS code, 3 AS position UNION ALL
    SELECT 4 AS id, 'discount_reason' AS list, 'delay' AS code, 4 AS position UNION ALL
    SELECT 5 AS id, 'discount_reason' AS list, 'staff' AS code, 5 AS position UNION ALL
    SELECT 6 AS id, 'cancel_reason' AS list, 'patient' AS code, 1 AS position UNION ALL
    SELECT 7 AS id, 'cancel_reason' AS list, 'mistake' AS code, 2 AS position UNION ALL
    SELECT 8 AS id, 'cancel_reason' AS list, 'absent' AS code, 3 AS position UNION ALL
    SELECT 9 AS id, 'cancel_reason' AS list, 'moved' AS code, 4 AS position UNION ALL
    SELECT 10 AS id, 'refund_reason' AS list, 'not_done' AS code, 1 AS position UNION ALL
    SELECT 11 AS id, 'refund_reason' AS list, 'overpaid' AS code, 2 AS position UNION ALL
    SELECT 12 AS id, 'refund_reason' AS list, 'dissatisfied' AS code, 3 AS position UNION ALL
    SELECT 13 AS id, 'refund_reason' AS list, 'mistake' AS code, 4 AS position UNION ALL
    SELECT 14 AS id, 'acquisition_source' AS list, 'friends' AS code, 1 AS position UNION ALL
    SELECT 15 AS id, 'acquisition_source' AS list, 'introducer' AS code, 2 AS position UNION ALL
    SELECT 16 AS id, 'acquisition_source' AS list, 'doctor' AS code, 3 AS position UNION ALL
    SELECT 17 AS id, 'acquisition_source' AS list, 'instagram' AS code, 4 AS position UNION ALL
    SELECT 18 AS id, 'acquisition_source' AS list, 'google' AS code, 5 AS position UNION ALL
    SELECT 19 AS id, 'acquisition_source' AS list, 'website' AS code, 6 AS position UNION ALL
    SELECT 20 AS id, 'acquisition_source' AS list, 'sign' AS code, 7 AS position UNION ALL
    SELECT 21 AS id, 'acquisition_source' AS list, 'sms' AS code, 8 AS position UNION ALL
    SELECT 22 AS id, 'acquisition_source' AS list, 'other' AS code, 9 AS position UNION ALL
    SELECT 23 AS id, 'tag' AS list, 'vip' AS code, 1 AS position UNION ALL
    SELECT 24 AS id, 'tag' AS list, 'staff' AS code, 2 AS position UNION ALL
    SELECT 25 AS id, 'tag' AS list, 'allergy' AS code, 3 AS position UNION ALL
    SELECT 26 AS id, 'tag' AS list, 'follow_up' AS code, 4 AS position
) v;
