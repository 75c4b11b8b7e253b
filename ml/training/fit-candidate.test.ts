import { expect, test, vi } from "vitest";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { familyOptions } from "#ml/models/families.ts";
import type { FitProgress } from "#ml/models/model.ts";
import { linearModel } from "#ml/models/testing/linear-model.ts";
import type { Candidate } from "./candidate.ts";
import {
  type FitRun,
  type FoldFit,
  fitCandidate,
  fitFold,
  mean,
  sharedStepPrecision,
} from "./fit-candidate.ts";
import { allRows } from "./imbalance.ts";
import { imbalanceDefaults } from "./imbalance-method.ts";
import { syntheticDataset, syntheticStartMs } from "./testing/synthetic-dataset.ts";
import { DAY_MS, sliceOf } from "./time-split.ts";

vi.setConfig({ testTimeout: 60_000 });

const dataset = syntheticDataset({ rows: 12_000, days: 60 });
const slice = (from: number, to: number) =>
  sliceOf(
    dataset,
    { fromMs: syntheticStartMs + from * DAY_MS, toMs: syntheticStartMs + to * DAY_MS },
    {
      unlabelled: "legitimate_when_mature",
      maturityDays: 5,
      knownAtMs: syntheticStartMs + 60 * DAY_MS,
    },
  );
const fold = { train: slice(0, 30), validation: slice(35, 50) };
const { definitions } = dataset.featureSet;
const progress: FitProgress[] = [];
const run: FitRun = {
  dataset,
  options: {
    imbalance: {
      ...imbalanceDefaults,
      negativesPerPositive: 10,
      bagging: { members: 3, negativesPerPositive: 10 },
    },
    seed: 1,
  },
  context: {
    featureNames: definitions.map(({ name }) => name),
    definitions,
    seed: 1,
    signal: null,
    onProgress: (step) => progress.push(step),
  },
};
const trees = (imbalance: Candidate["imbalance"]): Candidate<"gradient_boosting"> => ({
  family: "gradient_boosting",
  variant: "default",
  imbalance,
  options: familyOptions("gradient_boosting", { rounds: 40, patience: 10, maxDepth: 3 }),
});

test("a fold's margins are those of its model on every validation row, corrected", async () => {
  const fit = await fitFold(trees("under_sampling"), fold, { ...run, watch: true });
  const rows = allRows(dataset, fold.validation);
  const margins = new Float64Array(rows.rows);
  fit.model.margins(rows.features, rows.rows, margins);
  expect(fit.marginOffset).toBeLessThan(0);
  expect(fit.margins).toEqual(margins.map((margin) => margin + fit.marginOffset));
  expect(fit.averagePrecision).toBe(averagePrecision(margins, fold.validation.labels));
  expect(fit.members).toEqual([fit.model]);
  expect(fit.model.curve?.length).toBeGreaterThan(0);
});

test("unwatched, a fit goes all its steps and draws no curve", async () => {
  const fit = await fitFold(trees("none"), fold, { ...run, watch: false });
  expect(fit.model.curve ?? []).toEqual([]);
  const again = await fitCandidate(trees("none"), fold.train, run);
  expect(again.model.toJSON()).toEqual(fit.model.toJSON());
  expect(again.trainRows).toBe(fold.train.rows.length);
});

test("a bag has members of different draws, the mean of their margins, and one line of progress", async () => {
  progress.length = 0;
  const fit = await fitFold(trees("balanced_bagging"), fold, { ...run, watch: true });
  expect(fit.members).toHaveLength(3);
  const jsons = fit.members.map((member) => JSON.stringify(member.toJSON()));
  expect(new Set(jsons).size).toBe(3);
  const row = allRows(dataset, fold.validation).features.slice(0, dataset.width);
  const marginOf = (model: typeof fit.model): number => {
    const out = new Float64Array(1);
    model.margins(row, 1, out);
    return out[0] ?? Number.NaN;
  };
  const mean = fit.members.reduce((sum, member) => sum + marginOf(member) / 3, 0);
  expect(marginOf(fit.model)).toBeCloseTo(mean, 12);
  const shares = progress.map(({ step, steps }) => step / steps);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(progress.at(-1)?.note).toContain("member 3 of 3, tree");
});

test("the same candidate, rows and seed give the same bytes; another seed draws another bag", async () => {
  const json = async (seed: number): Promise<string> => {
    const options = { ...run.options, seed };
    const fit = await fitCandidate(trees("balanced_bagging"), fold.train, { ...run, options });
    return JSON.stringify(fit.model.toJSON());
  };
  const first = await json(1);
  expect(await json(1)).toBe(first);
  expect(await json(2)).not.toBe(first);
});

test("prior correction makes bags and plain fits agree on how likely fraud is", async () => {
  const expected = async (imbalance: Candidate["imbalance"]): Promise<number> => {
    const { margins } = await fitFold(trees(imbalance), fold, { ...run, watch: true });
    return margins.reduce((sum, margin) => sum + 1 / (1 + Math.exp(-margin)), 0);
  };
  const plain = await expected("none");
  for (const method of ["class_weight", "under_sampling", "balanced_bagging"] as const) {
    const ratio = (await expected(method)) / plain;
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  }
});

/** A judged fit of which only figure and curves matter. */
function judged(averagePrecision: number, ...curves: (readonly number[])[]): FoldFit {
  const members = curves.map((curve) => ({ ...linearModel("gradient_boosting", 0, [1]), curve }));
  const model = linearModel("gradient_boosting", 0, [1]);
  return { model, members, marginOffset: 0, trainRows: 1, margins: new Float64Array(0), averagePrecision };
}

test("on one fold a fit is worth its own figure: its steps are the shared ones", () => {
  expect(sharedStepPrecision([judged(0.7, [0.1, 0.6, 0.5])])).toEqual([0.7]);
});

test("what a fold gained by stopping to suit itself is taken off", () => {
  // Sums over the folds: 1.0, 1.1, 0.9. The shared step is the second; the first fold's own was the third.
  const [first, second] = sharedStepPrecision([judged(0.7, [0.4, 0.5, 0.6]), judged(0.61, [0.6, 0.6, 0.3])]);
  expect(first).toBeCloseTo(0.6, 12);
  expect(second).toBe(0.61);
});

test("a fold that stopped before the shared step counts with its last", () => {
  const [short] = sharedStepPrecision([judged(0.5, [0.5, 0.4]), judged(0.9, [0.1, 0.2, 0.9])]);
  expect(short).toBeCloseTo(0.4, 12);
});

test("of a bag the mean gain of its members is taken off, and families without steps keep their figure", () => {
  const [bag] = sharedStepPrecision([judged(0.8, [0.6, 0.5], [0.1, 0.7])]);
  expect(bag).toBeCloseTo(0.8 - 0.1 / 2, 12);
  expect(sharedStepPrecision([judged(0.3), judged(0.4)])).toEqual([0.3, 0.4]);
  expect(mean([])).toBe(0);
});
