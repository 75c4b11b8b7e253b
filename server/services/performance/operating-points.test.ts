import fc from "fast-check";
import { expect, test } from "vitest";
import { averagePrecision, averagePrecisionOf, rocAuc, rocAucOf } from "#ml/evaluation/ranking.ts";
import { recallAtFpr, recallAtFprOf } from "#ml/evaluation/recall-at-fpr.ts";
import { confusionAt } from "#ml/evaluation/threshold.ts";
import { ladderOf, rankedCountsOf } from "./ladder.ts";
import type { ScoreGroup } from "./load-groups.ts";
import { operatingPoints } from "./operating-points.ts";
import { histogramEdges, scoreHistogram } from "./score-histogram.ts";

type Row = { readonly score: number; readonly fraud: boolean; readonly amountMinor: number };

/** What the query does, row by row. */
function groupsOf(rows: readonly Row[], grid: readonly number[]): ScoreGroup[] {
  const frauds = rows.filter((row) => row.fraud).map((row) => row.score);
  const cuts = [...new Set([...frauds, ...grid])].sort((a, b) => a - b);
  const groups = new Map<string, ScoreGroup>();
  for (const row of rows) {
    const cut = cuts.findLast((edge) => edge <= row.score) ?? Number.NEGATIVE_INFINITY;
    const kind = row.fraud ? "fraud" : "legitimate";
    const key = `${kind} ${cut} ${row.score === cut}`;
    const before = groups.get(key);
    groups.set(key, {
      class: kind,
      outcome: "approve",
      currency: "EUR",
      cut,
      onCut: row.score === cut,
      rows: (before?.rows ?? 0) + 1,
      amountMinor: (before?.amountMinor ?? 0) + row.amountMinor,
    });
  }
  return [...groups.values()];
}

const row = fc.record({
  score: fc.integer({ min: 0, max: 60 }).map((n) => n / 60),
  fraud: fc.boolean(),
  amountMinor: fc.integer({ min: 0, max: 1000 }),
});
const window = fc.array(row, { minLength: 1, maxLength: 200 });
const scoresOf = (rows: readonly Row[]): number[] => rows.map((r) => r.score);
const labelsOf = (rows: readonly Row[]): number[] => rows.map((r) => (r.fraud ? 1 : 0));

test("joining legitimate rows between fraud scores changes no ranking measure", () => {
  fc.assert(
    fc.property(window, (rows) => {
      const counts = rankedCountsOf(ladderOf(groupsOf(rows, [0, 0.5]), null));
      const [scores, labels] = [scoresOf(rows), labelsOf(rows)];
      expect(averagePrecisionOf(counts)).toBe(averagePrecision(scores, labels));
      const [ours, theirs] = [rocAucOf(counts), rocAuc(scores, labels)];
      if (theirs === null) expect(ours).toBeNull();
      else expect(ours).toBeCloseTo(theirs, 12);
      const [at, there] = [recallAtFprOf(counts, 0.1), recallAtFpr(scores, labels, 0.1)];
      if (there === null) expect(at).toBeNull();
      else expect(at).toBeCloseTo(there, 12);
    }),
  );
});

test("every operating point counts exactly the rows and the money at or above its threshold", () => {
  fc.assert(
    fc.property(window, (rows) => {
      const groups = groupsOf(rows, histogramEdges);
      const rungs = ladderOf(groups, null);
      for (const point of operatingPoints(rungs, ladderOf(groups, "EUR"), histogramEdges)) {
        const { tp, fp } = confusionAt(scoresOf(rows), labelsOf(rows), point.threshold);
        expect([point.tp, point.fp]).toEqual([tp, fp]);
        const caught = rows.filter((r) => r.fraud && r.score >= point.threshold);
        expect(point.caughtMinor).toBe(caught.reduce((sum, r) => sum + r.amountMinor, 0));
      }
    }),
  );
});

test("a curve of thousands of scores is thinned to some 400 points that are all on it", () => {
  const rows = Array.from({ length: 6000 }, (_, i) => ({
    score: (i + 1) / 6001,
    fraud: (i * 7919) % 6000 < i / 2,
    amountMinor: 100,
  }));
  const groups = groupsOf(rows, histogramEdges);
  const rungs = ladderOf(groups, null);
  const points = operatingPoints(rungs, rungs, histogramEdges);
  expect(points.length).toBeLessThanOrEqual(400);
  expect(points.length).toBeGreaterThan(200);
  const last = points.at(-1);
  expect([last?.tp, last?.recall]).toEqual([rows.filter((r) => r.fraud).length, 1]);
  expect(averagePrecisionOf(rankedCountsOf(rungs))).toBeCloseTo(
    averagePrecision(scoresOf(rows), labelsOf(rows)) ?? -1,
    12,
  );
});

test("every row falls into one bin of the histogram, the highest score into the last", () => {
  fc.assert(
    fc.property(window, (rows) => {
      const bins = scoreHistogram(groupsOf(rows, histogramEdges));
      expect(bins.reduce((sum, bin) => sum + bin.fraud + bin.legitimate, 0)).toBe(rows.length);
    }),
  );
  const [one] = [
    scoreHistogram(groupsOf([{ score: 1, fraud: true, amountMinor: 1 }], histogramEdges)).at(-1),
  ];
  expect(one).toMatchObject({ to: 1, fraud: 1 });
});

test("a window without known rows has no points and no rungs", () => {
  expect(ladderOf([], null)).toEqual([]);
  expect(operatingPoints([], [], histogramEdges)).toEqual([]);
});
