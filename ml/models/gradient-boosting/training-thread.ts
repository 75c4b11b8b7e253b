import { workerData } from "node:worker_threads";
import { readTask, type SharedWork, Signal, waitForChange } from "./shared-work.ts";
import { runTask, type Share } from "./training-task.ts";

/** A thread of one fit: does its share of each task until it is terminated. */
const { work, share } = workerData as { readonly work: SharedWork; readonly share: Share };
const { memory, signals, task } = work;

for (let done = 0; ; ) {
  done = waitForChange(signals, Signal.task, done);
  try {
    runTask(memory, readTask(task), share);
  } catch {
    Atomics.store(signals, Signal.failed, 1);
  }
  if (Atomics.sub(signals, Signal.busy, 1) === 1) Atomics.notify(signals, Signal.busy);
}
