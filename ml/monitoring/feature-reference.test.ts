import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import {
  binCounts,
  driftAgainst,
  driftOfCounts,
  type FeatureReference,
  referenceOf,
} from "./feature-reference.ts";
import { psiNumeric } from "./population-stability.ts";
import { mergeBinCounts } from "./quantile-bins.ts";

const ROWS = 2_000;

/** Two features: an amount that is always there, and a distance that is missing in every fifth row. */
function matrixOf(seed: number, shift = 0): Float64Array {
  const rng = createRng(seed);
  return Float64Array.from({ length: ROWS * 2 }, (_, i) => {
    if (i % 2 === 0) return Math.exp(rng.normal() + shift);
    return i % 10 === 1 ? Number.NaN : rng.normal();
  });
}

function columnOf(matrix: Float64Array, feature: number): Float64Array {
  return matrix.filter((_, i) => i % 2 === feature);
}

function firstOf(references: readonly FeatureReference[]): FeatureReference {
  const [first] = references;
  if (first === undefined) throw new Error("no reference was made");
  return first;
}

const names = ["amount", "distance"];
const numeric = (name: string) => ({ name, isCategory: false });
const references = referenceOf(matrixOf(1), ROWS, 2, names.map(numeric));

test("a reference keeps decile cuts, rows per bin and missing rows of each feature", () => {
  expect(references.map(({ name }) => name)).toEqual(names);
  expect(references[0]?.counts).toEqual(new Array(10).fill(ROWS / 10));
  expect(references[1]).toMatchObject({ missing: ROWS / 5 });
  expect(references[1]?.cuts).toHaveLength(9);
});

test("a reference survives JSON, as it is stored with a model version", () => {
  expect(JSON.parse(JSON.stringify(references))).toEqual(references);
});

test("drift is the numeric PSI against the reference window", () => {
  const current = columnOf(matrixOf(2, 0.5), 0);
  const drift = driftAgainst(firstOf(references), current);
  const direct = psiNumeric(columnOf(matrixOf(1), 0), current, { bins: 10 });
  expect(drift.psi).toBe(direct?.psi);
  expect(drift.counts).toEqual(direct?.currentCounts);
  expect(drift.psi).toBeGreaterThan(0.2);
  expect(driftAgainst(firstOf(references), columnOf(matrixOf(3), 0)).psi).toBeLessThan(0.02);
});

test("counts gathered window by window give the drift of all windows together", () => {
  const reference = firstOf(references);
  const [monday, tuesday] = [columnOf(matrixOf(4), 0), columnOf(matrixOf(5, 1), 0)];
  const merged = mergeBinCounts(binCounts(reference, monday), binCounts(reference, tuesday));
  expect(driftOfCounts(reference, merged)).toEqual(driftAgainst(reference, [...monday, ...tuesday]));
});

test("missing rates stand beside the PSI and never enter it", () => {
  const [, distance = firstOf(references)] = references;
  const values = columnOf(matrixOf(1), 1);
  const drift = driftAgainst(distance, [...values, ...new Array<number>(ROWS).fill(Number.NaN)]);
  expect(drift.psi).toBe(0);
  expect(drift).toMatchObject({ rows: 2 * ROWS, missingRate: 0.6, referenceMissingRate: 0.2 });
});

test("a window without a value has no PSI, one without rows no missing rate either", () => {
  const reference = firstOf(references);
  expect(driftAgainst(reference, [Number.NaN])).toMatchObject({
    psi: null,
    contributions: null,
    missingRate: 1,
  });
  expect(driftAgainst(reference, [])).toMatchObject({ psi: null, rows: 0, missingRate: null });
});

test("a feature that was always missing in training keeps an empty reference", () => {
  const [reference] = referenceOf(Float64Array.of(Number.NaN, Number.NaN), 2, 1, [numeric("never")]);
  expect(reference).toEqual({ name: "never", cuts: [], counts: [0], missing: 2 });
});

test("a matrix of another shape is refused", () => {
  expect(() => referenceOf(new Float64Array(3), 2, 2, names.map(numeric))).toThrow(RangeError);
  expect(() => referenceOf(new Float64Array(4), 2, 2, [numeric("amount")])).toThrow(RangeError);
});

test("a category has a bin for each of its codes, and no range", () => {
  const values = Float64Array.of(7, 9, 7, 4, 7, Number.NaN);
  const [reference] = referenceOf(values, 6, 1, [{ name: "channel", isCategory: true }]);
  expect(reference).toEqual({
    name: "channel",
    cuts: [4, 7],
    counts: [1, 3, 1],
    missing: 1,
    codes: [4, 7, 9],
  });
});

test("a number keeps its range, and a category of too many codes is cut like one", () => {
  expect(references[0]?.range?.[0]).toBe(Math.min(...columnOf(matrixOf(1), 0)));
  const many = Float64Array.from({ length: 300 }, (_, i) => i);
  const [reference] = referenceOf(many, 300, 1, [{ name: "ip", isCategory: true }]);
  expect(reference).toMatchObject({ range: [0, 299], counts: new Array(10).fill(30) });
  expect(reference?.codes).toBeUndefined();
});
