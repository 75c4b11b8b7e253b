-- What a training run tried: one row per configuration, and the lines of its log.
CREATE TABLE "training_trial" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "family" TEXT NOT NULL,
    "imbalance" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "rungs" JSONB NOT NULL DEFAULT '[]',
    "details" JSONB,
    "manifest" JSONB,
    "artifact_hash" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "training_trial_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "training_trial_run_id_number_key" ON "training_trial"("run_id", "number");
ALTER TABLE "training_trial" ADD CONSTRAINT "training_trial_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "training_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "training_trial" ADD CONSTRAINT "training_trial_artifact_hash_fkey" FOREIGN KEY ("artifact_hash") REFERENCES "model_artifact"("hash") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "training_log" (
    "id" BIGSERIAL NOT NULL,
    "run_id" TEXT NOT NULL,
    "trial" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "training_log_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "training_log_run_id_id_idx" ON "training_log"("run_id", "id");
ALTER TABLE "training_log" ADD CONSTRAINT "training_log_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "training_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
