import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { type BenchSet, writeBenchSet } from "./bench-set.ts";
import { handbookSets } from "./handbook-sets.ts";
import { type Comparison, comparisonText, ensembleText, type JudgedSide } from "./report.ts";
import type { EnsembleResult, Settings, SideResult } from "./settings.ts";
import { syntheticSet } from "./synthetic-set.ts";

/**
 * npm run bench:train [-- --repetitions N --rows N --only trees|ensemble]: our trees beside XGBoost on the same rows, one
 * thread each, then the default ensemble on a million rows.
 */
const { values: args } = parseArgs({
  options: {
    repetitions: { type: "string", default: "5" },
    rows: { type: "string", default: "200000" },
    only: { type: "string" },
  },
});
const PYTHON = "/usr/bin/python3";
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const shared = { rounds: 200, learningRate: 0.1, maxDepth: 6, l2: 1, minChildHessian: 1 };
/** Both sides start alike, once each way: XGBoost 1.7 starts at even odds, ours at the prevalence if not told. */
const starts = ["even", "prevalence"] as const;
const HANDBOOK = here("../../../shared/data/handbook");
const HANDBOOK_WEEKS = ["2018-06-13", "2018-06-20", "2018-06-27", "2018-07-04"];

const folder = mkdtempSync(join(tmpdir(), "assay-bench-train-"));
try {
  if (args.only !== "ensemble") await compareTrees();
  if (args.only !== "trees") timeEnsemble();
} finally {
  rmSync(folder, { recursive: true });
}

async function compareTrees(): Promise<void> {
  const hasXgboost = spawnSync(PYTHON, ["-c", "import numpy, xgboost"]).status === 0;
  if (!hasXgboost) {
    say(`XGBoost is not here (${PYTHON} with python3-xgboost): only our side is shown.`);
  }
  say(`${JSON.stringify(shared)}, one thread, tree_method=hist beside; CPU seconds of fit with binning\n`);
  const repetitions = Number(args.repetitions);
  const rows = Number(args.rows);
  const generated = Array.from(
    { length: repetitions },
    (_, seed) => () => syntheticSet(seed + 1, rows, rows / 2),
  );
  compareFromBoth("generated", generated, hasXgboost);
  const weeks = await handbookSets(HANDBOOK, HANDBOOK_WEEKS);
  if (weeks === null) say("Handbook: its data are not beside the project, left out.");
  else {
    const sets = weeks.map((week) => () => week);
    compareFromBoth("Handbook", sets, hasXgboost);
  }
}

/** In a process of its own, as a training run has one; what it says on the way goes to standard error. */
function timeEnsemble(): void {
  const printed = execFileSync(process.execPath, [here("ensemble.ts"), "--stages"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  say(ensembleText(JSON.parse(printed.toString()) as EnsembleResult));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function compareFromBoth(title: string, sets: readonly (() => BenchSet)[], hasXgboost: boolean): void {
  for (const startMargin of starts) {
    const comparisons = compareAll(sets, { ...shared, startMargin }, hasXgboost);
    say(comparisonText(`${title}, ${startMargin} start`, comparisons));
  }
}

/** One fit of each side per set, the order of the sides turned round from set to set. */
function compareAll(
  sets: readonly (() => BenchSet)[],
  settings: Settings,
  hasXgboost: boolean,
): Comparison[] {
  return sets.map((make, i) => {
    const set = make();
    const file = join(folder, "set.bin");
    writeBenchSet(file, set);
    const run = {
      ours: () => judge(set, file, [process.execPath, here("our-side.ts"), JSON.stringify(settings)]),
      theirs: () =>
        hasXgboost ? judge(set, file, [PYTHON, here("xgboost-side.py"), JSON.stringify(settings)]) : null,
    };
    if (i % 2 === 0) return { name: set.name, ours: run.ours(), theirs: run.theirs() };
    const theirs = run.theirs();
    return { name: set.name, ours: run.ours(), theirs };
  });
}

function judge(
  set: BenchSet,
  file: string,
  [program = "", script = "", settings = ""]: readonly string[],
): JudgedSide {
  const marginsFile = join(folder, "margins.bin");
  const printed = execFileSync(program, [script, file, marginsFile, settings]);
  const result = JSON.parse(printed.toString()) as SideResult;
  const { buffer, byteOffset, byteLength } = readFileSync(marginsFile);
  const margins = new Float64Array(buffer, byteOffset, byteLength / 8);
  return { ...result, ap: averagePrecision(margins, set.test.labels) ?? Number.NaN };
}
