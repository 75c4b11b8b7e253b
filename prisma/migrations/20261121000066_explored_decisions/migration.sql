-- What was opened to learn from, by kind: few of all decisions.
CREATE INDEX "decision_explored" ON "decision"("exploration", "transaction_id") WHERE "exploration" IS NOT NULL;
