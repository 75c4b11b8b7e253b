import { expect, test } from "vitest";
import { loadScorer, type Scorer } from "#ml/models/scorer.ts";
import { scoreRows } from "./score-rows.ts";
import { handMadeArtifact } from "./testing/champion.ts";

const scorer = loadScorer(handMadeArtifact());
const width = scorer.featureSet.definitions.length;

function matrix(...amounts: number[]): Float64Array {
  const features = new Float64Array(amounts.length * width).fill(Number.NaN);
  amounts.forEach((amount, row) => {
    features[row * width] = amount;
  });
  return features;
}

test("rows scored together score as they do alone", () => {
  const together = scoreRows(scorer, matrix(100, 50_000, 100_000), 3);
  const alone = [100, 50_000, 100_000].map((amount) => scoreRows(scorer, matrix(amount), 1)[0]);
  expect([...together]).toEqual(alone);
  expect(together[2]).toBeGreaterThan(together[0] ?? 1);
});

test("without a model no row has a score", () => {
  expect([...scoreRows(null, matrix(1, 2), 2)]).toEqual([Number.NaN, Number.NaN]);
});

test("a row that makes the model throw costs only its own score", () => {
  const fragile: Scorer = {
    ...scorer,
    score(features, rows, out) {
      for (let row = 0; row < rows; row++) if (features[row * width] === 13) throw new Error("unlucky");
      scorer.score(features, rows, out);
    },
  };
  const scores = scoreRows(fragile, matrix(100, 13, 100), 3);
  expect(scores[0]).toBe(scoreRows(scorer, matrix(100), 1)[0]);
  expect(scores[1]).toBeNaN();
  expect(scores[2]).toBe(scores[0]);
});

test("no rows, no scores", () => {
  expect(scoreRows(scorer, new Float64Array(0), 0)).toHaveLength(0);
});
