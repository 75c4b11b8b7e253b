import { openArtifacts } from "#server/db/artifacts/open-artifacts.ts";
import { openDatabase } from "#server/db/client.ts";
import { openPool } from "#server/db/pool.ts";
import { readEnvironment } from "#server/env.ts";
import { claimRun, runTraining } from "#server/services/training/index.ts";
import { runInBackground } from "./background-priority.ts";

/**
 * Carries out one training run (its id is the argument) on DATABASE_URL, started by the worker. Exits with 0 once
 * the run's row says how it ended, also when it failed for a reason of its own. SIGTERM, or the end of the worker,
 * puts the run back to waiting.
 */
const [runId] = process.argv.slice(2);
const url = process.env.DATABASE_URL;
if (runId === undefined || url === undefined) throw new Error("training needs a run id and DATABASE_URL");

runInBackground();
const stopping = new AbortController();
const stop = (): void => stopping.abort(new Error("The worker is being shut down."));
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);

openArtifacts(readEnvironment());
const db = openDatabase(url, 2);
const pool = openPool(url, 2);
const now = (): Date => new Date();
try {
  if (await claimRun(db, runId, now())) {
    const end = await runTraining({ db, pool, now, signal: stopping.signal, whenStopped: "requeue" }, runId);
    if (end.status === "failed" && end.error.startsWith("Unexpected")) console.error(end.cause);
  }
} finally {
  await db.$disconnect();
  await pool.end();
  process.off("disconnect", stop);
  process.disconnect?.();
}
