import type { Pool } from "pg";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import type { Database } from "#server/db/client.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { loadArtifact, type ModelView } from "#server/services/model/index.ts";
import { ensureActivePolicy } from "#server/services/policy/index.ts";
import { requestTraining, runTraining } from "../index.ts";
import { type SeededLog, seedLog } from "./seed-log.ts";

export type TrainedLog = {
  readonly log: SeededLog;
  readonly ctx: ServiceContext;
  readonly version: ModelView;
  readonly artifact: ModelArtifact;
  readonly modelVersionId: string;
  readonly policyVersionId: string;
};

/** A small simulated history with a candidate trained on it (the rules baseline, which is quick). */
export async function trainedLog(db: Database, pool: Pool): Promise<TrainedLog> {
  const log = await seedLog(pool);
  const now = (): Date => new Date(log.endMs);
  const ctx = { db, actor: { kind: "system" as const, name: "test" }, now };
  const run = await requestTraining(ctx, { families: ["rules"] }, { foreground: true });
  const { signal } = new AbortController();
  const end = await runTraining({ ...ctx, pool, signal, whenStopped: "cancel" }, run.id);
  if (end.status !== "succeeded") throw new Error(JSON.stringify(end));
  const { version } = end;
  const artifact = await loadArtifact(db, version.artifactHash);
  const policy = await ensureActivePolicy(db, now());
  return { log, ctx, version, artifact, modelVersionId: version.id, policyVersionId: policy.id };
}
