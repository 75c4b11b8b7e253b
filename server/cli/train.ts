import { parseArgs } from "node:util";
import { availableFamilies, isAvailableFamily } from "#ml/models/families.ts";
import {
  requestTraining,
  runTraining,
  type TrainingEnd,
  type TrainingOptionsInput,
} from "#server/services/training/index.ts";
import { commandContext } from "./command-context.ts";
import { duration, progressBar } from "./progress-bar.ts";
import { repeatHere } from "./repeat-training.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { trainingTable } from "./training-table.ts";
import { type CommandDatabase, withDatabase } from "./with-database.ts";

const USAGE = `npm run train [-- --families ${availableFamilies.join(",")} --seed S --learning-curve SECONDS --allow-leaks | --from-manifest FILE]`;

await runCommand(async (env) => {
  const { manifest, ...options } = readOptions(process.argv.slice(2));
  if (manifest !== undefined) {
    return withDatabase(env, async (database) => ((await repeatHere(database, manifest)) ? 0 : 1));
  }
  const end = await withDatabase(env, (database) => trainHere(database, options));
  return end.status === "succeeded" ? 0 : 1;
});

async function trainHere(
  { db, pool, signal }: CommandDatabase,
  options: TrainingOptionsInput,
): Promise<TrainingEnd> {
  const ctx = commandContext(db);
  const run = await requestTraining(ctx, options, { foreground: true });
  const bar = progressBar({ label: "Training", total: 1 });
  const deps = { db, pool, now: ctx.now, signal, whenStopped: "cancel" as const };
  const onProgress = ({ fraction, stage }: { fraction: number; stage: string }): void =>
    bar.update(fraction, stage);
  const end = await runTraining({ ...deps, onProgress }, run.id);
  bar.finish(outcomeLine(end));
  if (end.status !== "succeeded") return end;
  console.log(trainingTable(end.report));
  console.log(`Version ${end.version.number} is a candidate: npm run promote -- ${end.version.number}`);
  return end;
}

function outcomeLine(end: TrainingEnd): string {
  if (end.status === "failed") return `Training failed: ${end.error}`;
  if (end.status !== "succeeded") return "Training was cancelled.";
  const { rows, labelledFrauds, seconds } = end.report;
  return `Trained on ${rows.toLocaleString("en")} payments (${labelledFrauds.toLocaleString("en")} labelled fraud) in ${duration(seconds)}`;
}

/** `manifest` names a file to repeat, instead of a training of its own. */
function readOptions(args: string[]): TrainingOptionsInput & { manifest?: string } {
  const { values } = parsed(USAGE, () =>
    parseArgs({
      args,
      options: {
        families: { type: "string" },
        seed: { type: "string" },
        "learning-curve": { type: "string" },
        "allow-leaks": { type: "boolean" },
        "from-manifest": { type: "string" },
      },
    }),
  );
  const { "from-manifest": manifest, ...others } = values;
  if (manifest !== undefined) {
    if (Object.keys(others).length === 0) return { manifest };
    throw new UsageError("A manifest says all there is to say: no option goes beside it.", USAGE);
  }
  const families = values.families?.split(",").map((name) => {
    const family = name.trim();
    if (!isAvailableFamily(family)) {
      throw new UsageError(
        `There is no family "${family}"; known are ${availableFamilies.join(", ")}.`,
        USAGE,
      );
    }
    return family;
  });
  const seed = values.seed === undefined ? undefined : Number(values.seed);
  if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)) {
    throw new UsageError("The seed is a whole number from 0 to 2147483647.", USAGE);
  }
  return {
    ...(families === undefined ? {} : { families }),
    ...(seed === undefined ? {} : { seed }),
    ...(values["allow-leaks"] === true ? { leaks: "report" as const } : {}),
    ...learningCurveSeconds(values["learning-curve"]),
  };
}

/** @throws UsageError unless it is a whole number of seconds up to an hour */
function learningCurveSeconds(given: string | undefined): TrainingOptionsInput {
  if (given === undefined) return {};
  const seconds = Number(given);
  if (given !== "" && Number.isInteger(seconds) && seconds >= 0 && seconds <= 3_600)
    return { learningCurveSeconds: seconds };
  throw new UsageError("A learning curve may take 0 to 3600 seconds; 0 leaves it out.", USAGE);
}
