import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { duration } from "./progress-bar.ts";
import { parsed, runCommand, UsageError } from "./run-command.ts";
import { withInstallation, withOwnPostgres } from "./story/installation.ts";
import { narratorTo } from "./story/narrator.ts";
import { STORY_START_MS, storyDefaults } from "./story/plan.ts";
import { playStory } from "./story/play-story.ts";
import { lineOf } from "./story/story-told.ts";
import { svgChart } from "./story/svg-chart.ts";
import { terminalChart } from "./story/terminal-chart.ts";

const USAGE = "npm run story [-- --seed S --chart FILE.svg --json]";

/** Plays the whole loop on an Assay of its own: the fraud changes, it is noticed, learned, and found again. */
await runCommand(async () => {
  process.noDeprecation = true; // Prisma reads what a row includes side by side, and pg 8 warns that pg 9 won't
  const { seed, chart, json } = readOptions(process.argv.slice(2));
  const out = json ? process.stderr : process.stdout;
  const started = performance.now();
  const signal = stopAsked();
  const story = await withOwnPostgres((url) => {
    signal.throwIfAborted();
    return withInstallation({ url, startMs: STORY_START_MS, signal }, (installation) =>
      playStory(installation, { ...storyDefaults, seed }, narratorTo(out)),
    );
  });
  out.write(`\n${terminalChart(story)}\n\n`);
  if (chart !== undefined) writeFileSync(chart, svgChart(story));
  const { user, system } = process.cpuUsage();
  const cpu = duration((user + system) / 1e6);
  out.write(`Seed ${seed}, ${duration((performance.now() - started) / 1000)}, ${cpu} of it computing.\n`);
  console.log(JSON.stringify(lineOf(story)));
  return 0;
});

/** Aborted at the first Ctrl-C, SIGTERM or end of the terminal; more of them change nothing. */
function stopAsked(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new Error("Interrupted; nothing is left behind."));
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
  return controller.signal;
}

type Options = { readonly seed: number; readonly chart: string | undefined; readonly json: boolean };

function readOptions(args: string[]): Options {
  const { values } = parsed(USAGE, () =>
    parseArgs({
      args,
      options: {
        seed: { type: "string", default: "1" },
        chart: { type: "string" },
        json: { type: "boolean", default: false },
      },
    }),
  );
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new UsageError("--seed must be a whole number of at least 0", USAGE);
  return { seed, chart: values.chart, json: values.json };
}
