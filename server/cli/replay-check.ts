import { parseArgs } from "node:util";
import type { Pool } from "pg";
import { ServingLoader } from "#server/scoring/serving-loader.ts";
import { checkSnapshot, type SnapshotCheck } from "#server/scoring/snapshot/check-snapshot.ts";
import { openSnapshots } from "#server/scoring/snapshot/snapshots.ts";
import { checkReplay, type ReplayCheckReport, storeReplayCheck } from "#server/services/training/index.ts";
import { progressBar } from "./progress-bar.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { withDatabase } from "./with-database.ts";

const USAGE = "npm run replay-check [-- --sample N]";

await runCommand(async (env) => {
  const sample = readSample(process.argv.slice(2));
  return withDatabase(env, async ({ db, pool, signal }) => {
    const all = await db.transaction.count();
    const bar = progressBar({ label: "Replaying", total: 1 });
    const onProgress = ({ done, total }: { done: number; total: number }): void =>
      bar.update(done / Math.max(1, total));
    const reports = await checkReplay({ db, pool }, { sample, signal, onProgress });
    await storeReplayCheck(db, reports, { at: new Date(), sample }); // the page of features shows it
    bar.finish(`Replayed ${all.toLocaleString("en")} payments.`);
    if (reports.length === 0) console.log("Nothing has been served by a model yet: nothing to compare.");
    for (const report of reports) console.log(linesOf(report).join("\n"));
    const snapshot = await checkNewest(pool, { dataDir: env.ASSAY_DATA_DIR, signal });
    console.log(snapshotLine(snapshot));
    const same = reports.every(({ features, scores }) => features.differing + scores.differing === 0);
    return same && snapshot?.same !== false ? 0 : 1;
  });
});

/** The newest snapshot of feature state that a scoring server on this data folder would start from. */
async function checkNewest(
  pool: Pool,
  { dataDir, signal }: { readonly dataDir: string; readonly signal: AbortSignal },
): Promise<SnapshotCheck | null> {
  const snapshots = openSnapshots({ dataDir, onEvent: (_level, message) => console.log(message) });
  const loader = new ServingLoader(pool, (_id, error) => {
    throw error;
  });
  const { featureSet } = await loader.load(null, new Date());
  return checkSnapshot({ pool, snapshots, signal }, featureSet);
}

function snapshotLine(check: SnapshotCheck | null): string {
  if (check === null) return "Snapshot of feature state: none to compare";
  const of = `up to payment ${check.lastSeq.toLocaleString("en")} and ${check.tail.toLocaleString("en")} since`;
  return `Snapshot of feature state, ${of}: ${check.same ? "equals" : "DIFFERS FROM"} a replay of the whole log`;
}

function linesOf({ featureSetVersion, features, scores }: ReplayCheckReport): string[] {
  const lines = [
    `Feature set ${featureSetVersion}`,
    `  features: ${features.compared.toLocaleString("en")} vectors compared, ${features.differing} differ`,
    `  scores:   ${scores.compared.toLocaleString("en")} compared, ${scores.differing} differ`,
  ];
  for (const { feature, rows } of features.byFeature) lines.push(`  ${feature}: ${rows} differ`);
  const examples = [...new Set([...features.examples, ...scores.examples])];
  if (examples.length > 0) lines.push(`  for example ${examples.join(", ")}`);
  return lines;
}

function readSample(args: string[]): number | null {
  const { values } = parsed(USAGE, () => parseArgs({ args, options: { sample: { type: "string" } } }));
  if (values.sample === undefined) return null;
  const sample = Number(values.sample);
  if (!Number.isInteger(sample) || sample < 1)
    throw new UsageError("The sample is a whole number above 0.", USAGE);
  return sample;
}
