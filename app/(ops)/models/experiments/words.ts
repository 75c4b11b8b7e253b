import type { ParallelAxis, ParallelValue } from "#app/charts/parallel-scale.ts";
import { duration } from "#app/format/time.ts";
import type { Tone } from "#app/ui/badge.tsx";
import { searchMetricWords } from "#server/domain/search-metric.ts";
import type { Experiment, ExperimentSummary, Trial } from "../types.ts";
import { familyWords, imbalanceWords } from "../words.ts";

type State = Trial["state"];
type Metric = Experiment["settings"]["metric"];

export const metricWords = (metric: Metric): string => searchMetricWords[metric];

const stateWords: Readonly<Record<State, { label: string; tone: Tone; shape: string; what: string }>> = {
  won: { label: "winner", tone: "approve", shape: "★", what: "best of those that learned from all rows" },
  measured: { label: "measured", tone: "accent", shape: "●", what: "as far as it got" },
  running: { label: "running", tone: "review", shape: "◐", what: "is being fitted" },
  waiting: { label: "waiting", tone: "neutral", shape: "○", what: "its turn comes" },
  behind: { label: "behind", tone: "neutral", shape: "–", what: "others of its rung went on" },
  late: { label: "no time", tone: "neutral", shape: "○", what: "the time was over" },
  stopped: { label: "stopped", tone: "neutral", shape: "✕", what: "the experiment ended before it did" },
  failed: { label: "failed", tone: "decline", shape: "✕", what: "it could not be fitted" },
};

export type Figure = Trial["rungs"][number]["figures"][Metric];

/** What the last rung that measured a trial says of it. */
export function figureOf(trial: Trial, metric: Metric): Figure | null {
  return trial.rungs.at(-1)?.figures[metric] ?? null;
}

/** Whether a trial learned from all rows, so that it may win. */
export function isFinalist(trial: Pick<Trial, "rungs">): boolean {
  return trial.rungs.at(-1)?.share === 1;
}

/** What became of a trial; one that lost on all rows was a finalist. */
export function standingOf(trial: Pick<Trial, "rungs" | "state">): (typeof stateWords)[State] {
  const isBeaten = trial.state === "behind" && isFinalist(trial);
  return isBeaten
    ? { ...stateWords.measured, label: "finalist", what: "another was better on all rows" }
    : stateWords[trial.state];
}

/** Furthest first, and best first among those that got as far; those not measured last, as drawn. */
export function byStanding(metric: Metric): (a: Trial, b: Trial) => number {
  const value = (trial: Trial): number => figureOf(trial, metric)?.value ?? -1;
  return (a, b) => b.rungs.length - a.rungs.length || value(b) - value(a) || a.number - b.number;
}

/** "learning rate" of learningRate. */
function parameterWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^l2$/, "L2 penalty");
}

/** Three digits; small ones by their power of ten. */
const small = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(3)));

const shareText = (share: number): string => `${Math.round(share * 100)} %`;

function parameterValue(value: number | readonly number[]): string {
  return typeof value === "number" ? small(value) : value.join("-");
}

/** "learning rate 0.05, max depth 6"; nothing for a family without options. */
export function parametersText({ parameters }: Pick<Trial, "parameters">): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${parameterWords(name)} ${parameterValue(value)}`)
    .join(", ");
}

/** One line on where the experiment stands or what came of it. */
export function experimentReading(experiment: Experiment): string {
  const { status, trials, settings, error } = experiment;
  const measured = trials.filter(({ rungs }) => rungs.length > 0);
  const metric = metricWords(settings.metric);
  const winner = trials.find(({ state }) => state === "won");
  if (status === "queued") return "Waits for the worker to take it up.";
  if (status === "failed") return error ?? "It failed without saying why.";
  const seen = `${measured.length} of ${trials.length} configurations measured`;
  if (winner !== undefined) {
    const { value } = figureOf(winner, settings.metric) ?? { value: null };
    const said = `Trial ${winner.number} (${familyWords(winner.family)}) wins with ${metric} ${value?.toFixed(3) ?? "–"} on the validation days`;
    return `${said}; ${seen}.`;
  }
  if (status === "cancelled") return `Cancelled; ${seen}. No version came of it.`;
  const [best] = measured.toSorted(byStanding(settings.metric));
  const ahead =
    best === undefined
      ? ""
      : `; trial ${best.number} (${familyWords(best.family)}) is ahead with ${metric} ${figureOf(best, settings.metric)?.value?.toFixed(3) ?? "–"}`;
  return `${seen}${ahead}.`;
}

export function tookWords({
  startedAt,
  finishedAt,
}: Pick<ExperimentSummary, "startedAt" | "finishedAt">): string {
  if (startedAt === null || finishedAt === null) return "–";
  return duration(new Date(finishedAt).getTime() - new Date(startedAt).getTime());
}

const LOG_AXES = new Set(["learningRate", "l2", "minChildHessian"]);
const MOST_AXES = 6;

/** The axes that tell these trials apart: family, method, the options most of them have, share of rows, and the metric. */
export function axesOf(trials: readonly Trial[], metric: Metric): ParallelAxis[] {
  const uses = new Map<string, number>();
  for (const { parameters } of trials)
    for (const [name, value] of Object.entries(parameters))
      if (typeof value === "number") uses.set(name, (uses.get(name) ?? 0) + 1);
  const names = [...uses].sort(([, a], [, b]) => b - a).slice(0, MOST_AXES);
  const shares = [...new Set(trials.map(({ rungs }) => rungs.at(-1)?.share ?? 0))].sort((a, b) => b - a);
  const distinct = (of: (trial: Trial) => string): string[] => [...new Set(trials.map(of))];
  return [
    {
      key: "family",
      label: "family",
      kind: "category",
      categories: distinct(({ family }) => familyWords(family)),
    },
    {
      key: "imbalance",
      label: "rare frauds",
      kind: "category",
      categories: distinct(({ imbalance }) => imbalanceWords(imbalance)),
    },
    ...names.map(
      ([name]): ParallelAxis => ({
        key: name,
        label: parameterWords(name),
        kind: LOG_AXES.has(name) ? "log" : "number",
        format: small,
      }),
    ),
    { key: "share", label: "share of rows", kind: "category", categories: shares.map(shareText) },
    { key: "metric", label: metricWords(metric), kind: "number", format: (value) => value.toFixed(3) },
  ];
}

/** A trial's values on those axes. */
export function valuesOf(trial: Trial, metric: Metric): Record<string, ParallelValue> {
  const numbers = Object.entries(trial.parameters).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return {
    ...Object.fromEntries(numbers),
    family: familyWords(trial.family),
    imbalance: imbalanceWords(trial.imbalance),
    share: shareText(trial.rungs.at(-1)?.share ?? 0),
    metric: figureOf(trial, metric)?.value ?? null,
  };
}
