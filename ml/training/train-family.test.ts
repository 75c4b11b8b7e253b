import { expect, test, vi } from "vitest";
import { calibrate } from "#ml/calibration/calibrator.ts";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { familyOptions, loadModel } from "#ml/models/families.ts";
import { fitFold } from "./fit-candidate.ts";
import { allRows } from "./imbalance.ts";
import { imbalanceDefaults } from "./imbalance-method.ts";
import { syntheticDataset, syntheticStartMs } from "./testing/synthetic-dataset.ts";
import { DAY_MS, splitByTime } from "./time-split.ts";
import { type FitPart, trainFamily } from "./train-family.ts";
import { searchOptions, type TrainOptions, trainDefaults } from "./train-options.ts";
import { planOfSplit } from "./training-plan.ts";
import { walkForward } from "./walk-forward.ts";

vi.setConfig({ testTimeout: 60_000 });

const dataset = syntheticDataset({ rows: 12_000, days: 60 });
const day = (from: number, to: number) => ({
  fromMs: syntheticStartMs + from * DAY_MS,
  toMs: syntheticStartMs + to * DAY_MS,
});
const split = splitByTime(
  dataset,
  { train: day(0, 30), validation: day(35, 45), test: day(45, 55) },
  { unlabelled: "legitimate_when_mature", maturityDays: 5, nowMs: syntheticStartMs + 60 * DAY_MS },
);
const { definitions } = dataset.featureSet;
const context = {
  featureNames: definitions.map((definition) => definition.name),
  definitions,
  seed: 1,
  signal: null,
};
const onFit = () => () => {};
const runWith = (changes: Partial<TrainOptions> = {}) => ({
  options: { ...trainDefaults, ...changes },
  context,
  onFit,
});
const train = (changes: Partial<TrainOptions> = {}) =>
  trainFamily(
    "logistic_regression",
    dataset,
    planOfSplit(split, { refit: false, ...changes }),
    runWith(changes),
  );

async function validationMargins(trained: Awaited<ReturnType<typeof train>>): Promise<Float64Array> {
  const rows = allRows(dataset, split.validation);
  const margins = new Float64Array(rows.rows);
  trained.model.margins(rows.features, rows.rows, margins);
  return margins.map((margin) => margin + trained.marginOffset);
}

test("the validation figure is that of the model returned, on every validation row", async () => {
  const trained = await train();
  const margins = await validationMargins(trained);
  expect(trained.validationAveragePrecision).toBe(averagePrecision(margins, split.validation.labels));
});

test("thinning and weighting, once corrected, give about the probabilities of a plain fit", async () => {
  const mean = async (changes: Partial<TrainOptions>): Promise<number> => {
    const margins = await validationMargins(await train(changes));
    return margins.reduce((sum, margin) => sum + 1 / (1 + Math.exp(-margin)), 0) / margins.length;
  };
  const imbalance = { ...imbalanceDefaults, negativesPerPositive: 15, positiveWeight: 20 };
  const plain = await mean({ imbalanceMethods: ["none"] });
  const thinned = await mean({ imbalanceMethods: ["under_sampling"], imbalance });
  const weighted = await mean({ imbalanceMethods: ["class_weight"], imbalance });
  expect(thinned / plain).toBeGreaterThan(0.7);
  expect(thinned / plain).toBeLessThan(1.4);
  expect(weighted / plain).toBeGreaterThan(0.7);
  expect(weighted / plain).toBeLessThan(1.4);
});

test("the calibrator brings the mean probability of the validation slice to its fraud rate", async () => {
  const trained = await train();
  const margins = await validationMargins(trained);
  const mean =
    margins.reduce((sum, margin) => sum + calibrate(trained.calibrator, margin), 0) / margins.length;
  const rate = split.validation.labels.reduce((sum, label) => sum + label, 0) / margins.length;
  expect(mean / rate).toBeGreaterThan(0.9);
  expect(mean / rate).toBeLessThan(1.1);
});

test("options of a family change its fit", async () => {
  const free = await train();
  const tied = await train({ familyOptions: { logistic_regression: { l2: 1e6 } } });
  const spread = (margins: Float64Array): number => Math.max(...margins) - Math.min(...margins);
  expect(spread(await validationMargins(tied))).toBeLessThan(spread(await validationMargins(free)) / 10);
});

test("a refit is fitted on both slices and keeps calibrator and figure of the first fit", async () => {
  const [once, refitted] = [await train(), await train({ refit: true })];
  expect(refitted.calibrator).toEqual(once.calibrator);
  expect(refitted.validationAveragePrecision).toBe(once.validationAveragePrecision);
  expect(refitted.trainRows).toBe(once.trainRows + split.validation.rows.length);
  expect(JSON.stringify(refitted.model.toJSON())).not.toBe(JSON.stringify(once.model.toJSON()));
});

test("scores that overflow stop the run by name", async () => {
  const changes = { familyOptions: { rules: { scale: Number.POSITIVE_INFINITY } } };
  const wild = trainFamily("rules", dataset, planOfSplit(split, { refit: false }), runWith(changes));
  await expect(wild).rejects.toThrow("rules gives scores that are not numbers");
});

