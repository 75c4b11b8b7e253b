import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { FittedNetwork, NetworkRows } from "./fit-network.ts";
import type { NeuralNetworkOptions } from "./options.ts";

/** What a training thread is given. Typed arrays over shared memory are not copied. */
export type MembersWork = {
  readonly training: NetworkRows;
  readonly validation: NetworkRows;
  readonly options: NeuralNetworkOptions;
  readonly seed: string;
  /** Numbers of the members that this thread trains. */
  readonly members: readonly number[];
};

/** What a training thread says. */
export type FitMessage =
  | { readonly kind: "started" }
  | { readonly kind: "epoch"; readonly member: number; readonly epoch: number; readonly ap: number | null }
  | {
      readonly kind: "fitted";
      readonly member: number;
      readonly fitted: FittedNetwork;
      readonly trainedWith: string;
    };

export type FittedMember = FittedNetwork & { readonly trainedWith: string };

export type MembersFit = Omit<MembersWork, "members"> & {
  readonly signal: AbortSignal | null;
  readonly onEpoch: (member: number, epoch: number, validationAp: number | null) => void;
  /** Most threads to train on; the result does not depend on it. */
  readonly threads?: number;
};

/** Each thread starts TensorFlow.js anew and holds its own copy of unshared rows, so more than two rarely pay. */
const MOST_THREADS = 2;

/**
 * Trains `options.members` networks in worker threads, side by side where the machine has the cores, so that the caller's
 * event loop stays free. Member m depends on `seed` and m alone.
 * @throws the signal's reason when aborted, at once; what a fit threw; Error when a thread does not start.
 */
export async function fitMembers(fit: MembersFit): Promise<FittedMember[]> {
  const { signal, onEpoch, threads = Math.min(MOST_THREADS, availableParallelism()), ...work } = fit;
  signal?.throwIfAborted();
  const numbers = Array.from({ length: fit.options.members }, (_, member) => member);
  const shares = Array.from({ length: Math.min(threads, numbers.length) }, (_, thread) =>
    numbers.filter((member) => member % threads === thread),
  );
  const fitted = new Map<number, FittedMember>();
  const ending = new AbortController();
  const trainShare = (members: readonly number[]): Promise<void> =>
    runThread({ ...work, members }, ending.signal, (message) => {
      if (message.kind === "epoch") onEpoch(message.member, message.epoch, message.ap);
      if (message.kind === "fitted") {
        fitted.set(message.member, { ...message.fitted, trainedWith: message.trainedWith });
      }
    });
  const stop = (): void => ending.abort(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  const runs = shares.map(trainShare);
  try {
    await Promise.all(runs);
  } finally {
    signal?.removeEventListener("abort", stop);
    ending.abort(new Error("another thread of the fit failed"));
    await Promise.allSettled(runs);
  }
  return numbers.flatMap((member) => fitted.get(member) ?? []);
}

/** Runs one thread to its end. Rejects with its error, or with the signal's reason after terminating it. */
async function runThread(
  workerData: MembersWork,
  signal: AbortSignal,
  onMessage: (message: FitMessage) => void,
): Promise<void> {
  const worker = startThread(workerData);
  let hasStarted = false;
  let left = workerData.members.length;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  worker.on("message", (message: FitMessage) => {
    hasStarted = true;
    if (message.kind === "fitted") left--;
    try {
      onMessage(message);
    } catch (error) {
      reject(error);
    }
  });
  worker.on("error", (cause) => reject(hasStarted ? cause : notStarted(cause)));
  worker.on("exit", (code) => {
    if (left === 0) resolve();
    else reject(new Error(`a training thread of the neural network ended early, with code ${code}`));
  });
  try {
    await promise;
  } finally {
    signal.removeEventListener("abort", abort);
    await worker.terminate();
  }
}

/** @throws Error when the machine or the rows do not allow it. */
function startThread(workerData: MembersWork): Worker {
  try {
    return new Worker(new URL("./fit-worker.ts", import.meta.url), { workerData });
  } catch (error) {
    throw notStarted(error);
  }
}

function notStarted(cause: unknown): Error {
  return new Error("the training thread of the neural network did not start", { cause });
}
