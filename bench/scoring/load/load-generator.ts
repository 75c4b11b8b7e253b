import { type ChildProcess, fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import type { BenchWorld } from "../payments.ts";
import type { LoadAnswer, LoadJob } from "./messages.ts";
import type { LoadResult } from "./tally.ts";

/** Runs load in a process of its own. */
export type LoadGenerator = {
  run(job: LoadJob): Promise<LoadResult>;
  stop(): void;
};

const BODIES = 60_000;

/** Starts the load generator of a world; ids differ from those of every other run. */
export async function startLoadGenerator(world: BenchWorld): Promise<LoadGenerator> {
  const tag = Array.from({ length: 6 }, () => String.fromCharCode(97 + randomInt(26))).join("");
  const child = fork(
    join(import.meta.dirname, "load-process.ts"),
    [JSON.stringify({ world, bodies: BODIES, tag })],
    { serialization: "advanced", execArgv: [] },
  );
  await answerOf(child);
  return {
    run: async (job) => {
      child.send(job);
      const answer = await answerOf(child);
      if (answer.kind === "done") return answer.result;
      throw new Error(answer.kind === "failed" ? answer.message : "the load generator lost its way");
    },
    stop: () => void child.kill("SIGKILL"),
  };
}

function answerOf(child: ChildProcess): Promise<LoadAnswer> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error("the load generator ended"));
    child.once("exit", ended);
    child.once("message", (answer: LoadAnswer) => {
      child.off("exit", ended);
      resolve(answer);
    });
  });
}
