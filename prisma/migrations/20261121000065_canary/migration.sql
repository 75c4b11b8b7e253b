-- A challenger that decides for a share of customers, what it and the champion disagree on, and how long scoring took.
CREATE TABLE "canary" (
    "id" TEXT NOT NULL,
    "model_version_id" TEXT NOT NULL,
    "champion_id" TEXT NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,
    "seed" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "started_by_name" TEXT NOT NULL,
    "counted_from" TIMESTAMPTZ(3) NOT NULL,
    "checks" JSONB,
    "checked_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended" TEXT,
    "ended_because" TEXT,

    CONSTRAINT "canary_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "canary_model_version_id_started_at_idx" ON "canary"("model_version_id", "started_at" DESC);
CREATE UNIQUE INDEX "canary_one_running" ON "canary"((true)) WHERE "ended_at" IS NULL;

CREATE TABLE "canary_group" (
    "canary_id" TEXT NOT NULL,
    "arm" TEXT NOT NULL,
    "group" INTEGER NOT NULL,
    "payments" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "errors" INTEGER NOT NULL,
    "reviewed" INTEGER NOT NULL,
    "declined" INTEGER NOT NULL,

    CONSTRAINT "canary_group_pkey" PRIMARY KEY ("canary_id", "arm", "group")
);
ALTER TABLE "canary_group" ADD CONSTRAINT "canary_group_canary_id_fkey" FOREIGN KEY ("canary_id") REFERENCES "canary"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "shadow_pair" (
    "version_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "champion_outcome" TEXT NOT NULL,
    "version_outcome" TEXT NOT NULL,
    "payments" INTEGER NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "stake_minor" BIGINT NOT NULL,

    CONSTRAINT "shadow_pair_pkey" PRIMARY KEY ("version_id", "currency", "champion_outcome", "version_outcome")
);

CREATE TABLE "disagreement" (
    "version_id" TEXT NOT NULL,
    "transaction_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "champion_outcome" TEXT NOT NULL,
    "version_outcome" TEXT NOT NULL,
    "champion_score" DOUBLE PRECISION NOT NULL,
    "version_score" DOUBLE PRECISION NOT NULL,
    "stake_minor" BIGINT NOT NULL,

    CONSTRAINT "disagreement_pkey" PRIMARY KEY ("version_id", "transaction_id")
);
CREATE INDEX "disagreement_version_id_currency_stake_minor_transaction_id_idx" ON "disagreement"("version_id", "currency", "stake_minor" DESC, "transaction_id");

CREATE TABLE "scoring_time" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "server" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "model_version_id" TEXT NOT NULL,
    "counts" INTEGER[],

    CONSTRAINT "scoring_time_pkey" PRIMARY KEY ("at", "server", "kind", "model_version_id")
);

-- An artefact kept in S3-compatible storage has its hash here alone.
ALTER TABLE "model_artifact" ALTER COLUMN "bytes" DROP NOT NULL;
