-- Batches of decisions are numbered: a server whose features know batch n can only write batch n + 1.
-- CreateTable
CREATE TABLE "scoring_turn" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "turn" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "scoring_turn_pkey" PRIMARY KEY ("id")
);

INSERT INTO "scoring_turn" ("id", "turn") VALUES (1, 0);
