import { openPool } from "#server/db/pool.ts";
import { readEnvironment } from "#server/env.ts";
import { ServingLoader } from "#server/scoring/serving-loader.ts";
import { openSnapshots } from "#server/scoring/snapshot/snapshots.ts";
import { takeSnapshot } from "#server/scoring/snapshot/take-snapshot.ts";
import { runInBackground } from "./background-priority.ts";
import { databaseUrl } from "./database-url.ts";
import { processLog } from "./process-log.ts";

const QUERY_LIMIT_MS = 60_000;

/**
 * Takes one snapshot of feature state for the feature set that serves, and ends. Started by a scoring server, and ends
 * when that is gone. Whatever is scored on this machine comes first.
 */
runInBackground();
const stopping = new AbortController();
process.on("disconnect", () => process.exit(0)); // what is written so far is a temporary file
process.on("SIGTERM", () => stopping.abort(new Error("asked to stop")));

const env = readEnvironment();
const log = processLog("snapshot", env.LOG_LEVEL);
const pool = openPool(await databaseUrl(env), 2, () => {}, QUERY_LIMIT_MS);
const started = performance.now();
const snapshots = openSnapshots({
  dataDir: env.ASSAY_DATA_DIR,
  onEvent: (level, message) => log[level](message),
});
const loader = new ServingLoader(pool, (id) => log.warn(`the champion ${id} cannot be loaded`));
const { featureSet } = await loader.load(null, new Date());
const taken = await takeSnapshot({ pool, snapshots, signal: stopping.signal }, featureSet);
const figures = {
  ...taken,
  seconds: (performance.now() - started) / 1000,
  rssMb: Math.round(process.resourceUsage().maxRSS / 1024),
};
if (taken === null) log.info("no snapshot of feature state taken: nothing new is settled");
else log.info(figures, `feature state kept up to payment ${taken.lastSeq}`);
await pool.end();
process.disconnect?.();
