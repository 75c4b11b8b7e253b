import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import { playTrials } from "./gate-simulation/play-trials.ts";
import { type TrialKind, trialKinds } from "./gate-simulation/trial.ts";
import type { TrialAnswer } from "./gate-simulation/trial-worker.ts";
import { progressBar } from "./progress-bar.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";

const USAGE = "npm run simulate:gate [-- --runs N --seed S --threads N --json]";

/** How often the promotion gate is fooled by a retraining that taught nothing, and how often it finds one that did. */
await runCommand(async () => {
  const { runs, seed, threads, json } = readOptions(process.argv.slice(2));
  const out = json ? process.stderr : process.stdout;
  const requests = trialKinds.flatMap((kind) =>
    Array.from({ length: runs }, (_, run) => ({ kind, seed: seed * 100_000 + run })),
  );
  const bar = progressBar({ label: "Retraining", total: requests.length, unit: "retrainings", out });
  const answers = await playTrials(requests, { threads, onAnswer: (done) => bar.update(done) });
  bar.finish(`${requests.length} retrainings judged.`);
  for (const kind of trialKinds) out.write(`${lineOf(kind, answers)}\n`);
  const share = (kind: TrialKind): number => promotedOf(kind, answers).length / runs;
  console.log(
    JSON.stringify({ noisePromotedShare: share("noise"), improvementFoundShare: share("improvement") }),
  );
  return 0;
});

function promotedOf(kind: TrialKind, answers: readonly TrialAnswer[]): TrialAnswer[] {
  return answers.filter((answer) => answer.kind === kind && answer.promote);
}

function lineOf(kind: TrialKind, answers: readonly TrialAnswer[]): string {
  const played = answers.filter((answer) => answer.kind === kind);
  const promoted = promotedOf(kind, answers).length;
  const interval = wilsonInterval(promoted, played.length);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const range = interval === null ? "" : ` (${percent(interval.lower)} to ${percent(interval.upper)})`;
  const changes = played.flatMap(({ relativeDifference }) => relativeDifference ?? []).sort((a, b) => a - b);
  const median = changes[Math.floor(changes.length / 2)];
  const failures = new Map<string, number>();
  for (const { failed } of played)
    for (const name of failed) failures.set(name, (failures.get(name) ?? 0) + 1);
  const held = [...failures].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} ${count}`);
  return [
    `${kind}: ${promoted} of ${played.length} promoted, ${percent(promoted / played.length)}${range}`,
    `  median change of cost ${median === undefined ? "–" : percent(median)}; held back by ${held.join(", ") || "nothing"}`,
  ].join("\n");
}

type Options = {
  readonly runs: number;
  readonly seed: number;
  readonly threads: number;
  readonly json: boolean;
};

function readOptions(args: string[]): Options {
  const { values } = parsed(USAGE, () =>
    parseArgs({
      args,
      options: {
        runs: { type: "string", default: "200" },
        seed: { type: "string", default: "1" },
        threads: { type: "string", default: String(availableParallelism()) },
        json: { type: "boolean", default: false },
      },
    }),
  );
  const whole = (name: "runs" | "seed" | "threads", least: number): number => {
    const value = Number(values[name]);
    if (!Number.isSafeInteger(value) || value < least)
      throw new UsageError(`--${name} must be a whole number of at least ${least}`, USAGE);
    return value;
  };
  return { runs: whole("runs", 1), seed: whole("seed", 0), threads: whole("threads", 1), json: values.json };
}
