-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "transaction" (
    "id" TEXT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "customer_id" TEXT NOT NULL,
    "merchant_id" TEXT NOT NULL,
    "card_token" TEXT,
    "device_id" TEXT,
    "ip" TEXT,
    "merchant_category" TEXT,
    "channel" TEXT,
    "country" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "request_hash" BYTEA NOT NULL,
    "origin" TEXT NOT NULL DEFAULT 'api',

    CONSTRAINT "transaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "transaction_id" TEXT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "scored_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "score" DOUBLE PRECISION,
    "failure" TEXT,
    "model_version_id" TEXT,
    "policy_version_id" TEXT NOT NULL,
    "feature_set_version" TEXT NOT NULL,
    "features" BYTEA NOT NULL,
    "label_cursor" BIGINT,
    "reasons" JSONB NOT NULL,
    "rules" JSONB NOT NULL DEFAULT '[]',
    "propensity" DOUBLE PRECISION NOT NULL,
    "exploration" TEXT,
    "expected_loss_minor" BIGINT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "response" TEXT NOT NULL,
    "origin" TEXT NOT NULL DEFAULT 'live',

    CONSTRAINT "decision_pkey" PRIMARY KEY ("transaction_id")
);

-- CreateTable
CREATE TABLE "label" (
    "seq" BIGSERIAL NOT NULL,
    "transaction_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,

    CONSTRAINT "label_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "effective_label" (
    "transaction_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "label_seq" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "effective_label_pkey" PRIMARY KEY ("transaction_id")
);

-- CreateTable
CREATE TABLE "case" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "transaction_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "origin" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "expected_loss_minor" BIGINT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "score" DOUBLE PRECISION,
    "top_reason" TEXT,
    "customer_id" TEXT NOT NULL,
    "merchant_id" TEXT NOT NULL,
    "assignee_id" TEXT,
    "claimed_until" TIMESTAMPTZ(3),
    "snoozed_until" TIMESTAMPTZ(3),
    "disposition" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_event" (
    "seq" BIGSERIAL NOT NULL,
    "case_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "body" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "case_event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "model_version" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'candidate',
    "family" TEXT NOT NULL,
    "feature_set_name" TEXT NOT NULL,
    "feature_set_version" TEXT NOT NULL,
    "artifact_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "trained_from" TIMESTAMPTZ(3) NOT NULL,
    "trained_to" TIMESTAMPTZ(3) NOT NULL,
    "metrics" JSONB NOT NULL,
    "promoted_at" TIMESTAMPTZ(3),
    "retired_at" TIMESTAMPTZ(3),
    "training_run_id" TEXT,

    CONSTRAINT "model_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_artifact" (
    "hash" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "model_artifact_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "training_run" (
    "id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "requested_by_id" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "stage" TEXT NOT NULL DEFAULT 'waiting for the worker',
    "options" JSONB NOT NULL,
    "report" JSONB,
    "error" TEXT,
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "training_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "body" JSONB NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "activated_at" TIMESTAMPTZ(3),

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision_day" (
    "day" DATE NOT NULL,
    "model_version_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "decisions" INTEGER NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "expected_loss_minor" BIGINT NOT NULL,
    "score_sum" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "decision_day_pkey" PRIMARY KEY ("day","model_version_id","currency","outcome")
);

-- CreateTable
CREATE TABLE "feature_day" (
    "day" DATE NOT NULL,
    "model_version_id" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "counts" INTEGER[],
    "missing" INTEGER NOT NULL,

    CONSTRAINT "feature_day_pkey" PRIMARY KEY ("model_version_id","day","feature")
);

