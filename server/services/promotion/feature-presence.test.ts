import { expect, test } from "vitest";
import { featurePresence } from "./feature-presence.ts";

const DAY_MS = 86_400_000;
const now = new Date(30 * DAY_MS);
const references = [
  { name: "amount", cuts: [], counts: [10], missing: 0 },
  { name: "distance", cuts: [1], counts: [4, 4], missing: 2 },
];

test("features are counted as missing over the last seven days, beside where the model learned", () => {
  const dataset = {
    rows: 3,
    width: 2,
    features: Float64Array.from([Number.NaN, Number.NaN, 1, Number.NaN, 1, 5]),
    occurredAtMs: Float64Array.from([22, 23, 29].map((day) => day * DAY_MS)),
  };
  expect(featurePresence(dataset, references, now)).toEqual([
    { feature: "amount", missingAtTraining: 0, missingNow: 0 },
    { feature: "distance", missingAtTraining: 0.2, missingNow: 0.5 },
  ]);
});

test("without payments in those days nothing is said", () => {
  const none = { rows: 1, width: 2, features: new Float64Array(2), occurredAtMs: Float64Array.of(0) };
  expect(featurePresence(none, references, now)).toBeNull();
});
