-- The columns of decided payments by day, that the analysis pages read instead of history.
CREATE TABLE "analysis_block" (
    "day" DATE NOT NULL,
    "model_version_id" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "revision" SERIAL NOT NULL,
    "rows" INTEGER NOT NULL,
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,
    "columns" BYTEA NOT NULL,

    CONSTRAINT "analysis_block_pkey" PRIMARY KEY ("day","model_version_id","part")
);

-- Already compressed: kept as it is.
ALTER TABLE "analysis_block" ALTER COLUMN "columns" SET STORAGE EXTERNAL;

CREATE TABLE "analysis_code" (
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "code" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3),

    CONSTRAINT "analysis_code_pkey" PRIMARY KEY ("kind","value")
);
CREATE UNIQUE INDEX "analysis_code_kind_code_key" ON "analysis_code"("kind", "code");

-- Withdrawals are written in the label order, so this counts them as they become visible.
ALTER TABLE "label_withdrawal" ADD COLUMN "seq" BIGSERIAL NOT NULL;
CREATE UNIQUE INDEX "label_withdrawal_seq_key" ON "label_withdrawal"("seq");
