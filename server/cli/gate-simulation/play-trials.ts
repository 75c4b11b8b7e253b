import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { TrialAnswer, TrialRequest } from "./trial-worker.ts";

const workerFile = new URL("./trial-worker.ts", import.meta.url);

/** Plays trials side by side in threads, each as soon as one is free; answers in the order of the requests. */
export async function playTrials(
  requests: readonly TrialRequest[],
  { threads, onAnswer }: { readonly threads: number; readonly onAnswer: (done: number) => void },
): Promise<TrialAnswer[]> {
  const answers: TrialAnswer[] = [];
  const queue = requests.entries();
  let done = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(workerFile);
    try {
      for (const [index, request] of queue) {
        answers[index] = await answerOf(worker, request);
        onAnswer(++done);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, requests.length) }, work));
  return answers;
}

async function answerOf(worker: Worker, request: TrialRequest): Promise<TrialAnswer> {
  worker.postMessage(request);
  const [answer] = (await once(worker, "message")) as [TrialAnswer];
  return answer;
}
