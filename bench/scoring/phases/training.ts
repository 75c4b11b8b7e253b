import { resolve } from "node:path";
import { openDatabase } from "#server/db/client.ts";
import { startTrainingChild } from "#server/jobs/training-child.ts";
import { endRun, requestTraining } from "#server/services/training/index.ts";
import type { Bench } from "../bench.ts";
import { type Figures, medianFigures } from "../figures.ts";
import { type OpenRound, openRound } from "./open.ts";

export type TrainingReport = {
  readonly median: Figures;
  /** `stage`: what the training was at when the round ended. */
  readonly rounds: readonly (OpenRound & { readonly stage: string })[];
};

const FILE = resolve(import.meta.dirname, "../../../server/processes/training.ts");

/**
 * The open loop while the real training process reads all of the history and fits. It is ended with the last round;
 * rounds that it did not live to see the end of are left out.
 */
export async function trainingPhase(bench: Bench): Promise<TrainingReport | null> {
  if (bench.own === null) return null;
  const { url } = bench.own.database;
  const db = openDatabase(url, 1);
  const ctx = { db, actor: { kind: "system", name: "bench" } as const, now: () => new Date() };
  const run = await requestTraining(ctx, {});
  const child = startTrainingChild(FILE, run.id, {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: url,
  });
  let ended = false;
  void child.ended.then(() => (ended = true));
  const stop = (): void => child.kill("SIGKILL");
  bench.cleanUp.add(stop);
  const rounds: (OpenRound & { stage: string })[] = [];
  try {
    for (let round = 0; round < 2 * bench.options.rounds; round++) {
      const figures = await openRound(bench, bench.options.seconds, round);
      if (ended) break;
      const { stage } = await db.trainingRun.findUniqueOrThrow({ where: { id: run.id } });
      rounds.push({ ...figures, stage });
    }
    return { median: medianFigures(rounds), rounds };
  } finally {
    stop();
    await child.ended;
    await endRun(db, run.id, { status: "cancelled", error: null, at: new Date() });
    await db.$disconnect();
  }
}
