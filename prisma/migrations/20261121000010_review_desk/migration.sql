-- Queues, routing, assignment, joined cases, second reviews, approvals, and what is kept with a case.
ALTER TABLE "case"
    ADD COLUMN "queue_id" TEXT,
    ADD COLUMN "routed_at" TIMESTAMPTZ(3),
    ADD COLUMN "joined_to_id" TEXT,
    ADD COLUMN "due_at" TIMESTAMPTZ(3),
    ADD COLUMN "rank_minor" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "masked" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "owner_id" TEXT,
    ADD COLUMN "escalated_at" TIMESTAMPTZ(3),
    ADD COLUMN "held_at" TIMESTAMPTZ(3),
    ADD COLUMN "card_token" TEXT,
    ADD COLUMN "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "user"
    ADD COLUMN "case_capacity" INTEGER,
    ADD COLUMN "away_from" TIMESTAMPTZ(3),
    ADD COLUMN "away_until" TIMESTAMPTZ(3),
    ADD COLUMN "last_assigned_at" TIMESTAMPTZ(3);

CREATE TABLE "queue" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL,
    "routing" JSONB NOT NULL,
    "sla_minutes" INTEGER,
    "assignment" TEXT NOT NULL DEFAULT 'claim',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "queue_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "queue_member" (
    "queue_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "queue_member_pkey" PRIMARY KEY ("queue_id","user_id")
);

CREATE TABLE "case_file" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
    "uploaded_by_id" TEXT NOT NULL,

    CONSTRAINT "case_file_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "case_work" (
    "seq" BIGSERIAL NOT NULL,
    "case_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "disposition" TEXT NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "keystrokes" INTEGER NOT NULL,
    "clicks" INTEGER NOT NULL,

    CONSTRAINT "case_work_pkey" PRIMARY KEY ("seq")
);

CREATE TABLE "mention" (
    "event_seq" BIGINT NOT NULL,
    "user_id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "mention_pkey" PRIMARY KEY ("event_seq","user_id")
);

