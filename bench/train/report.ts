import type { EnsembleResult, SideResult } from "./settings.ts";

export type JudgedSide = SideResult & { readonly ap: number };
/** Both sides on one set; theirs is null where XGBoost is absent. */
export type Comparison = {
  readonly name: string;
  readonly ours: JudgedSide;
  readonly theirs: JudgedSide | null;
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

/** A line per set, then medians of the costs, means of the average precisions, and the ratios of ours to theirs. */
export function comparisonText(title: string, comparisons: readonly Comparison[]): string {
  const lines = comparisons.map(({ name, ours, theirs }) =>
    [
      name.padEnd(30),
      `ours AP ${ours.ap.toFixed(4)} ${ours.fitCpuSeconds.toFixed(2)} s`,
      theirs === null
        ? ""
        : `XGBoost ${theirs.version} AP ${theirs.ap.toFixed(4)} ${theirs.fitCpuSeconds.toFixed(2)} s`,
    ].join("  "),
  );
  return [...lines, ...summary(title, comparisons), ""].join("\n");
}

function summary(title: string, comparisons: readonly Comparison[]): string[] {
  const ours = comparisons.map((comparison) => comparison.ours);
  const pairs = comparisons.flatMap((comparison) =>
    comparison.theirs === null ? [] : [{ ours: comparison.ours, theirs: comparison.theirs }],
  );
  const costs = [
    `fit ${median(ours.map((side) => side.fitCpuSeconds)).toFixed(2)} s CPU`,
    `(${median(ours.map((side) => side.fitWallSeconds)).toFixed(2)} s by the clock)`,
    `scoring ${median(ours.map((side) => side.scoreMicros)).toFixed(2)} us a row`,
    `TreeSHAP ${median(ours.map((side) => side.explainMicros ?? Number.NaN)).toFixed(0)} us a row`,
  ].join(", ");
  const lines = [`${title}, ours: mean AP ${mean(ours.map(({ ap }) => ap)).toFixed(4)}, ${costs}`];
  if (pairs.length === 0) return lines;
  const theirs = pairs.map((pair) => pair.theirs);
  const cpuRatio = median(pairs.map((pair) => pair.ours.fitCpuSeconds / pair.theirs.fitCpuSeconds));
  const apRatio = mean(pairs.map((pair) => pair.ours.ap)) / mean(theirs.map(({ ap }) => ap));
  const cost = median(theirs.map((side) => side.fitCpuSeconds)).toFixed(2);
  const scoring = median(theirs.map((side) => side.scoreMicros)).toFixed(2);
  lines.push(
    `${title}, XGBoost: mean AP ${mean(theirs.map(({ ap }) => ap)).toFixed(4)}, fit ${cost} s CPU, scoring ${scoring} us a row`,
    `${title}, ratios: AP ${apRatio.toFixed(4)} (goal >= 1.0), CPU ${cpuRatio.toFixed(2)} (goal <= 1.3)`,
  );
  return lines;
}

const ENSEMBLE_GOAL_SECONDS = 180;

/** A line per family, then the whole training by the clock and by the processor, against its goal. */
export function ensembleText(result: EnsembleResult): string {
  const families = Object.entries(result.fitSeconds).map(
    ([family, { fitSeconds }]) =>
      `  ${family.padEnd(20)} fit ${fitSeconds.toFixed(1)} s, test AP ${result.averagePrecision[family]?.toFixed(4) ?? "-"}`,
  );
  const rows = result.trainRows.toLocaleString("en");
  const whole = `${result.wallSeconds.toFixed(1)} s by the clock, ${result.cpuSeconds.toFixed(1)} s CPU (goal < ${ENSEMBLE_GOAL_SECONDS} s by the clock on 2 free cores)`;
  const load = `load ${result.loadPerCore.toFixed(1)} a core, ${Math.round(result.peakMemoryMb)} MB at most, Node ${result.node}`;
  return [`Default ensemble on ${rows} x ${result.width}:`, ...families, `${whole}; ${load}`].join("\n");
}
