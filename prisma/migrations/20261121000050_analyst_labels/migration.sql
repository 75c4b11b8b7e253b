-- The verdicts of a window, without reading what imports and chargebacks recorded in it.
CREATE INDEX "label_by_analyst" ON "label"("recorded_at" DESC) WHERE "source" = 'analyst';
