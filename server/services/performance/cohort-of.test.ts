import fc from "fast-check";
import { expect, test } from "vitest";
import { brierScore, equalMassBins, expectedCalibrationError } from "#ml/calibration/calibration-scores.ts";
import { ipwPrecisionRecall } from "#ml/evaluation/ipw-precision-recall.ts";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { weightedShare } from "#ml/evaluation/weighted-share.ts";
import { cbpe } from "#ml/monitoring/cbpe.ts";
import { cbpeIntervals } from "#ml/monitoring/cbpe-interval.ts";
import type { BlockRow } from "#server/services/analysis/block-columns.ts";
import { DECLINE_TO_REVIEW } from "#server/services/analysis/decided-rows.ts";
import { rowsOf } from "#server/services/analysis/testing/rows-of.ts";
import { decodeGroups, encodeGroups, expectedOf, realisedSums, sumsAround } from "./cohort-groups.ts";
import { type Cohort, cohortOf } from "./cohort-of.ts";

const DAY_MS = 86_400_000;
const [APPROVE, REVIEW, DECLINE] = [0, 1, 2];
const matureBeforeMs = 5 * DAY_MS;

type Row = Partial<BlockRow> & { readonly dayMs?: number };

function cohort(rows: readonly Row[], learned = { fromMs: 0, toMs: 0 }): Cohort {
  const parts = [...Map.groupBy(rows, (row) => row.dayMs ?? 0)].map(([dayMs, ofDay]) => ({
    dayMs,
    versionId: "v",
    columns: rowsOf(ofDay).columns,
  }));
  return cohortOf(parts, { matureBeforeMs, learnedOf: () => learned });
}

const realisedAt = ({ groups }: Cohort, threshold: number, by: "known" | "reviewed" = "known") => {
  const { precision, recall } = realisedSums(sumsAround(groups, threshold), by);
  return { precision: weightedShare(precision), recall: weightedShare(recall) };
};

const payment = fc.record({
  score: fc.oneof(
    fc.double({ min: 0.005, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 0.005, noNaN: true }),
    fc.constantFrom(0.3, 0.5),
  ),
  label: fc.constantFrom(0, 1, 2),
  outcome: fc.constantFrom(APPROVE, REVIEW),
  propensity: fc.double({ min: 0.01, max: 1, noNaN: true }),
  dayMs: fc.integer({ min: 0, max: 6 }).map((days) => days * DAY_MS),
  customer: fc.integer({ min: 1, max: 9 }),
});

test("kept sums give, at any threshold from 0.005 up, what all rows give from scratch", () => {
  fc.assert(
    fc.property(
      fc.array(payment, { minLength: 1, maxLength: 80 }),
      fc.constantFrom(0.005, 0.3, 0.31, 0.5, 0.9),
      (rows, threshold) => {
        const week = cohort(rows);
        const scores = rows.map(({ score }) => score);
        const isMature = ({ dayMs }: Row): boolean => (dayMs ?? 0) <= matureBeforeMs;
        const known = ipwPrecisionRecall(
          {
            scores,
            propensities: rows.map(() => 1),
            labels: rows.map((row) => (isMature(row) ? Number(row.label === 1) : -1)),
          },
          threshold,
        );
        const { precision, recall } = realisedAt(week, threshold);
        for (const [value, wanted] of [
          [precision.value, known.precision],
          [recall.value, known.recall],
        ] as const) {
          if (wanted === null) expect(value).toBeNull();
          else expect(value).toBeCloseTo(wanted, 9);
        }
        const reviewed = ipwPrecisionRecall(
          {
            scores,
            propensities: rows.map(({ propensity }) => propensity),
            labels: rows.map((row) =>
              isMature(row) && row.outcome === REVIEW && row.label !== 0 ? Number(row.label === 1) : -1,
            ),
          },
          threshold,
        );
        const alone = realisedAt(week, threshold, "reviewed");
        if (reviewed.precision === null) expect(alone.precision.value).toBeNull();
        else expect(alone.precision.value).toBeCloseTo(reviewed.precision, 9);
        const sums = sumsAround(week.groups, threshold);
        const estimate = cbpeIntervals(expectedOf(sums.above), expectedOf(sums.below));
        const wanted = cbpe(scores, threshold);
        if (wanted.precision === null) expect(estimate.precision.value).toBeNull();
        else expect(estimate.precision.value).toBeCloseTo(wanted.precision, 9);
        expect(week.facts.mature).toBe(rows.filter(isMature).length);
      },
    ),
  );
});

