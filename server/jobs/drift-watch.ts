import { once } from "node:events";
import { Worker } from "node:worker_threads";

export type DriftWatchOptions = {
  /** of the database */
  readonly url: string;
  /** from the end of one look to the next */
  readonly pauseMs: number;
  readonly onError: (error: unknown) => void;
};

export type DriftWatch = { stop(): Promise<void> };

const FILE = new URL("./drift-thread.ts", import.meta.url);
const RESTART_MS = 10_000;
const GRACE_MS = 5_000;

/**
 * Compares weeks with what is usual, in a thread of its own: a week of payments is scored and compared in one go, which
 * would hold up every other job. Ends between weeks, or at once after a while, which costs a repetition of one week.
 */
export function startDriftWatch({ url, pauseMs, onError }: DriftWatchOptions): DriftWatch {
  let stopping = false;
  let restart: NodeJS.Timeout | undefined;
  let thread = launch();

  function launch(): Worker {
    const started = new Worker(FILE, { workerData: { url, pauseMs }, name: "drift" });
    started.on("message", onError);
    started.on("error", onError);
    started.once("exit", () => {
      if (stopping) return;
      restart = setTimeout(() => {
        thread = launch();
      }, RESTART_MS);
    });
    return started;
  }

  return {
    stop: async () => {
      stopping = true;
      clearTimeout(restart);
      if (thread.threadId === -1) return; // it has ended
      const ended = once(thread, "exit");
      const timer = setTimeout(() => void thread.terminate(), GRACE_MS);
      thread.postMessage("stop");
      await ended;
      clearTimeout(timer);
    },
  };
}
