import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { WatchAnswer, WatchRequest } from "./watch-world.ts";

const workerFile = new URL("./watch-worker.ts", import.meta.url);

/** Watches worlds side by side in threads; answers in the order of the requests. */
export async function watchWorlds(
  requests: readonly WatchRequest[],
  { threads, onAnswer }: { readonly threads: number; readonly onAnswer: (weeks: number) => void },
): Promise<WatchAnswer[]> {
  const answers: WatchAnswer[] = [];
  const queue = requests.entries();
  const work = async (): Promise<void> => {
    const worker = new Worker(workerFile);
    try {
      for (const [index, request] of queue) {
        const answered = once(worker, "message");
        worker.postMessage(request);
        const [answer] = (await answered) as [WatchAnswer];
        answers[index] = answer;
        onAnswer(request.weeks);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, requests.length) }, work));
  return answers;
}
