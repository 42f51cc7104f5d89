-- How a clinic handles money where the law and the ledger leave it a choice,
-- as one JSON object of clinic.MoneyRules; '' is what the program proposes.
ALTER TABLE clinic ADD COLUMN money_rules TEXT NOT NULL DEFAULT '';
