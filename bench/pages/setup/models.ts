import type { Pool } from "pg";
import { loadScorer } from "#ml/models/scorer.ts";
import type { ProgressBar } from "#server/cli/progress-bar.ts";
import type { Database } from "#server/db/client.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { loadArtifact } from "#server/services/model/artifact-store.ts";
import { promoteModel, startShadow } from "#server/services/model/index.ts";
import { requestTraining, runTraining } from "#server/services/training/index.ts";
import { shadowScoresSql } from "./pool-sql.ts";

export type Versions = { readonly retired: string; readonly champion: string; readonly challenger: string };

type Deps = { readonly db: Database; readonly pool: Pool; readonly signal: AbortSignal };

const runs = [
  { family: "logistic_regression", seed: 1 },
  { family: "gradient_boosting", seed: 1 },
  { family: "logistic_regression", seed: 2 },
] as const;

/** Trains three versions as `npm run train` does, at the moment `at`: one that served, the champion, one in shadow. */
export async function trainVersions(deps: Deps, at: Date, bar: ProgressBar): Promise<Versions> {
  const ids: string[] = [];
  for (const [place, { family, seed }] of runs.entries()) {
    const ctx = contextAt(deps.db, new Date(at.getTime() + place * 60_000));
    const run = await requestTraining(
      ctx,
      { families: [family], seed, learningCurveSeconds: 0 },
      { foreground: true },
    );
    const end = await runTraining(
      {
        ...deps,
        now: ctx.now,
        whenStopped: "cancel",
        onProgress: ({ fraction, stage }) => bar.update((place + fraction) / runs.length, stage),
      },
      run.id,
    );
    if (end.status !== "succeeded") throw end.status === "failed" ? end.cause : new Error("Interrupted.");
    const versionId = end.version.id;
    if (place < 2) await promoteModel(ctx, { versionId, reason: "The bench needs a past." });
    else await startShadow(ctx, { versionId });
    ids.push(versionId);
  }
  const [retired = "", champion = "", challenger = ""] = ids;
  return { retired, champion, challenger };
}

/** What the challenger says of each payment of the pool. */
export async function scoreInShadow({ db, pool }: Deps, versionId: string): Promise<void> {
  const { artifactHash } = await db.modelVersion.findUniqueOrThrow({ where: { id: versionId } });
  const scorer = loadScorer(await loadArtifact(db, artifactHash));
  const width = scorer.featureSet.definitions.length;
  const { rows } = await pool.query<{ n: number; features: Buffer }>("select n, features from bench_pool");
  const features = new Float64Array(rows.length * width);
  for (const [at, row] of rows.entries()) {
    for (let f = 0; f < width; f++) features[at * width + f] = row.features.readDoubleLE(f * 8);
  }
  const scores = new Float64Array(rows.length);
  scorer.score(features, rows.length, scores);
  await pool.query(shadowScoresSql, [rows.map(({ n }) => n), Array.from(scores)]);
}

function contextAt(db: Database, at: Date): ServiceContext {
  return { db, actor: { kind: "system", name: "bench" }, now: () => at };
}
