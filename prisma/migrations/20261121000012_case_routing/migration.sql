-- What the worker tells, assigns and hands out, without stepping over what it has told, assigned or put aside.
ALTER TABLE "case" ADD COLUMN "overdue_at" TIMESTAMPTZ(3);
CREATE INDEX "case_open_untold" ON "case"("due_at") WHERE "status" = 'open' AND "overdue_at" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "case_open_free_rank" ON "case"("rank_minor" DESC, "id") WHERE "status" = 'open' AND "owner_id" IS NULL AND "held_at" IS NULL;
CREATE INDEX "case_open_free_queue" ON "case"("queue_id", "rank_minor" DESC, "id") WHERE "status" = 'open' AND "owner_id" IS NULL AND "held_at" IS NULL;