test("the week's average precision is that of its mature rows", () => {
  const rows = [0.9, 0.8, 0.7, 0.2, 0.1].map((score, at) => ({ score, label: at % 2 === 0 ? 1 : 0 }));
  const young = { score: 0.95, label: 2, dayMs: 6 * DAY_MS };
  const { realisedAp } = cohort([...rows, young]).facts;
  const labels = rows.map(({ label }) => label);
  expect(realisedAp.value).toBeCloseTo(
    averagePrecision(
      rows.map(({ score }) => score),
      labels,
    ) ?? 0,
    12,
  );
});

test("calibration is that of the known rows, from 50 frauds on", () => {
  const rows = Array.from({ length: 300 }, (_, at) => ({
    score: (at % 30) / 40,
    label: at % 5 === 0 ? 1 : 0,
    customer: at % 40,
  }));
  const { calibration } = cohort(rows).facts;
  const scores = rows.map(({ score }) => score);
  const labels = rows.map(({ label }) => label);
  expect(calibration?.brier).toBeCloseTo(brierScore(scores, labels) ?? 0, 12);
  expect(calibration?.ece).toBeCloseTo(expectedCalibrationError(equalMassBins(scores, labels, 20)) ?? 0, 12);
  expect(calibration?.brierInterval?.lower).toBeLessThan(calibration?.brier ?? 0);
  expect(calibration?.brierInterval?.upper).toBeGreaterThan(calibration?.brier ?? 1);
  expect(calibration?.ece).toBeGreaterThan(calibration?.eceByChance ?? 1);
  expect(cohort(rows.slice(0, 200)).facts.calibration).toBeNull();
});

test("a decline let through to review stands for all declines, and those that were stopped are expected, not known", () => {
  const stopped = { score: 0.95, outcome: DECLINE, propensity: 0.25 };
  const through = { ...stopped, outcome: REVIEW, exploration: DECLINE_TO_REVIEW, label: 1 };
  const rows = [stopped, stopped, stopped, through, { score: 0.6, outcome: REVIEW, label: 2 }];
  const week = cohort(rows);
  expect(week.facts).toMatchObject({ decided: 5, unknowable: 0, mature: 5 });
  const { precision } = realisedAt(week, 0.5);
  expect(precision.value).toBeCloseTo(4 / 5, 12);
  expect(precision.effective).toBeCloseTo(25 / 17, 12);
});

test("where no decline is let through, what was stopped is in no figure, labelled or not; history declined on paper is", () => {
  const week = cohort([
    { score: 0.95, outcome: DECLINE },
    { score: 0.95, outcome: DECLINE, label: 1 },
    { score: 0.95, outcome: DECLINE, flags: 0, label: 1 },
    { score: Number.NaN },
    { score: 0.1 },
  ]);
  expect(week.facts).toMatchObject({ decided: 5, unknowable: 2, unscored: 1, mature: 2 });
  expect(realisedAt(week, 0.5).recall.value).toBe(1);
});

test("what was reviewed on paper alone is no review", () => {
  const week = cohort([
    { score: 0.9, outcome: REVIEW, propensity: 1, label: 2 },
    { score: 0.9, outcome: REVIEW, propensity: 1, label: 1, flags: 0 },
  ]);
  expect(realisedAt(week, 0.5).precision.value).toBe(0.5);
  expect(realisedAt(week, 0.5, "reviewed").precision).toMatchObject({ value: 0, effective: 1 });
});

test("payments that the version had learned from are told", () => {
  const rows = [{ dayMs: 0 }, { dayMs: DAY_MS }, { dayMs: 2 * DAY_MS }];
  expect(cohort(rows, { fromMs: DAY_MS, toMs: 2 * DAY_MS }).facts.learned).toBe(1);
});

test("under 0.005 a threshold counts from the next step of log-odds up, and nothing is lost", () => {
  const rows = Array.from({ length: 400 }, (_, at) => ({ score: 0.005 * (at / 400), label: 1 + (at % 2) }));
  const { groups } = cohort(rows);
  expect(groups.scores.length).toBeLessThan(200);
  const { above, below } = sumsAround(groups, 0.002);
  expect(above.rows + below.rows).toBe(400);
  const edge = groups.scores.filter((score) => score >= 0.002).at(-1) ?? 1;
  expect(edge).toBeLessThan(0.002 * Math.exp(1 / 20));
  expect(above.rows).toBe(rows.filter(({ score }) => score >= edge).length);
});

test("groups come back from their bytes as they were", () => {
  const { groups } = cohort([{ score: 0.4, label: 1 }, { score: 0.001 }]);
  const back = decodeGroups(encodeGroups(groups));
  expect([...back.scores]).toEqual([...groups.scores]);
  expect([...back.sums]).toEqual([...groups.sums]);
  expect(() => decodeGroups(encodeGroups({ ...groups, sums: groups.sums.subarray(1) }))).toThrow(RangeError);
});
