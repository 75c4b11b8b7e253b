-- Performance by week of payment, so that no page reads the rows of two years.
CREATE TABLE "performance_cohort" (
    "week" DATE NOT NULL,
    "model_version_id" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB NOT NULL,
    "groups" BYTEA NOT NULL,

    CONSTRAINT "performance_cohort_pkey" PRIMARY KEY ("model_version_id","week")
);

-- Already compressed: kept as it is.
ALTER TABLE "performance_cohort" ALTER COLUMN "groups" SET STORAGE EXTERNAL;
