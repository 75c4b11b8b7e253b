import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { driftKinds } from "#ml/simulation/drift.ts";
import { driftResult, driftTable } from "./drift-simulation/drift-table.ts";
import type { WatchRequest } from "./drift-simulation/watch-world.ts";
import { watchWorlds } from "./drift-simulation/watch-worlds.ts";
import { progressBar } from "./progress-bar.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";

const USAGE = "npm run simulate:drift [-- --seed S --worlds N --weeks N --threads N --json]";
/** Weeks watched after a drift begins. */
const DRIFT_WEEKS = 4;

/** How often drift alerts are raised in worlds that don't change, and how soon in worlds that do. */
await runCommand(async () => {
  const { seed, worlds, weeks, threads, json } = readOptions(process.argv.slice(2));
  const out = json ? process.stderr : process.stdout;
  const seeds = Array.from({ length: worlds }, (_, world) => seed * 1_000 + world);
  const requests: WatchRequest[] = [
    ...seeds.map((own) => ({ seed: own, drift: null, weeks })),
    ...driftKinds.flatMap((drift) => seeds.map((own) => ({ seed: own, drift, weeks: DRIFT_WEEKS }))),
  ];
  const total = requests.reduce((sum, request) => sum + request.weeks, 0);
  const bar = progressBar({ label: "Watching", total, unit: "weeks", out });
  let done = 0;
  const onAnswer = (watched: number): void => {
    done += watched;
    bar.update(done);
  };
  const answers = await watchWorlds(requests, { threads, onAnswer });
  bar.finish(`${total} weeks of ${requests.length} worlds watched.`);
  out.write(`${driftTable(answers)}\n`);
  console.log(JSON.stringify(driftResult(answers)));
  return 0;
});

type Options = {
  readonly seed: number;
  readonly worlds: number;
  readonly weeks: number;
  readonly threads: number;
  readonly json: boolean;
};

function readOptions(args: string[]): Options {
  const { values } = parsed(USAGE, () =>
    parseArgs({
      args,
      options: {
        seed: { type: "string", default: "1" },
        worlds: { type: "string", default: "3" },
        weeks: { type: "string", default: "30" },
        threads: { type: "string", default: String(availableParallelism()) },
        json: { type: "boolean", default: false },
      },
    }),
  );
  const whole = (name: "seed" | "worlds" | "weeks" | "threads", least: number): number => {
    const value = Number(values[name]);
    if (!Number.isSafeInteger(value) || value < least)
      throw new UsageError(`--${name} must be a whole number of at least ${least}`, USAGE);
    return value;
  };
  const [seed, worlds, weeks, threads] = [
    whole("seed", 0),
    whole("worlds", 1),
    whole("weeks", 3),
    whole("threads", 1),
  ];
  return { seed, worlds, weeks, threads, json: values.json };
}
