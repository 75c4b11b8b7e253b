import { parseArgs } from "node:util";
import { createRng } from "#ml/math/seeded-random.ts";
import type { Victim } from "#server/processes/testing/crash/installation.ts";
import { type CrashReport, runCrashRounds } from "#server/processes/testing/crash/rounds.ts";
import { faultsOf } from "#server/processes/testing/crash/verdict.ts";
import { progressBar } from "./progress-bar.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";

const USAGE = "npm run test:crash [-- --rounds N --clients N --seed S --json]";
const VICTIMS: readonly Victim[] = ["scoring", "postgres", "worker", "postgres", "scoring"];

/** Kills the parts of an installation of its own under load, again and again, and counts what was lost. */
await runCommand(async () => {
  const { rounds, clients, seed, json } = readOptions(process.argv.slice(2));
  const durable = await play("Killing", { rounds, clients, seed, durable: true, victims: VICTIMS });
  const control = await play("Control", {
    rounds: Math.min(rounds, 6),
    clients,
    seed,
    durable: false,
    victims: ["postgres"],
  });
  const faults = faultsOf(durable, control);
  if (json) console.log(JSON.stringify({ durable, control, faults }));
  else
    console.log(
      [...linesOf("synchronous_commit=on", durable), ...linesOf("control, off", control)].join("\n"),
    );
  for (const fault of faults) console.error(fault);
  return faults.length === 0 ? 0 : 1;
});

type Play = {
  readonly rounds: number;
  readonly clients: number;
  readonly seed: number;
  readonly durable: boolean;
  readonly victims: readonly Victim[];
};

async function play(label: string, { seed, ...options }: Play): Promise<CrashReport> {
  const rng = createRng(seed);
  const bar = progressBar({ label, total: options.rounds, unit: "rounds" });
  const interruption = new AbortController();
  const stop = (): void => interruption.abort(new Error("Interrupted; everything was taken away again."));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    const report = await runCrashRounds({
      ...options,
      random: () => rng.next(),
      onRound: (round, victim) => bar.update(round, `kill -9 of ${victim}`),
      signal: interruption.signal,
    });
    bar.finish(`${label}: ${options.rounds} rounds played.`);
    return report;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

function linesOf(title: string, report: CrashReport): string[] {
  const count = (value: number): string => value.toLocaleString("en");
  return [
    `${title}: ${report.rounds} kills, ${count(report.acknowledged)} payments acknowledged`,
    `  missing ${count(report.missing)}, altered ${count(report.altered)}, unpaired ${count(report.unpaired)}`,
    `  ${count(report.indeterminate)} resent after a try without an answer, ${count(report.unsettled)} left unsettled`,
    `  ${count(report.vectorsCompared)} served vectors recomputed from the log, ${count(report.vectorsDiffering)} differ; scores: ${count(report.scoresDiffering)}`,
  ];
}

function readOptions(args: string[]): { rounds: number; clients: number; seed: number; json: boolean } {
  const { values } = parsed(USAGE, () =>
    parseArgs({
      args,
      options: {
        rounds: { type: "string", default: "20" },
        clients: { type: "string", default: "16" },
        seed: { type: "string", default: "1" },
        json: { type: "boolean", default: false },
      },
    }),
  );
  return {
    rounds: wholeNumber("rounds", values.rounds),
    clients: wholeNumber("clients", values.clients),
    seed: wholeNumber("seed", values.seed),
    json: values.json,
  };
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new UsageError(`--${name} is a whole number above 0.`, USAGE);
  return value;
}
