import { expect, test } from "vitest";
import { averagePrecision, rocAuc } from "#ml/evaluation/ranking.ts";
import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import { ascendingOrder } from "#ml/math/order.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { forestFromJson } from "../gradient-boosting/forest-json.ts";
import { leafOf } from "../gradient-boosting/nodes.ts";
import type { FitContext, FittedModel, TrainingRows } from "../model.ts";
import { isolationForestFamily } from "./isolation-forest.ts";
import { averagePathLength } from "./path-length.ts";

const { defaults, load } = isolationForestFamily;
const contextOf = (seed: number, changes: Partial<FitContext> = {}): FitContext => ({
  featureNames: ["a", "b", "c"],
  seed,
  signal: null,
  onProgress: () => {},
  ...changes,
});

/** Two long features and a noisy one with gaps; one row in 50 lies far from the rest in the first two. */
function crowd(rows: number, seed: number): TrainingRows {
  const rng = createRng(`crowd:${seed}`);
  const labels = Uint8Array.from({ length: rows }, () => Number(rng.next() < 0.02));
  const features = new Float64Array(rows * 3);
  labels.forEach((label, row) => {
    const far = label === 1 ? 4 : 0;
    const gap = rng.next() < 0.2 ? Number.NaN : rng.normal();
    features.set([rng.normal() + far, rng.normal() - far, gap], 3 * row);
  });
  return { width: 3, rows, features, labels, weights: null };
}

function marginsOf(model: FittedModel, { features, rows }: TrainingRows): Float64Array {
  const out = new Float64Array(rows);
  model.margins(features, rows, out);
  return out;
}

const training = crowd(4_000, 1);
const later = crowd(2_000, 2);
const model = await isolationForestFamily.fit(training, later, defaults, contextOf(1));

test("rows far from the others rank first, without a label being read", async () => {
  const margins = marginsOf(model, later);
  expect(rocAuc(margins, later.labels)).toBeGreaterThan(0.98);
  expect(averagePrecision(margins, later.labels)).toBeGreaterThan(0.6);
  const honest = {
    ...training,
    labels: new Uint8Array(training.rows),
    weights: new Float64Array(training.rows),
  };
  const blind = await isolationForestFamily.fit(honest, { ...later, rows: 0 }, defaults, contextOf(1));
  expect(blind.toJSON()).toEqual(model.toJSON());
});

test("margins rank as the published score 2^(-E(h) / c) does", () => {
  const { forest } = model.toJSON() as { forest: unknown };
  const { roots, nodes, base } = forestFromJson(forest);
  const scores = Array.from({ length: 200 }, (_, row) => {
    const paths = roots.reduce((sum, root) => sum + leafOf(nodes, root, later.features, 3 * row), 0);
    // Leaf values are path lengths times a negative number: dividing by any keeps the order of the lengths.
    return 2 ** (paths / averagePathLength(256));
  });
  const margins = marginsOf(model, later).subarray(0, 200);
  expect(base).toBeGreaterThan(0);
  expect([...ascendingOrder(scores)].toSorted((i, j) => (margins[i] ?? 0) - (margins[j] ?? 0) || 0)).toEqual([
    ...ascendingOrder(scores),
  ]);
});

test("the middle row has the log-odds of the expected rate, and that share of rows lies above 0", async () => {
  for (const expectedRate of [0.01, 0.05]) {
    const placed = await isolationForestFamily.fit(
      training,
      later,
      { ...defaults, expectedRate },
      contextOf(1),
    );
    const margins = marginsOf(placed, training).sort();
    const middle = ((margins[1_999] ?? 0) + (margins[2_000] ?? 0)) / 2;
    expect(middle).toBeCloseTo(Math.log(expectedRate / (1 - expectedRate)), 9);
    const above = margins.filter((margin) => margin > 0).length / margins.length;
    expect(Math.abs(above - expectedRate)).toBeLessThan(0.001);
  }
});

test("contributions sum to the margin and name the features that stand out", () => {
  const shares = new Float64Array(3);
  const margins = marginsOf(model, later);
  const stood = [0, 0, 0];
  for (let row = 0; row < 300; row++) {
    const base = model.contributions(later.features.slice(3 * row, 3 * row + 3), shares);
    expect(base + shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(margins[row] ?? Number.NaN, 9);
    if (later.labels[row] === 1)
      for (const [f, share] of shares.entries()) stood[f] = (stood[f] ?? 0) + share;
  }
  expect(stood[0]).toBeGreaterThan(3 * Math.abs(stood[2] ?? 9));
  expect(stood[1]).toBeGreaterThan(3 * Math.abs(stood[2] ?? 9));
});

test("same rows and seed, same bytes; the artefact scores as the model does", async () => {
  const again = await isolationForestFamily.fit(training, later, defaults, contextOf(1));
  expect(again.toJSON()).toEqual(model.toJSON());
  const other = await isolationForestFamily.fit(training, later, defaults, contextOf(2));
  expect(other.toJSON()).not.toEqual(model.toJSON());
  const loaded = load(JSON.parse(JSON.stringify(model.toJSON())));
  expect(marginsOf(loaded, later)).toEqual(marginsOf(model, later));
  expect(loaded.family).toBe("isolation_forest");
});

test("codes of categories are not cut", async () => {
  const definitions = ["number", "number", "category"].map((unit, f) => ({
    name: `f${f}`,
    entity: "transaction",
    aggregate: "attribute",
    window: null,
    unit: unit as FeatureDefinition["unit"],
    text: "",
  })) satisfies readonly FeatureDefinition[];
  const fitted = await isolationForestFamily.fit(training, later, defaults, contextOf(1, { definitions }));
  const recoded = { ...later, features: later.features.map((x, at) => (at % 3 === 2 ? 7e8 : x)) };
  expect(marginsOf(fitted, recoded)).toEqual(marginsOf(fitted, later));
});

test("a row whose values are all missing is ordinary, and equal rows are all alike", async () => {
  const nothing = { ...later, rows: 1, features: new Float64Array(3).fill(Number.NaN) };
  expect(marginsOf(model, nothing)[0]).toBeLessThan(0);
  const flat = { ...training, features: new Float64Array(training.features.length).fill(2) };
  const constant = await isolationForestFamily.fit(flat, later, defaults, contextOf(1));
  expect(marginsOf(constant, flat)[0]).toBeCloseTo(Math.log(0.01 / 0.99), 9);
});

test("without rows every payment has the expected rate", async () => {
  const empty = { ...training, rows: 0, features: new Float64Array(0), labels: new Uint8Array(0) };
  const fitted = await isolationForestFamily.fit(empty, empty, defaults, contextOf(1));
  expect(marginsOf(load(fitted.toJSON()), later)[0]).toBeCloseTo(Math.log(0.01 / 0.99), 12);
});

test("impossible options, foreign JSON and an aborted fit are refused", async () => {
  for (const wrong of [{ trees: 0 }, { sample: 1.5 }, { expectedRate: 0 }]) {
    await expect(
      isolationForestFamily.fit(training, later, { ...defaults, ...wrong }, contextOf(1)),
    ).rejects.toThrow("out of its range");
  }
  expect(() => load({ family: "gradient_boosting", version: 1 })).toThrow("not an isolation forest");
  expect(() => load({ family: "isolation_forest", version: 1, forest: {} })).toThrow(RangeError);
  const signal = AbortSignal.abort(new Error("stopped"));
  await expect(
    isolationForestFamily.fit(training, later, defaults, contextOf(1, { signal })),
  ).rejects.toThrow("stopped");
});
