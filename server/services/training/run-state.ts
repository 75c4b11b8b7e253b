import type { Database } from "#server/db/client.ts";

/** A run that has not been heard of for so long is taken for dead. */
const ORPHAN_AFTER_MS = 60_000;

/** Takes a waiting run up. False when another process was first, or it was cancelled meanwhile. */
export async function claimRun(db: Database, runId: string, now: Date): Promise<boolean> {
  const { count } = await db.trainingRun.updateMany({
    where: { id: runId, status: "queued" },
    data: { status: "running", stage: "starting", progress: 0, startedAt: now, heartbeatAt: now },
  });
  return count === 1;
}

/** The id of the run that waits for a worker; null when none does. */
export async function waitingRun(db: Database): Promise<string | null> {
  const run = await db.trainingRun.findFirst({ where: { status: "queued" }, select: { id: true } });
  return run?.id ?? null;
}

export type Heartbeat = { readonly stage: string; readonly progress: number; readonly at: Date };

/** Writes how far a run is. `stop` when it should end: someone cancelled it, or it counts as dead already. */
export async function writeHeartbeat(
  db: Database,
  runId: string,
  { stage, progress, at }: Heartbeat,
): Promise<{ readonly stop: boolean }> {
  const [run] = await db.trainingRun.updateManyAndReturn({
    where: { id: runId, status: "running" },
    data: { stage, progress, heartbeatAt: at },
    select: { cancelRequested: true },
  });
  return { stop: run?.cancelRequested ?? true };
}

/** Says that the run's process lives although it is too busy to say so itself. True when someone cancelled the run. */
export async function keepAlive(db: Database, runId: string, at: Date): Promise<boolean> {
  const [run] = await db.trainingRun.updateManyAndReturn({
    where: { id: runId, status: "running" },
    data: { heartbeatAt: at },
    select: { cancelRequested: true },
  });
  return run?.cancelRequested ?? false;
}

/** Ends a run without a model. False when it has ended already. */
export async function endRun(
  db: Database,
  runId: string,
  end: { readonly status: "failed" | "cancelled"; readonly error: string | null; readonly at: Date },
): Promise<boolean> {
  const { count } = await db.trainingRun.updateMany({
    where: { id: runId, status: { in: ["queued", "running"] } },
    data: { status: end.status, stage: end.status, error: end.error, finishedAt: end.at },
  });
  return count === 1;
}

/** Puts a running run back to waiting, because its process is being shut down. */
export async function requeueRun(db: Database, runId: string): Promise<void> {
  await db.trainingRun.updateMany({
    where: { id: runId, status: "running" },
    data: { status: "queued", stage: "waiting for the worker", progress: 0, heartbeatAt: null },
  });
}

/** Fails every run whose process has gone silent. Returns their ids. */
export async function failOrphanedRuns(db: Database, now: Date): Promise<string[]> {
  const silentSince = new Date(now.getTime() - ORPHAN_AFTER_MS);
  const error = "The training process stopped without a word: it was killed, or the machine went down.";
  const runs = await db.trainingRun.updateManyAndReturn({
    where: { status: "running", heartbeatAt: { lt: silentSince } },
    data: { status: "failed", stage: "failed", error, finishedAt: now },
    select: { id: true },
  });
  return runs.map((run) => run.id);
}
