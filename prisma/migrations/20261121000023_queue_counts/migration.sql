-- Counts one queue's open cases without reading them.
CREATE INDEX "case_open_queue_pile" ON "case"("queue_id", "held_at", "snoozed_until", "id") WHERE "status" = 'open';
