-- The open cases of a currency, and which currencies there are.
CREATE INDEX "case_open_currency" ON "case"("currency", "rank_minor" DESC, "id") WHERE "status" = 'open';
-- Who opened cases since a moment.
CREATE INDEX "case_open_claim" ON "case_event"("at", "actor_id") WHERE "kind" = 'claimed';
