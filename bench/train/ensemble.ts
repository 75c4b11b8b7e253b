import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { train } from "#ml/training/train.ts";
import { trainDefaults } from "#ml/training/train-options.ts";
import { millionRows } from "./million-rows.ts";
import type { EnsembleResult } from "./settings.ts";

/**
 * The default ensemble on `rows` training rows of `width` features, with validation, calibration, evaluation and
 * importance, as a training run does it: one line of JSON. `--stages` tells each stage's end on standard error.
 */
const { values: args } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    width: { type: "string", default: "40" },
    seed: { type: "string", default: "1" },
    stages: { type: "boolean", default: false },
  },
});
const { dataset, windows, now } = millionRows({
  seed: Number(args.seed),
  rows: Number(args.rows),
  width: Number(args.width),
});

const wall = performance.now();
const cpu = process.cpuUsage();
const spent = (): { wallSeconds: number; cpuSeconds: number } => {
  const { user, system } = process.cpuUsage(cpu);
  return { wallSeconds: (performance.now() - wall) / 1000, cpuSeconds: (user + system) / 1e6 };
};
let stage = "";
const result = await train(
  dataset,
  { ...trainDefaults, windows, seed: Number(args.seed) },
  {
    signal: null,
    now,
    onProgress: (progress) => {
      const next = progress.stage.split(" ").slice(0, 2).join(" ");
      if (!args.stages || next === stage) return;
      stage = next;
      const { wallSeconds, cpuSeconds } = spent();
      process.stderr.write(`${wallSeconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s CPU: ${stage}\n`);
    },
  },
);
const precisions = Object.fromEntries(
  Object.entries(result.reports).map(([family, report]) => [family, report.test.averagePrecision]),
);
const figures: EnsembleResult = {
  ...spent(),
  loadPerCore: (loadavg()[0] ?? 0) / availableParallelism(),
  trainRows: result.split.train.rows,
  frauds: result.split.train.frauds,
  width: dataset.width,
  selected: result.selected,
  averagePrecision: precisions,
  fitSeconds: Object.fromEntries(
    Object.entries(result.reports).map(([family, { fitSeconds, predictSeconds }]) => [
      family,
      { fitSeconds, predictSeconds },
    ]),
  ),
  peakMemoryMb: process.resourceUsage().maxRSS / 1024,
  node: process.version,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
