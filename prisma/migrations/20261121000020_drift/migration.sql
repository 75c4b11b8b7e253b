-- Values that no bin of the reference sees, beside those that have none.
ALTER TABLE "feature_day" ADD COLUMN "unseen" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "feature_day" ADD COLUMN "outside" INTEGER NOT NULL DEFAULT 0;

-- What was usual before a model version was watched, and how each week since compares.
CREATE TABLE "drift_baseline" (
    "model_version_id" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB NOT NULL,
    "sample" BYTEA NOT NULL,

    CONSTRAINT "drift_baseline_pkey" PRIMARY KEY ("model_version_id")
);

CREATE TABLE "drift_window" (
    "model_version_id" TEXT NOT NULL,
    "week" DATE NOT NULL,
    "phase" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "decisions" INTEGER NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "drift_window_pkey" PRIMARY KEY ("model_version_id","week")
);

CREATE TABLE "drift_feature_window" (
    "model_version_id" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "week" DATE NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "drift_feature_window_pkey" PRIMARY KEY ("model_version_id","feature","week")
);
