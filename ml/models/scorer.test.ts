import { expect, test } from "vitest";
import { defineFeatureSet } from "#ml/features/feature-set.ts";
import { loadScorer } from "./scorer.ts";

const featureSet = defineFeatureSet("pair", [
  { name: "a", entity: "transaction", aggregate: "attribute", window: null, unit: "number", text: "a" },
  { name: "b", entity: "transaction", aggregate: "attribute", window: null, unit: "number", text: "b" },
]);
const column = { transform: "flat", fill: 0, from: 0, to: 1, center: 0, scale: 1 } as const;
const regression = (weights: readonly number[]): unknown => ({
  family: "logistic_regression",
  version: 1,
  encoding: { version: 1, sourceWidth: 2, columns: [0, 1].map((source) => ({ ...column, source })) },
  intercept: -1,
  weights,
  means: [0, 0],
});
const artifact = {
  family: "logistic_regression",
  featureSet,
  model: regression([1, -2]),
  marginOffset: -0.5,
  calibrator: { kind: "identity" },
} as const;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

test("the score is the calibrated, prior-corrected margin of each row", () => {
  const out = new Float64Array(2);
  loadScorer(artifact).score(Float64Array.of(1, 0, 0, 1), 2, out);
  expect(out[0]).toBeCloseTo(sigmoid(1 - 1 - 0.5), 15);
  expect(out[1]).toBeCloseTo(sigmoid(-2 - 1 - 0.5), 15);
  loadScorer({ ...artifact, calibrator: { kind: "platt", a: -2, b: 0.25 } }).score(
    Float64Array.of(1, 0),
    1,
    out,
  );
  expect(out[0]).toBeCloseTo(sigmoid(2 * -0.5 - 0.25), 15);
});

test("a score that cannot be computed stays NaN and never becomes a number", () => {
  const out = new Float64Array(1);
  loadScorer({ ...artifact, marginOffset: Number.POSITIVE_INFINITY }).score(Float64Array.of(1, 0), 1, out);
  expect(out[0]).toBeNaN();
  loadScorer({ ...artifact, model: regression([Number.NaN, 0]) }).score(Float64Array.of(1, 0), 1, out);
  expect(out[0]).toBeNaN();
});

test("an explanation names the features, what speaks for fraud first", () => {
  expect(loadScorer(artifact).explain(Float64Array.of(0.5, -3))).toEqual([
    { feature: "b", contribution: 6 },
    { feature: "a", contribution: 0.5 },
  ]);
});

test("the top of an explanation is its beginning, with each feature's place, and no reason speaks against fraud", () => {
  const scorer = loadScorer(artifact);
  const row = Float64Array.of(0.5, -3);
  expect(scorer.explainTop(row, 1)).toEqual([{ feature: "b", contribution: 6, place: 1 }]);
  expect(scorer.explainTop(row, 5).map(({ feature, contribution }) => ({ feature, contribution }))).toEqual(
    scorer.explain(row),
  );
  expect(scorer.explainTop(Float64Array.of(0.5, 3), 5)).toEqual([
    { feature: "a", contribution: 0.5, place: 0 },
  ]);
  expect(scorer.explainTop(Float64Array.of(-0.5, 3), 5)).toEqual([]);
});

test("an explanation leaves nothing behind for the next row", () => {
  const scorer = loadScorer(artifact);
  const first = scorer.explain(Float64Array.of(1, 1));
  scorer.explain(Float64Array.of(-7, 9));
  expect(scorer.explain(Float64Array.of(1, 1))).toEqual(first);
});

test("a model of another width or an unknown family is refused, as are short buffers", () => {
  const narrow = defineFeatureSet("one", featureSet.definitions.slice(0, 1));
  expect(() => loadScorer({ ...artifact, featureSet: narrow })).toThrow(
    "reads 2 features, its feature set has 1",
  );
  const unknown = { ...artifact, family: "oracle" } as unknown as typeof artifact;
  expect(() => loadScorer(unknown)).toThrow("oracle");
  expect(() => loadScorer(artifact).score(Float64Array.of(1), 1, new Float64Array(1))).toThrow(RangeError);
});
