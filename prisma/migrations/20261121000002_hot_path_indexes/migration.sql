-- Nothing reads decisions by score, and an index in random order is the dearest to keep.
-- DropIndex
DROP INDEX "decision_score_transaction_id_idx";