const windows = { train: day(0, 36), validation: day(41, 47) };
const folds = walkForward(dataset, windows, {
  folds: 3,
  unlabelled: "legitimate_when_mature",
  maturityDays: 5,
  nowMs: syntheticStartMs + 60 * DAY_MS,
});
const walked = { folds, final: folds[0]?.train ?? split.train, test: split.test };
const small = { gradient_boosting: { rounds: 60, patience: 15, maxDepth: 3, learningRate: 0.2 } };

test("over several folds, the final model has the steps that are best for all, and so has every fold's", async () => {
  const trained = await trainFamily("gradient_boosting", dataset, walked, runWith({ familyOptions: small }));
  const { trees } = trained.model.toJSON() as { trees: number };
  const fixed = { ...small.gradient_boosting, rounds: trees, patience: null };
  const candidate = {
    family: "gradient_boosting",
    variant: "default",
    imbalance: "under_sampling",
    options: familyOptions("gradient_boosting", fixed),
  } as const;
  const refit = { dataset, options: trainDefaults, context: { ...context, onProgress: () => {} } };
  expect(trees).toBeGreaterThan(0);
  for (const [f, fold] of folds.entries()) {
    const { margins } = await fitFold(candidate, fold, { ...refit, watch: false });
    expect(trained.outOfFold[f]).toEqual(margins);
  }
  expect(trained.validationAveragePrecision).toBeCloseTo(
    folds.reduce(
      (sum, { validation }, f) =>
        sum + (averagePrecision(trained.outOfFold[f] ?? [], validation.labels) ?? 0) / folds.length,
      0,
    ),
    12,
  );
});

test("a search reports every candidate, fold by fold, and goes on with the best", async () => {
  const changes = { ...searchOptions, imbalance: { ...imbalanceDefaults, negativesPerPositive: 10 } };
  const { candidates, validationAveragePrecision } = await trainFamily(
    "logistic_regression",
    dataset,
    walked,
    runWith(changes),
  );
  expect(candidates.map(({ variant }) => variant)).toContain("strong penalty");
  const [chosen, ...others] = candidates.filter((candidate) => candidate.chosen);
  expect(others).toEqual([]);
  const figures = candidates.filter(({ dropped }) => !dropped);
  expect(chosen?.validationAveragePrecision).toBe(
    Math.max(...figures.map((candidate) => candidate.validationAveragePrecision ?? 0)),
  );
  expect(validationAveragePrecision).toBeCloseTo(chosen?.validationAveragePrecision ?? 0, 12);
  expect(candidates.map(({ imbalance }) => imbalance)).toContain("class_weight");
  for (const { dropped, foldAveragePrecision } of candidates) {
    expect(foldAveragePrecision.length === folds.length).toBe(!dropped);
  }
});

test("parts of a family's progress count up to what was announced", async () => {
  const parts: string[] = [];
  const onFit = ({ part, parts: all, name }: FitPart) => {
    parts.push(`${part}/${all} ${name}`);
    return () => {};
  };
  await trainFamily("rules", dataset, walked, { ...runWith(), onFit });
  expect(parts).toEqual(["0/7 fold 1 of 3", "1/7 fold 2 of 3", "2/7 fold 3 of 3", "6/7 final fit"]);
});

test("a bag that is chosen is fitted anew as a bag, and served as one", async () => {
  const trained = await trainFamily(
    "gradient_boosting",
    dataset,
    walked,
    runWith({
      familyOptions: small,
      imbalanceMethods: ["balanced_bagging"],
      imbalance: { ...imbalanceDefaults, bagging: { members: 2, negativesPerPositive: 8 } },
    }),
  );
  expect(trained.candidates.map(({ imbalance, chosen }) => [imbalance, chosen])).toEqual([
    ["balanced_bagging", true],
  ]);
  const json = trained.model.toJSON();
  expect((json as { members: unknown[] }).members).toHaveLength(2);
  const [own, loaded] = [trained.model, loadModel("gradient_boosting", json)].map((model) => {
    const rows = allRows(dataset, split.test);
    const margins = new Float64Array(rows.rows);
    model.margins(rows.features, rows.rows, margins);
    return margins;
  });
  expect(loaded).toEqual(own);
  expect(trained.trainRows).toBeLessThan(walked.final.rows.length);
});

test("methods other than the first run after the variants, against the best of them", async () => {
  const named: string[] = [];
  const onFit = ({ name }: FitPart) => {
    named.push(name);
    return () => {};
  };
  const changes = { imbalanceMethods: ["none", "class_weight"], search: "on" } as const;
  await trainFamily("logistic_regression", dataset, walked, { ...runWith(changes), onFit });
  const first = (word: string): number => named.findIndex((name) => name.includes(word));
  expect(named[0]).toBe("default, none, fold 1 of 3");
  expect(first("class weight")).toBeGreaterThan(first("strong penalty"));
  expect(named.at(-1)).toBe("final fit");
});
