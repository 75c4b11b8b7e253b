import type { ModelArtifact } from "#ml/models/artifact.ts";
import type { Trial } from "#ml/training/search/draw-trials.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { storeArtifact } from "#server/services/model/artifact-store.ts";
import type { TrialDetails, TrialRung, TrialState } from "./trial-record.ts";

/** The trials of one run, as its process writes them. */
export type TrialStore = {
  /** Forgets what an earlier attempt at the run left, and writes down what will be tried. */
  readonly plan: (trials: readonly Trial[]) => Promise<void>;
  readonly start: (trial: Trial) => Promise<void>;
  readonly measured: (trial: Trial, rungs: readonly TrialRung[], kept: TrialKept | null) => Promise<void>;
  readonly failed: (trial: Trial, error: string) => Promise<void>;
  readonly settle: (trials: readonly Trial[], state: TrialState) => Promise<void>;
};

/** Of a trial that learned from all rows. */
export type TrialKept = {
  readonly artifact: ModelArtifact;
  readonly details: TrialDetails;
  readonly manifest: Prisma.InputJsonValue;
};

export function trialStore(ctx: ServiceContext, runId: string): TrialStore {
  const { db, now } = ctx;
  const place = ({ number }: Trial): Prisma.TrainingTrialWhereUniqueInput => ({
    runId_number: { runId, number },
  });
  return {
    plan: (trials) =>
      inTransaction(ctx, async (tx) => {
        await tx.trainingTrial.deleteMany({ where: { runId } });
        await tx.trainingLog.deleteMany({ where: { runId } });
        const data = trials.map(({ parameters, ...trial }) => ({
          ...trial,
          runId,
          parameters: json(parameters),
        }));
        await tx.trainingTrial.createMany({ data });
      }),
    start: async (trial) => {
      const { startedAt } = await db.trainingTrial.update({
        where: place(trial),
        data: { state: "running" },
      });
      if (startedAt === null)
        await db.trainingTrial.update({ where: place(trial), data: { startedAt: now() } });
    },
    // The artefact and the row that names it are written together, or neither.
    measured: (trial, rungs, kept) =>
      inTransaction(ctx, async (tx) => {
        const also =
          kept === null
            ? {}
            : {
                artifactHash: await storeArtifact(tx, kept.artifact),
                details: json(kept.details),
                manifest: kept.manifest,
              };
        await tx.trainingTrial.update({
          where: place(trial),
          data: { state: "measured", rungs: json(rungs), finishedAt: now(), ...also },
        });
      }),
    failed: async (trial, error) => {
      const data = { state: "failed", error, finishedAt: now() };
      await db.trainingTrial.update({ where: place(trial), data });
    },
    settle: async (trials, state) => {
      const numbers = trials.map(({ number }) => number);
      await db.trainingTrial.updateMany({ where: { runId, number: { in: numbers } }, data: { state } });
    },
  };
}

function json(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
}
