import { Worker } from "node:worker_threads";
import { Signal, sharedWork, waitForChange, writeTask } from "./shared-work.ts";
import type { TrainingMemory } from "./training-memory.ts";
import { runTask, type TrainingTask } from "./training-task.ts";
import type { TrainingTeam } from "./training-team.ts";

/** A node with fewer bins to add to is done before another thread has looked up. */
const LEAST_ADDITIONS = 32_768;
/** A thread that takes longer over its share has died. */
const MOST_WAIT_MS = 300_000;

/**
 * The calling thread and `memory.threads - 1` more, on shared memory. The caller blocks while a task is done: it must be
 * no thread that serves.
 */
export function threadTeam(memory: TrainingMemory): TrainingTeam {
  const work = sharedWork(memory);
  const { signals } = work;
  const of = memory.threads;
  const workers = Array.from({ length: of - 1 }, (_, index) => {
    const workerData = { work, share: { index: index + 1, of } };
    return new Worker(new URL("./training-thread.ts", import.meta.url), { workerData, execArgv: [] });
  });
  // An error is reported by the signal; without a listener it would end the process.
  for (const worker of workers) worker.on("error", () => Atomics.store(signals, Signal.failed, 1));
  return {
    run(task) {
      if (additionsOf(memory, task) < LEAST_ADDITIONS) {
        runTask(memory, task, { index: 0, of: 1 });
        return 1;
      }
      writeTask(work.task, task);
      Atomics.store(signals, Signal.busy, of - 1);
      Atomics.add(signals, Signal.task, 1);
      Atomics.notify(signals, Signal.task);
      runTask(memory, task, { index: 0, of });
      waitForAll(signals);
      return of;
    },
    close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}

function additionsOf(memory: TrainingMemory, task: TrainingTask): number {
  if (task.kind !== "root" && task.kind !== "children") return Number.POSITIVE_INFINITY;
  return (task.rows.to - task.rows.from) * (memory.columnCount[0] ?? 0);
}

function waitForAll(signals: Int32Array): void {
  for (let busy = Atomics.load(signals, Signal.busy); busy > 0; ) {
    const now = waitForChange(signals, Signal.busy, busy, MOST_WAIT_MS);
    if (now === busy) throw new Error("a training thread does not answer");
    busy = now;
  }
  if (Atomics.load(signals, Signal.failed) === 1) throw new Error("a training thread failed");
}
