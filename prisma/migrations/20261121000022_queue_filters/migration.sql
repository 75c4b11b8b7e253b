-- What the queue is narrowed and counted by, so that a filter that few or no open cases meet reads few rows.
CREATE INDEX "case_open_pile" ON "case"("held_at", "snoozed_until", "id") WHERE "status" = 'open';
CREATE INDEX "case_open_origin" ON "case"("origin", "rank_minor" DESC, "id") WHERE "status" = 'open';
CREATE INDEX "case_open_masked" ON "case"("rank_minor" DESC, "id") WHERE "status" = 'open' AND "masked";
CREATE INDEX "case_open_escalated" ON "case"("escalated_at") WHERE "status" = 'open' AND "escalated_at" IS NOT NULL;
CREATE INDEX "case_open_customer_prefix" ON "case"("customer_id" text_pattern_ops) WHERE "status" = 'open';
CREATE INDEX "case_open_merchant_prefix" ON "case"("merchant_id" text_pattern_ops) WHERE "status" = 'open';
