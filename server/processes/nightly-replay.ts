import { openArtifacts } from "#server/db/artifacts/open-artifacts.ts";
import { openDatabase } from "#server/db/client.ts";
import { openPool } from "#server/db/pool.ts";
import { readEnvironment } from "#server/env.ts";
import { checkReplay, storeReplayCheck } from "#server/services/training/index.ts";
import { runInBackground } from "./background-priority.ts";

/** Decisions whose features and scores are compared; the whole log is replayed to come to them. */
const SAMPLE = 5_000;

/**
 * Computes a sample of what was served again from the log, keeps the result for the page of features, and raises an
 * alert where a bit differs. Started by the worker, and ends when that is gone.
 */
const url = process.env.DATABASE_URL;
if (url === undefined) throw new Error("the nightly check needs DATABASE_URL");
runInBackground();
const stopping = new AbortController();
for (const end of ["SIGTERM", "SIGINT", "disconnect"])
  process.on(end, () => stopping.abort(new Error("The worker is being shut down.")));

openArtifacts(readEnvironment());
const db = openDatabase(url, 1);
const pool = openPool(url, 1);
try {
  const reports = await checkReplay({ db, pool }, { sample: SAMPLE, signal: stopping.signal });
  const at = new Date();
  await storeReplayCheck(db, reports, { at, sample: SAMPLE });
  for (const { featureSetVersion, features, scores } of reports) {
    if (features.differing + scores.differing === 0) continue;
    const found = { features: features.differing, scores: scores.differing };
    await db.outboxEvent.create({
      data: { at, type: "alert.raised", payload: { kind: "serving_skew", featureSetVersion, ...found } },
    });
  }
} finally {
  await db.$disconnect();
  await pool.end();
  process.disconnect?.();
}