CREATE TABLE "saved_view" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "second_review" (
    "id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "sampled_at" TIMESTAMPTZ(3) NOT NULL,
    "propensity" DOUBLE PRECISION NOT NULL,
    "first_reviewer_id" TEXT NOT NULL,
    "first_disposition" TEXT NOT NULL,
    "reviewer_id" TEXT,
    "claimed_until" TIMESTAMPTZ(3),
    "disposition" TEXT,
    "reviewed_at" TIMESTAMPTZ(3),

    CONSTRAINT "second_review_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "approval" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "because" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_by_id" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "answered_by_id" TEXT,
    "note" TEXT,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "label_delay_day" (
    "day" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "delay_days" INTEGER NOT NULL,
    "labels" INTEGER NOT NULL,

    CONSTRAINT "label_delay_day_pkey" PRIMARY KEY ("day","source","label","delay_days")
);

CREATE INDEX "case_joined_to_id_idx" ON "case"("joined_to_id");
CREATE UNIQUE INDEX "queue_name_key" ON "queue"("name");
CREATE INDEX "case_file_case_id_uploaded_at_idx" ON "case_file"("case_id", "uploaded_at");
CREATE INDEX "case_work_at_idx" ON "case_work"("at" DESC);
CREATE INDEX "case_work_user_id_at_idx" ON "case_work"("user_id", "at" DESC);
CREATE INDEX "mention_user_id_read_at_at_idx" ON "mention"("user_id", "read_at", "at" DESC);
CREATE UNIQUE INDEX "saved_view_owner_id_name_key" ON "saved_view"("owner_id", "name");
CREATE UNIQUE INDEX "second_review_case_id_key" ON "second_review"("case_id");
CREATE INDEX "second_review_reviewed_at_sampled_at_idx" ON "second_review"("reviewed_at", "sampled_at");
CREATE INDEX "second_review_reviewer_id_reviewed_at_idx" ON "second_review"("reviewer_id", "reviewed_at");
CREATE UNIQUE INDEX "approval_number_key" ON "approval"("number");
CREATE INDEX "approval_status_requested_at_idx" ON "approval"("status", "requested_at" DESC);
CREATE INDEX "approval_subject_type_subject_id_idx" ON "approval"("subject_type", "subject_id");

ALTER TABLE "case" ADD CONSTRAINT "case_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "queue"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "case" ADD CONSTRAINT "case_joined_to_id_fkey" FOREIGN KEY ("joined_to_id") REFERENCES "case"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "case" ADD CONSTRAINT "case_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "queue_member" ADD CONSTRAINT "queue_member_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "queue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "queue_member" ADD CONSTRAINT "queue_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_uploaded_by_id_fkey" FOREIGN KEY ("uploaded_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "case_work" ADD CONSTRAINT "case_work_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "case_work" ADD CONSTRAINT "case_work_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mention" ADD CONSTRAINT "mention_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mention" ADD CONSTRAINT "mention_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "second_review" ADD CONSTRAINT "second_review_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "second_review" ADD CONSTRAINT "second_review_first_reviewer_id_fkey" FOREIGN KEY ("first_reviewer_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "second_review" ADD CONSTRAINT "second_review_reviewer_id_fkey" FOREIGN KEY ("reviewer_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "approval" ADD CONSTRAINT "approval_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "approval" ADD CONSTRAINT "approval_answered_by_id_fkey" FOREIGN KEY ("answered_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What open cases are ordered, narrowed and joined by: small beside the history of closed ones.
CREATE INDEX "case_open_rank" ON "case"("rank_minor" DESC, "id") WHERE "status" = 'open';
CREATE INDEX "case_open_queue_rank" ON "case"("queue_id", "rank_minor" DESC, "id") WHERE "status" = 'open';
CREATE INDEX "case_open_due" ON "case"("due_at", "id") WHERE "status" = 'open';
CREATE INDEX "case_open_queue_due" ON "case"("queue_id", "due_at", "id") WHERE "status" = 'open';
CREATE INDEX "case_open_owner" ON "case"("owner_id", "rank_minor" DESC, "id") WHERE "status" = 'open' AND "owner_id" IS NOT NULL;
CREATE INDEX "case_open_assignee" ON "case"("assignee_id", "claimed_until") WHERE "status" = 'open' AND "assignee_id" IS NOT NULL;
CREATE INDEX "case_open_customer" ON "case"("customer_id", "opened_at") WHERE "status" = 'open';
CREATE INDEX "case_open_card" ON "case"("card_token", "opened_at") WHERE "status" = 'open' AND "card_token" IS NOT NULL;
CREATE INDEX "case_unrouted" ON "case"("opened_at") WHERE "status" = 'open' AND "routed_at" IS NULL;
CREATE INDEX "case_tagged" ON "case" USING GIN ("tags") WHERE "tags" <> '{}';
CREATE INDEX "case_customer_prefix" ON "case"("customer_id" text_pattern_ops);
CREATE INDEX "case_merchant_prefix" ON "case"("merchant_id" text_pattern_ops);
CREATE UNIQUE INDEX "approval_one_pending" ON "approval"("kind", "subject_id") WHERE "status" = 'pending';
CREATE TRIGGER case_work_append_only BEFORE UPDATE OR DELETE ON "case_work" FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- The queue that takes what no other does.
INSERT INTO "queue" ("id", "name", "description", "position", "routing", "created_at")
VALUES ('00000000-0000-7000-8000-000000000001', 'General', 'Takes every case that no other queue takes.', 1000000, '{}', now());
UPDATE "case" SET "rank_minor" = "expected_loss_minor";
UPDATE "case" c SET "card_token" = t."card_token" FROM "transaction" t WHERE t."id" = c."transaction_id" AND c."status" = 'open' AND t."card_token" IS NOT NULL;
