import { parentPort } from "node:worker_threads";
import { playTrial, type TrialKind } from "./trial.ts";

export type TrialRequest = { readonly kind: TrialKind; readonly seed: number };
export type TrialAnswer = TrialRequest & {
  readonly promote: boolean;
  /** of the champion's cost; null where it has none */
  readonly relativeDifference: number | null;
  readonly failed: readonly string[];
};

/** Plays the trials that it is sent, one at a time. */
parentPort?.on("message", async ({ kind, seed }: TrialRequest) => {
  const { promote, relativeDifference, checks } = await playTrial(kind, seed);
  const failed = checks.filter(({ passed }) => passed === false).map(({ name }) => name);
  const answer: TrialAnswer = { kind, seed, promote, relativeDifference, failed };
  parentPort?.postMessage(answer);
});
