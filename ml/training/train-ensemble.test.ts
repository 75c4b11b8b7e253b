import { expect, test } from "vitest";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { linearModel } from "#ml/models/testing/linear-model.ts";
import { syntheticDataset } from "./testing/synthetic-dataset.ts";
import { trainEnsemble } from "./train-ensemble.ts";
import type { TrainedFamily } from "./train-family.ts";
import type { SelectionFold } from "./training-plan.ts";

const ROWS = 3000;
const rng = createRng("train-ensemble");
const truth = Float64Array.from({ length: ROWS }, () => -4 + 2 * rng.normal());
const labels = Uint8Array.from(truth, (z) => Number(rng.next() < 1 / (1 + Math.exp(-z))));
const dataset = syntheticDataset({ rows: ROWS });

function foldsOf(count: number): SelectionFold[] {
  const train = { window: { fromMs: 0, toMs: 1 }, rows: new Uint32Array(0), labels: new Uint8Array(0) };
  return Array.from({ length: count }, (_, fold) => {
    const rows = Uint32Array.from({ length: ROWS / count }, (_row, i) => (fold * ROWS) / count + i);
    const own = Uint8Array.from(rows, (row) => labels[row] ?? 0);
    return { train, validation: { window: { fromMs: 0, toMs: 1 }, rows, labels: own } };
  });
}

/** A family that sees the truth through noise; its final model is linear in the first feature. */
function trained(
  family: "rules" | "logistic_regression" | "gradient_boosting",
  noise: number,
  folds: number,
): TrainedFamily {
  const own = createRng(`${family}:${noise}`);
  const margins = truth.map((z) => z + noise * own.normal());
  return {
    family,
    model: linearModel(family, -1, [1, 0, 0, 0, 0]),
    marginOffset: -0.5,
    calibrator: { kind: "identity" },
    validationAveragePrecision: averagePrecision(margins, labels) ?? 0,
    outOfFold: foldsOf(folds).map(({ validation }) =>
      Float64Array.from(validation.rows, (row) => margins[row] ?? 0),
    ),
    candidates: [],
    trainRows: 100,
    fitSeconds: 1,
  };
}
const membersOn = (folds: number): TrainedFamily[] => [
  trained("rules", 20, folds),
  trained("logistic_regression", 1.5, folds),
  trained("gradient_boosting", 1.5, folds),
];

test.each([1, 3])("on %i fold(s), members with errors of their own gain by being put together", (count) => {
  const members = membersOn(count);
  const ensemble = trainEnsemble(members, dataset, foldsOf(count), 1);
  const best = Math.max(...members.map((member) => member.validationAveragePrecision));
  expect(ensemble.validationAveragePrecision).toBeGreaterThan(best + 0.01);
  expect(ensemble.outOfFold.map(({ length }) => length)).toEqual(Array(count).fill(ROWS / count));
  expect(ensemble.candidates.map(({ variant }) => variant)).toEqual(["mean of 2", "mean of 3", "stacked"]);
  expect(ensemble.candidates.filter(({ chosen }) => chosen)).toHaveLength(1);
});

test("the figure is the mean over the folds, of margins whose weights were fitted on the others", () => {
  const folds = foldsOf(3);
  const ensemble = trainEnsemble(membersOn(3), dataset, folds, 1);
  const figures = folds.map(({ validation }, f) =>
    averagePrecision(ensemble.outOfFold[f] ?? [], validation.labels),
  );
  const chosen = ensemble.candidates.find((candidate) => candidate.chosen);
  expect(chosen?.foldAveragePrecision).toEqual(figures);
  expect(ensemble.validationAveragePrecision).toBe(chosen?.validationAveragePrecision);
});

test("labels of a fold do not reach the margins that judge it", () => {
  const folds = foldsOf(3);
  const changed = folds.map(({ train, validation }, fold) => {
    const own = validation.labels.map((label, row) => (fold === 1 && row < 20 ? 1 : label));
    return { train, validation: { ...validation, labels: own } };
  });
  const [honest, upset] = [folds, changed].map((each) => trainEnsemble(membersOn(3), dataset, each, 1));
  expect(upset?.candidates.map(({ chosen }) => chosen)).toEqual(
    honest?.candidates.map(({ chosen }) => chosen),
  );
  expect(upset?.outOfFold[1]).toEqual(honest?.outOfFold[1]);
  expect(upset?.outOfFold[0]).not.toEqual(honest?.outOfFold[0]);
});

test("the model is of the final models of members with weight, their corrections included", () => {
  const { model } = trainEnsemble(membersOn(3), dataset, foldsOf(3), 1);
  const json = model.toJSON() as { members: { family: string; weight: number; offset: number }[] };
  for (const { weight, offset } of json.members) {
    expect(weight).toBeGreaterThan(0);
    expect(offset).toBe(-0.5);
  }
  expect(json.members.map(({ family }) => family)).toContain("gradient_boosting");
});

test("probabilities are calibrated on margins out of sample, and the result is the same each time", () => {
  const [first, second] = [1, 2].map(() => trainEnsemble(membersOn(1), dataset, foldsOf(1), 1));
  expect(second?.calibrator).toEqual(first?.calibrator);
  expect(first?.calibrator.kind).not.toBe("identity");
});

test("one member is no ensemble", () => {
  expect(() => trainEnsemble(membersOn(1).slice(0, 1), dataset, foldsOf(1), 1)).toThrow("at least two");
});

test("rows without customers worth the name are dealt to the parts one by one", () => {
  const single = { ...dataset, customerIds: dataset.customerIds.map(() => "cus_1") };
  const each = { ...dataset, customerIds: dataset.transactionIds };
  const [one, all] = [single, each].map((rows) => trainEnsemble(membersOn(1), rows, foldsOf(1), 1));
  expect(one?.outOfFold).toEqual(all?.outOfFold);
});

test("with one fold a customer's rows are judged together, by weights of other customers", () => {
  const each = { ...dataset, customerIds: dataset.transactionIds };
  const halves = { ...dataset, customerIds: dataset.transactionIds.map((_, row) => `cus_${row >> 1}`) };
  const [rows, pairs] = [each, halves].map((given) => trainEnsemble(membersOn(1), given, foldsOf(1), 1));
  expect(pairs?.outOfFold[0]).not.toEqual(rows?.outOfFold[0]);
});

test("a member without weight is left out of the model and costs nothing to serve", () => {
  const members = [
    trained("rules", 5000, 3),
    trained("logistic_regression", 1, 3),
    trained("gradient_boosting", 1, 3),
  ];
  const { model } = trainEnsemble(members, dataset, foldsOf(3), 1);
  const json = model.toJSON() as { members: { family: string; weight: number }[] };
  const rules = json.members.find(({ family }) => family === "rules");
  expect(rules?.weight ?? 0).toBeLessThan(0.001);
  expect(json.members.length).toBeGreaterThan(1);
});
