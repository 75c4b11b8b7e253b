import { writeFileSync } from "node:fs";
import { gradientBoostingFamily } from "#ml/models/gradient-boosting/gradient-boosting.ts";
import { readBenchSet } from "./bench-set.ts";
import type { Settings, SideResult } from "./settings.ts";

/** Our side of bench:train: FILE MARGINS-FILE SETTINGS. Fits, writes the margins, prints one line of JSON. */
const [file = "", marginsFile = "", settingsJson = "{}"] = process.argv.slice(2);
const settings = JSON.parse(settingsJson) as Settings;
const { width, train, test } = readBenchSet(file);
const options = {
  ...gradientBoostingFamily.defaults,
  ...settings,
  rowSample: 1,
  columnSample: 1,
  patience: null,
};
const none = { width, rows: 0, features: new Float64Array(0), labels: new Uint8Array(0), weights: null };

const cpu = process.cpuUsage();
const wall = performance.now();
const model = await gradientBoostingFamily.fit({ width, ...train, weights: null }, none, options, {
  featureNames: Array.from({ length: width }, (_, column) => `x${column}`),
  seed: 1,
  signal: null,
  onProgress: () => {},
});
const fitCpuSeconds = cpuSecondsSince(cpu);
const fitWallSeconds = (performance.now() - wall) / 1000;

const margins = new Float64Array(test.rows);
model.margins(test.features, test.rows, margins);
const scoring = process.cpuUsage();
model.margins(test.features, test.rows, margins);
const scoreMicros = (cpuSecondsSince(scoring) / test.rows) * 1e6;
writeFileSync(marginsFile, margins);

const shares = new Float64Array(width);
const explained = Math.min(2000, test.rows);
const explain = (from: number, to: number): void => {
  for (let row = from; row < to; row++)
    model.contributions(test.features.subarray(row * width, (row + 1) * width), shares);
};
explain(0, explained / 4);
const explaining = process.cpuUsage();
explain(explained / 4, explained);
const explainMicros = (cpuSecondsSince(explaining) / (0.75 * explained)) * 1e6;

const result: SideResult = {
  fitCpuSeconds,
  fitWallSeconds,
  scoreMicros,
  explainMicros,
  version: process.version,
};
process.stdout.write(`${JSON.stringify(result)}\n`);

function cpuSecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
