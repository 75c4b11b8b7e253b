import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { assessDefaults, assessWindow, type WindowAssessment } from "./assess-window.ts";
import { alertDefaults, standingAlerts } from "./drift-alerts.ts";
import { driftBaseline, pooledSample } from "./drift-baseline.ts";
import { referenceOf } from "./feature-reference.ts";
import { type WindowRows, windowFacts } from "./window-facts.ts";

const ROWS = 1_000;
type Change = {
  readonly amount?: number;
  readonly gaps?: number;
  readonly cost?: number;
  readonly missed?: number;
};

/** A window of two features, an amount and a category of three codes, with about 20 frauds reported. */
function windowRows(seed: number, { amount = 0, gaps = 0, cost = 1, missed = 0.1 }: Change = {}): WindowRows {
  const rng = createRng(`window:${seed}`);
  const features = new Float64Array(ROWS * 2);
  const [scores, costMinor] = [new Float64Array(ROWS), new Float64Array(ROWS)];
  const [alerted, reported] = [new Uint8Array(ROWS), new Uint8Array(ROWS)];
  for (let row = 0; row < ROWS; row++) {
    features[row * 2] = rng.next() < gaps ? Number.NaN : Math.exp(rng.normal() + amount);
    features[row * 2 + 1] = [11, 22, 33][rng.integer(3)] ?? 0;
    const fraud = rng.next() < 0.02;
    const caught = fraud && rng.next() >= missed;
    scores[row] = caught ? 0.8 : 0.002;
    alerted[row] = Number(caught);
    reported[row] = Number(fraud);
    costMinor[row] = cost * (5 + rng.next());
  }
  const labelDelays = Array.from({ length: 20 }, () => ({
    source: "chargeback",
    days: Math.exp(rng.normal()),
  }));
  return { rows: ROWS, width: 2, features, scores, alerted, costMinor, reported, labelDelays };
}

const first = windowRows(0);
const columns = [
  { name: "amount", isCategory: false },
  { name: "kind", isCategory: true },
];
const [score] = referenceOf(first.scores, ROWS, 1, [{ name: "score", isCategory: false }]);
if (score === undefined) throw new Error("no score");
const reference = { features: referenceOf(first.features, ROWS, 2, columns), score };
const sampled = (window: WindowRows, seed: number) => ({
  rows: ROWS,
  features: window.features,
  groups: Array.from({ length: ROWS }, (_, row) => `${seed} ${row}`),
});
const before = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
  const rows = windowRows(seed);
  const of = { isReference: false, isLearned: false };
  return { ...of, facts: windowFacts(rows, reference), sample: sampled(rows, seed) };
});
const skip: ReadonlySet<string> = new Set();
const baseline = await driftBaseline(reference, before, { skip });
const usual = pooledSample(before.map(({ sample }) => sample));

async function assess(rows: WindowRows, seed: number): Promise<WindowAssessment> {
  const samples = { window: sampled(rows, seed), usual };
  const options = { ...assessDefaults, skip };
  return assessWindow(windowFacts(rows, reference), samples, { reference, baseline }, options);
}
const weeks = (change: Change): Promise<WindowAssessment[]> =>
  Promise.all([20, 21, 22].map((seed) => assess(windowRows(seed, change), seed)));
const alertsOf = (
  windows: readonly WindowAssessment[],
  importance: ReadonlyMap<string, number> | null = null,
) =>
  standingAlerts(windows, { ...alertDefaults, importance }).map(({ kind, subject }) => `${kind} ${subject}`);

test("facts of a window are counts on the bins and expected figures", () => {
  const { features, figures, reported, caught } = windowFacts(first, reference);
  expect(features[0]).toMatchObject({ counts: reference.features[0]?.counts, missing: 0, outside: 0 });
  expect(features[1]).toMatchObject({ counts: reference.features[1]?.counts, unseen: 0 });
  const alerts = first.alerted.reduce((sum, one) => sum + one, 0);
  expect(figures.alertRate).toBeCloseTo(alerts / ROWS, 12);
  expect(figures.estimatedRecall).toBeCloseTo((0.8 * alerts) / (0.8 * alerts + 0.002 * (ROWS - alerts)), 9);
  expect(figures.missedRate).toBeCloseTo((reported - caught) / ROWS, 12);
});

test("without drift no alert stands", async () => {
  const windows = await weeks({});
  expect(alertsOf(windows)).toEqual([]);
  expect(windows[0]?.features.some(({ moved }) => moved)).toBe(false);
});

test("dearer payments move the feature and the domain classifier, and only a feature that matters alerts", async () => {
  const windows = await weeks({ amount: 1 });
  expect(alertsOf(windows)).toEqual(expect.arrayContaining(["feature amount", "multivariate domainAuc"]));
  expect(windows[0]?.givenAwayBy[0]?.name).toBe("amount");
  expect(alertsOf(windows, new Map([["amount", 0.001]]))).not.toContain("feature amount");
});

test("higher expected cost, missed frauds and missing values each raise their own alert", async () => {
  expect(alertsOf(await weeks({ cost: 1.5 }))[0]).toBe("impact estimatedCost");
  expect(alertsOf(await weeks({ missed: 0.8 }))).toEqual(expect.arrayContaining(["labels missedRate"]));
  expect(alertsOf(await weeks({ gaps: 0.3 }))).toContain("quality amount:missing");
});

test("fewer missed frauds are no alert, and one window alone raises none", async () => {
  expect(alertsOf(await weeks({ missed: 0 }))).not.toContain("labels missedRate");
  expect(alertsOf((await weeks({ cost: 2 })).slice(0, 1))).toEqual([]);
});

test("under the floor of rows nothing is judged", async () => {
  const few = windowRows(30, { cost: 9 });
  const options = { ...assessDefaults, skip, leastRows: ROWS + 1 };
  const samples = { window: sampled(few, 30), usual };
  const assessed = await assessWindow(windowFacts(few, reference), samples, { reference, baseline }, options);
  expect(assessed.enough).toBe(false);
  expect(assessed.series.every(({ value, outside }) => value === null && outside === null)).toBe(true);
  expect(assessed.features.every(({ drift, moved }) => drift === null && !moved)).toBe(true);
});
