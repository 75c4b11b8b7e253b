import { expect, test } from "vitest";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { type ExplainedModel, globalImportance, type ImportanceInput } from "./importance.ts";

/** A model that adds up its features times their weights. */
const linear = (weights: readonly number[]): ExplainedModel => ({
  width: weights.length,
  margins: (features, rows, out) => {
    for (let row = 0; row < rows; row++) {
      out[row] = weights.reduce(
        (sum, weight, f) => sum + weight * (features[row * weights.length + f] ?? 0),
        0,
      );
    }
  },
  contributions: (row, out) => {
    out.set(weights.map((weight, f) => weight * (row[f] ?? 0)));
    return 0;
  },
});

/** `strong` says most about fraud, `weak` little, `noise` nothing. */
function data(rows = 4_000) {
  const rng = createRng("importance data");
  const labels = Uint8Array.from({ length: rows }, () => Number(rng.next() < 0.05));
  const features = new Float64Array(rows * 3);
  labels.forEach((label, row) => {
    features.set([rng.normal() + 2.5 * label, rng.normal() + label, rng.normal()], 3 * row);
  });
  return { featureNames: ["strong", "weak", "noise"], features, rows, labels };
}

const input = (changes: Partial<ImportanceInput> = {}): ImportanceInput => ({
  ...data(),
  model: linear([1.5, 0.7, 0]),
  seed: 1,
  ...changes,
});

test("features are ranked by what the model loses without them; one that is not used loses nothing", async () => {
  const { features, averagePrecision: baseline, rows, frauds } = await globalImportance(input());
  expect(features.map(({ feature }) => feature)).toEqual(["strong", "weak", "noise"]);
  const [strong, weak, noise] = features;
  expect(strong?.permutation?.mean).toBeGreaterThan(4 * (weak?.permutation?.mean ?? 9));
  expect(weak?.permutation?.mean).toBeGreaterThan(3 * (weak?.permutation?.deviation ?? 9));
  expect(noise).toEqual({
    feature: "noise",
    permutation: { mean: 0, deviation: 0 },
    meanAbsoluteContribution: 0,
    gainShare: null,
  });
  const { labels } = data();
  const margins = new Float64Array(rows);
  linear([1.5, 0.7, 0]).margins(data().features, rows, margins);
  expect(baseline).toBeCloseTo(averagePrecision(margins, labels) ?? Number.NaN, 12);
  expect(frauds).toBe(labels.reduce((sum, label) => sum + label, 0));
});

test("shuffling the only feature leaves the precision of chance", async () => {
  const { features, averagePrecision: baseline } = await globalImportance(
    input({ model: linear([1, 0, 0]), repetitions: 8 }),
  );
  const left = (baseline ?? 9) - (features[0]?.permutation?.mean ?? 9);
  expect(Math.abs(left - 0.05)).toBeLessThan(0.02);
});

test("a copy shares the work: each alone is missed less than the one original", async () => {
  const { features, labels, rows } = data();
  const twice = new Float64Array(rows * 2);
  for (let row = 0; row < rows; row++) twice.fill(features[3 * row] ?? 0, 2 * row, 2 * row + 2);
  const both = await globalImportance(
    input({ model: linear([0.75, 0.75]), featureNames: ["a", "b"], features: twice, labels, rows }),
  );
  const alone = await globalImportance(input({ model: linear([1.5, 0, 0]) }));
  for (const { permutation } of both.features) {
    expect(permutation?.mean).toBeGreaterThan(0);
    expect(permutation?.mean).toBeLessThan(0.8 * (alone.features[0]?.permutation?.mean ?? 0));
  }
});

test("mean contributions are those of the rows, weighted", async () => {
  const { features } = await globalImportance({
    model: linear([2, -1]),
    featureNames: ["a", "b"],
    features: Float64Array.of(1, 1, 3, 0),
    rows: 2,
    labels: [1, 0],
    weights: [3, 1],
    seed: 1,
  });
  const byName = new Map(
    features.map(({ feature, meanAbsoluteContribution }) => [feature, meanAbsoluteContribution]),
  );
  expect(byName.get("a")).toBeCloseTo((3 * 2 + 6) / 4, 12);
  expect(byName.get("b")).toBeCloseTo(3 / 4, 12);
});

test("a bounded sample tells the same, with the prevalence of all rows", async () => {
  const all = await globalImportance(input());
  const some = await globalImportance(input({ maxRows: 800, maxExplained: 300 }));
  expect(some.rows).toBe(800);
  expect(Math.abs((some.averagePrecision ?? 9) - (all.averagePrecision ?? 0))).toBeLessThan(0.1);
  expect(some.features.map(({ feature }) => feature)).toEqual(["strong", "weak", "noise"]);
  const [sampled, full] = [some, all].map(
    ({ features }) => features[0]?.meanAbsoluteContribution ?? Number.NaN,
  );
  expect(Math.abs((sampled ?? 9) / (full ?? 1) - 1)).toBeLessThan(0.15);
});

test("the same seed gives the same figures, the input is left as it was, and names carry the randomness", async () => {
  const given = input();
  const before = Float64Array.from(given.features);
  const first = await globalImportance(given);
  expect(await globalImportance(input())).toEqual(first);
  expect(given.features).toEqual(before);
  expect(await globalImportance(input({ seed: 2 }))).not.toEqual(first);
  const turned = Float64Array.from(
    given.features,
    (_, at) => given.features[at - (at % 3) + 2 - (at % 3)] ?? 0,
  );
  const back = await globalImportance(
    input({ features: turned, featureNames: ["noise", "weak", "strong"], model: linear([0, 0.7, 1.5]) }),
  );
  back.features.forEach(({ feature, permutation }, i) => {
    expect(feature).toBe(first.features[i]?.feature);
    expect(permutation?.mean).toBeCloseTo(first.features[i]?.permutation?.mean ?? Number.NaN, 9);
  });
});

test("gain is shown as a share where the model has it", async () => {
  const model = { ...linear([1.5, 0.7, 0]), gain: [30, 10, 0] };
  const { features } = await globalImportance(input({ model }));
  expect(features.map(({ gainShare }) => gainShare)).toEqual([0.75, 0.25, 0]);
  const idle = await globalImportance(input({ model: { ...model, gain: [0, 0, 0] } }));
  expect(idle.features[0]?.gainShare).toBeNull();
});

test("without fraud nothing can be ranked, without rows nothing is known", async () => {
  const honest = await globalImportance(input({ labels: new Uint8Array(4_000) }));
  expect(honest.averagePrecision).toBeNull();
  expect(honest.features[0]).toMatchObject({ feature: "strong", permutation: null });
  const none = await globalImportance(input({ features: new Float64Array(0), rows: 0, labels: [] }));
  expect(none.features[0]).toMatchObject({ permutation: null, meanAbsoluteContribution: null });
});

test("lengths that do not fit and an aborted run are refused", async () => {
  await expect(globalImportance(input({ featureNames: ["a"] }))).rejects.toThrow("needs a name");
  await expect(globalImportance(input({ labels: [1] }))).rejects.toThrow("a label");
  await expect(globalImportance(input({ weights: [1] }))).rejects.toThrow("a weight");
  const signal = AbortSignal.abort(new Error("stopped"));
  await expect(globalImportance(input({ signal }))).rejects.toThrow("stopped");
});
