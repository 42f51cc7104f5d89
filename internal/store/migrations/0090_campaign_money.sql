-- Whether what people owe says who is in the audience of a campaign: its messages
-- are then for the eyes of those who may see money.
ALTER TABLE campaign ADD COLUMN money {{int64}} NOT NULL DEFAULT 0 CHECK (money IN (0, 1));

UPDATE campaign SET money = 1 WHERE audience LIKE '%"Filter":"%' AND audience NOT LIKE '%"Filter":""%';
