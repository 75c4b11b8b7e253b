import type { PgBoss } from "pg-boss";
import type { ServiceContext } from "#server/services/context.ts";
import { endRun, keepAlive, waitingRun } from "#server/services/training/index.ts";
import { repeat } from "./repeat.ts";
import type { TrainingChild } from "./training-child.ts";

export type TrainingQueueDeps = Pick<ServiceContext, "db" | "now"> & {
  readonly boss: PgBoss;
  readonly startChild: (runId: string) => TrainingChild;
  readonly onError: (error: unknown) => void;
};

export type TrainingQueue = {
  /** Asks the child at work to put its run back to waiting, and takes up no other. */
  stop(): Promise<void>;
};

const QUEUE = "train";
const DISPATCH_MS = 1_000;
const WATCH_MS = 5_000;
const CANCEL_GRACE_MS = 15_000;
const LONGEST_RUN_SECONDS = 6 * 3_600;

/**
 * Takes up training runs: a waiting row of training_run becomes a pg-boss job, one worker takes it, and a child
 * process carries it out. The row is the truth: a job whose run has ended or was taken up elsewhere does nothing.
 */
export async function startTrainingQueue(deps: TrainingQueueDeps): Promise<TrainingQueue> {
  const { boss, db, onError } = deps;
  // A worker that vanishes stops its heartbeat, so its job ends; a run is never tried twice by itself.
  const limits = { retryLimit: 0, expireInSeconds: LONGEST_RUN_SECONDS, heartbeatSeconds: 30 };
  await boss.createQueue(QUEUE, { policy: "exclusive", ...limits });
  const children = new Set<TrainingChild>();
  let stopping = false;
  await boss.work<{ runId: string }>(QUEUE, { pollingIntervalSeconds: 1 }, async (jobs) => {
    for (const { data } of jobs) {
      if (stopping) return;
      const child = deps.startChild(data.runId);
      children.add(child);
      await watch(deps, data.runId, child).finally(() => children.delete(child));
    }
  });
  const dispatch = async (): Promise<void> => {
    const runId = await waitingRun(db);
    if (runId !== null) await boss.send(QUEUE, { runId }, { singletonKey: runId });
  };
  const dispatching = repeat(DISPATCH_MS, dispatch, onError);
  return {
    stop: async () => {
      stopping = true;
      await dispatching.stop();
      for (const child of children) child.kill("SIGTERM");
      await Promise.all([...children].map((child) => child.ended));
    },
  };
}

/** Keeps the run's heartbeat while its process lives, and says in the run's row how it ended if it couldn't. */
async function watch(deps: TrainingQueueDeps, runId: string, child: TrainingChild): Promise<void> {
  const { db, now, onError } = deps;
  let cancelSeenMs: number | null = null;
  const beat = async (): Promise<void> => {
    if (!(await keepAlive(db, runId, now()))) return;
    cancelSeenMs ??= now().getTime();
    if (now().getTime() - cancelSeenMs > CANCEL_GRACE_MS) child.kill("SIGKILL");
  };
  const watching = repeat(WATCH_MS, beat, onError);
  const { failure } = await child.ended;
  await watching.stop();
  if (failure === null) return;
  const end =
    cancelSeenMs === null
      ? { status: "failed" as const, error: `The training process ${failure}.`, at: now() }
      : { status: "cancelled" as const, error: null, at: now() };
  await endRun(db, runId, end);
}
