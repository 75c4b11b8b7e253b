-- What asks for a training, what it learned from, what the gate said of its result, and what live guardrails saw.
ALTER TABLE "training_run" ADD COLUMN "trigger" JSONB;
ALTER TABLE "training_run" ADD COLUMN "manifest" JSONB;

CREATE TABLE "gate_verdict" (
    "model_version_id" TEXT NOT NULL,
    "champion_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "promote" BOOLEAN NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "gate_verdict_pkey" PRIMARY KEY ("model_version_id")
);
ALTER TABLE "gate_verdict" ADD CONSTRAINT "gate_verdict_model_version_id_fkey" FOREIGN KEY ("model_version_id") REFERENCES "model_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "guardrail_breach" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "model_version_id" TEXT NOT NULL,
    "promoted_at" TIMESTAMPTZ(3) NOT NULL,
    "guardrail" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "limit" DOUBLE PRECISION NOT NULL,
    "says" TEXT NOT NULL,
    "rolled_back_to_id" TEXT,
    "kept" TEXT,

    CONSTRAINT "guardrail_breach_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "guardrail_breach_model_version_id_promoted_at_guardrail_key" ON "guardrail_breach"("model_version_id", "promoted_at", "guardrail");
CREATE INDEX "guardrail_breach_at_idx" ON "guardrail_breach"("at" DESC);

CREATE TABLE "retraining_state" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "scheduled_to" TIMESTAMPTZ(3) NOT NULL,
    "label_seq" BIGINT NOT NULL,
    "mature_before" TIMESTAMPTZ(3) NOT NULL,
    "mature_labels" INTEGER NOT NULL DEFAULT 0,
    "pending" JSONB,
    "pending_at" TIMESTAMPTZ(3),

    CONSTRAINT "retraining_state_pkey" PRIMARY KEY ("only")
);