-- CreateTable
CREATE TABLE "job_cursor" (
    "name" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "job_cursor_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "transaction_seq_key" ON "transaction"("seq");

-- CreateIndex
CREATE INDEX "transaction_occurred_at_id_idx" ON "transaction"("occurred_at" DESC, "id");

-- CreateIndex
CREATE INDEX "transaction_customer_id_occurred_at_idx" ON "transaction"("customer_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "transaction_merchant_id_occurred_at_idx" ON "transaction"("merchant_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "transaction_card_token_occurred_at_idx" ON "transaction"("card_token", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "transaction_device_id_occurred_at_idx" ON "transaction"("device_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "transaction_amount_minor_idx" ON "transaction"("amount_minor");

-- CreateIndex
CREATE UNIQUE INDEX "decision_seq_key" ON "decision"("seq");

-- CreateIndex
CREATE INDEX "decision_occurred_at_transaction_id_idx" ON "decision"("occurred_at" DESC, "transaction_id");

-- CreateIndex
CREATE INDEX "decision_scored_at_idx" ON "decision"("scored_at" DESC);

-- CreateIndex
CREATE INDEX "decision_model_version_id_occurred_at_idx" ON "decision"("model_version_id", "occurred_at");

-- CreateIndex
CREATE INDEX "decision_outcome_occurred_at_idx" ON "decision"("outcome", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "decision_score_transaction_id_idx" ON "decision"("score" DESC, "transaction_id");

-- CreateIndex
CREATE INDEX "label_recorded_at_idx" ON "label"("recorded_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "label_transaction_id_source_label_occurred_at_key" ON "label"("transaction_id", "source", "label", "occurred_at");

-- CreateIndex
CREATE INDEX "effective_label_label_occurred_at_idx" ON "effective_label"("label", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "effective_label_occurred_at_idx" ON "effective_label"("occurred_at");

-- CreateIndex
CREATE UNIQUE INDEX "case_number_key" ON "case"("number");

-- CreateIndex
CREATE UNIQUE INDEX "case_transaction_id_key" ON "case"("transaction_id");

-- CreateIndex
CREATE INDEX "case_status_expected_loss_minor_id_idx" ON "case"("status", "expected_loss_minor" DESC, "id");

-- CreateIndex
CREATE INDEX "case_status_opened_at_idx" ON "case"("status", "opened_at");

-- CreateIndex
CREATE INDEX "case_status_score_idx" ON "case"("status", "score" DESC);

-- CreateIndex
CREATE INDEX "case_status_amount_minor_idx" ON "case"("status", "amount_minor" DESC);

-- CreateIndex
CREATE INDEX "case_closed_at_idx" ON "case"("closed_at" DESC);

-- CreateIndex
CREATE INDEX "case_customer_id_idx" ON "case"("customer_id");

-- CreateIndex
CREATE INDEX "case_event_case_id_seq_idx" ON "case_event"("case_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "model_version_number_key" ON "model_version"("number");

-- CreateIndex
CREATE UNIQUE INDEX "model_version_training_run_id_key" ON "model_version"("training_run_id");

-- CreateIndex
CREATE INDEX "model_version_status_idx" ON "model_version"("status");

-- CreateIndex
CREATE INDEX "training_run_requested_at_idx" ON "training_run"("requested_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "policy_version_number_key" ON "policy_version"("number");

-- CreateIndex
CREATE INDEX "policy_version_status_idx" ON "policy_version"("status");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "audit_event_at_idx" ON "audit_event"("at" DESC);

-- CreateIndex
CREATE INDEX "audit_event_subject_type_subject_id_idx" ON "audit_event"("subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "outbox_event_delivered_at_at_idx" ON "outbox_event"("delivered_at", "at");

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_model_version_id_fkey" FOREIGN KEY ("model_version_id") REFERENCES "model_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_policy_version_id_fkey" FOREIGN KEY ("policy_version_id") REFERENCES "policy_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "effective_label" ADD CONSTRAINT "effective_label_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case" ADD CONSTRAINT "case_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case" ADD CONSTRAINT "case_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case" ADD CONSTRAINT "case_closed_by_id_fkey" FOREIGN KEY ("closed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_artifact_hash_fkey" FOREIGN KEY ("artifact_hash") REFERENCES "model_artifact"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_training_run_id_fkey" FOREIGN KEY ("training_run_id") REFERENCES "training_run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "training_run" ADD CONSTRAINT "training_run_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- One champion, one active policy, one training run at a time.
CREATE UNIQUE INDEX "model_version_one_champion" ON "model_version" ("status") WHERE "status" = 'champion';
CREATE UNIQUE INDEX "policy_version_one_active" ON "policy_version" ("status") WHERE "status" = 'active';
CREATE UNIQUE INDEX "training_run_one_at_a_time" ON "training_run" ((true)) WHERE "status" IN ('queued', 'running');

-- What tells history is never rewritten.
-- Statements are split at semicolons, hence the escaped ones.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
  E'BEGIN RAISE EXCEPTION \'% is append-only\', TG_TABLE_NAME\x3b END\x3b';
CREATE TRIGGER label_append_only BEFORE UPDATE OR DELETE ON "label" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_event_append_only BEFORE UPDATE OR DELETE ON "case_event" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE ON "decision" FOR EACH ROW EXECUTE FUNCTION refuse_change();
