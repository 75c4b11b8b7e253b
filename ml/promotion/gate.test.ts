import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { type GateFacts, gateDefaults, judge } from "./gate.ts";
import type { GateRows } from "./gate-rows.ts";

const facts: GateFacts = { scoringMicros: null, features: null };
const options = { ...gateDefaults, replicates: 300 };

type World = {
  readonly seed?: number;
  readonly saving?: number;
  readonly candidate?: (isFraud: boolean) => number;
};

/** 2,000 payments of 500 customers, one in ten fraud; a missed fraud costs 100. `saving` of them the candidate catches. */
function rowsOf({ seed = 1, saving = 0, candidate }: World = {}): GateRows {
  const rng = createRng(`gate:${seed}`);
  const count = 2_000;
  const labels = Uint8Array.from({ length: count }, () => Number(rng.next() < 0.1));
  const scores = Float64Array.from(labels, (label) =>
    label === 1 ? 0.6 + 0.4 * rng.next() : 0.06 * rng.next(),
  );
  const championCostMinor = Float64Array.from(labels, (label) => (label === 1 ? 100 : 1));
  const noise = (): number => 4 * rng.normal();
  return {
    labels,
    customerIds: Array.from({ length: count }, (_, row) => `cus_${row % 500}`),
    weights: new Float64Array(count).fill(1),
    championScores: scores,
    candidateScores: candidate === undefined ? scores : Float64Array.from(labels, (l) => candidate(l === 1)),
    championCostMinor,
    candidateCostMinor: championCostMinor.map(
      (cost, row) => cost + noise() - (labels[row] === 1 ? saving : 0),
    ),
    segments: Array.from({ length: count }, (_, row) => (row % 2 === 0 ? "ecommerce" : "atm")),
  };
}

const failed = (rows: GateRows, given = facts): string[] =>
  judge(rows, given, options)
    .checks.filter(({ passed }) => passed === false)
    .map(({ name }) => name);

test("a candidate that saves money beyond chance and breaks nothing is promoted, with the saving in words", () => {
  const verdict = judge(rowsOf({ saving: 30 }), facts, options);
  expect(verdict.promote).toBe(true);
  expect(verdict.costDifference?.mean).toBeCloseTo(-3.5, 0);
  expect(verdict.because).toMatch(/^Promoted: the cost falls by [23]\.\d\d minor units a payment/);
  expect(verdict.relativeDifference).toBeLessThan(-0.2);
});

test("a candidate that is the champion again is not promoted", () => {
  const rows = rowsOf();
  expect(failed({ ...rows, candidateCostMinor: rows.championCostMinor })).toEqual(["enough", "cost"]);
});

test("a difference that may be chance is not promoted", () => {
  let promoted = 0;
  for (let seed = 0; seed < 60; seed++) promoted += Number(judge(rowsOf({ seed }), facts, options).promote);
  expect(promoted).toBeLessThanOrEqual(4);
});

test("a candidate that costs more is told so", () => {
  const { because, promote } = judge(rowsOf({ saving: -30 }), facts, options);
  expect(promote).toBe(false);
  expect(because).toContain("minor units more than under the champion");
});

test("too few frauds promote nothing, however much is saved", () => {
  const rows = rowsOf({ saving: 50 });
  let left = 40;
  const labels = rows.labels.map((label) => Number(label === 1 && left-- > 0));
  expect(failed({ ...rows, labels })).toContain("enough");
});

test("a saving at the price of recall is not promoted", () => {
  const rows = rowsOf({ saving: 30 });
  const lost = rows.championScores.map((score, row) => (rows.labels[row] === 1 && row % 3 === 0 ? 0 : score));
  expect(failed({ ...rows, candidateScores: lost })).toContain("recall");
});

test("scores that promise twice the frauds there are, are not promoted", () => {
  const rows = rowsOf({ saving: 30 });
  const loud = rows.championScores.map((score) => Math.min(1, score + 0.2));
  expect(failed({ ...rows, candidateScores: loud })).toContain("calibration");
});

test("a segment that becomes dearer holds a saving back, and is named", () => {
  const rows = rowsOf({ saving: 40 });
  const costs = rows.candidateCostMinor.map((cost, row) => (row % 2 === 1 ? cost + 6 : cost));
  const { checks, promote } = judge({ ...rows, candidateCostMinor: costs }, facts, options);
  expect(promote).toBe(false);
  expect(checks.find(({ name }) => name === "segments")?.says).toMatch(/^atm becomes dearer/);
});

test("payments left unscored, slowness and features gone missing each hold a candidate back", () => {
  const rows = rowsOf({ saving: 30 });
  const gaps = rows.candidateScores.map((score, row) => (row % 100 === 0 ? Number.NaN : score));
  expect(failed({ ...rows, candidateScores: gaps })).toContain("scored");
  expect(failed(rows, { ...facts, scoringMicros: 900 })).toEqual(["latency"]);
  const gone = [{ feature: "amount_1h", missingAtTraining: 0.01, missingNow: 0.4 }];
  expect(failed(rows, { ...facts, features: gone })).toEqual(["features"]);
});

test("explored payments count for those they stand for", () => {
  const rows = rowsOf({ saving: 30 });
  // The candidate is dearer on payments that each stand for fifty.
  const weights = rows.weights.map((_, row) => (row % 20 === 0 ? 50 : 1));
  const costs = rows.candidateCostMinor.map((cost, row) => (row % 20 === 0 ? cost + 40 : cost));
  const verdict = judge({ ...rows, weights, candidateCostMinor: costs }, facts, options);
  expect(verdict.promote).toBe(false);
  expect(verdict.costDifference?.mean).toBeGreaterThan(0);
});

test("the same rows and seed give the same verdict", () => {
  const rows = rowsOf({ saving: 12 });
  expect(judge(rows, facts, options)).toEqual(judge(rows, facts, options));
});

test("rows that do not fit together are refused", () => {
  const rows = rowsOf();
  expect(() => judge({ ...rows, segments: [] }, facts, options)).toThrow(/segments has 0 entries/);
  expect(() => judge({ ...rows, weights: new Float64Array(2_000) }, facts, options)).toThrow(/positive/);
});
