-- A receipt that was moved to another patient has a paper for the one whose it
-- is; transfer names which. NULL is the paper of who it was written for.
ALTER TABLE receipt_print ADD COLUMN transfer {{int64}};

-- Why the discount that was asked for a draft was rejected, until the
-- draft is changed.
ALTER TABLE admission ADD COLUMN discount_rejected TEXT NOT NULL DEFAULT '';
