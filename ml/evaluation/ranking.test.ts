import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { averagePrecision, rocAuc } from "./ranking.ts";

const rowsOf = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 8 }), label: fc.integer({ min: 0, max: 1 }) }),
  {
    minLength: 2,
    maxLength: 40,
  },
);

test("AUC and AP of scikit-learn's own example", () => {
  expect(rocAuc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBe(0.75);
  expect(averagePrecision([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBeCloseTo(0.833_333_333_333_333_3, 14);
});

test("AUC is the share of fraud-legitimate pairs in the right order, a tie counting one half", () => {
  fc.assert(
    fc.property(rowsOf, (rows) => {
      const scores = rows.map((row) => row.score);
      const labels = rows.map((row) => row.label);
      const frauds = rows.filter((row) => row.label === 1);
      const others = rows.filter((row) => row.label === 0);
      const wins = frauds.flatMap((fraud) =>
        others.map((other) => (fraud.score > other.score ? 1 : fraud.score === other.score ? 0.5 : 0)),
      );
      const expected =
        wins.length === 0 ? null : wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
      const auc = rocAuc(scores, labels);
      if (expected === null) expect(auc).toBeNull();
      else expect(auc).toBeCloseTo(expected, 12);
    }),
  );
});

test("AP equals the sum over distinct thresholds of recall gained times precision", () => {
  fc.assert(
    fc.property(rowsOf, (rows) => {
      const positives = rows.filter((row) => row.label === 1).length;
      fc.pre(positives > 0);
      let expected = 0;
      let recallBefore = 0;
      for (let threshold = 8; threshold >= 0; threshold--) {
        const alerted = rows.filter((row) => row.score >= threshold);
        const hits = alerted.filter((row) => row.label === 1).length;
        const recall = hits / positives;
        expected += alerted.length === 0 ? 0 : (recall - recallBefore) * (hits / alerted.length);
        recallBefore = recall;
      }
      const scores = rows.map((row) => row.score);
      const labels = rows.map((row) => row.label);
      expect(averagePrecision(scores, labels)).toBeCloseTo(expected, 12);
    }),
  );
});

test("an integer weight counts as that many copies of the row", () => {
  const scores = [0.1, 0.5, 0.5, 0.9];
  const labels = [1, 0, 1, 0];
  const copiesOf = (row: number): number[] => new Array<number>(row + 1).fill(row);
  const copies = [0, 1, 2, 3].flatMap(copiesOf);
  const copiedScores = copies.map((row) => scores[row] ?? 0);
  const copiedLabels = copies.map((row) => labels[row] ?? 0);
  expect(rocAuc(scores, labels, [1, 2, 3, 4])).toBeCloseTo(rocAuc(copiedScores, copiedLabels) ?? 2, 14);
  expect(averagePrecision(scores, labels, [1, 2, 3, 4])).toBeCloseTo(
    averagePrecision(copiedScores, copiedLabels) ?? 2,
    14,
  );
});

test("an absent class gives null, never 0 or a half", () => {
  expect(rocAuc([0.1, 0.2], [0, 0])).toBeNull();
  expect(rocAuc([0.1, 0.2], [1, 1])).toBeNull();
  expect(averagePrecision([0.1, 0.2], [0, 0])).toBeNull();
  expect(averagePrecision([], [])).toBeNull();
  expect(averagePrecision([0.3, 0.4], [1, 1])).toBe(1);
});

test("typed arrays of 200,000 rows with a rare class are ranked within two seconds", () => {
  const rng = createRng(1);
  const labels = Uint8Array.from({ length: 200_000 }, () => (rng.next() < 0.005 ? 1 : 0));
  const scores = Float64Array.from(labels, (label) => rng.normal() + label * Math.SQRT2);
  const started = performance.now();
  expect(rocAuc(scores, labels)).toBeCloseTo(0.841, 1); // Phi(1)
  expect(performance.now() - started).toBeLessThan(2000);
});
