import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { averagePrecision, rocAuc } from "./ranking.ts";
import { recallAtFpr } from "./recall-at-fpr.ts";
import { type SliceBy, sliceReport } from "./slice-report.ts";

/** Scored rows of two countries; in `far` the scores say less. */
function scored(rows = 4_000) {
  const rng = createRng("slices");
  const countries = Array.from({ length: rows }, () => (rng.next() < 0.3 ? "far" : "near"));
  const labels = Uint8Array.from(countries, () => Number(rng.next() < 0.05));
  const scores = Float64Array.from(labels, (label, row) => {
    const strength = countries[row] === "far" ? 1 : 4;
    return 1 / (1 + Math.exp(4 - strength * label - rng.normal()));
  });
  const country: SliceBy = { name: "country", title: "Country", of: (row) => countries[row] ?? null };
  return { countries, labels, scores, country };
}

test("each group has the figures of its own rows, at one threshold for all", () => {
  const { countries, labels, scores, country } = scored();
  const { slices, threshold } = sliceReport({ scores, labels, slices: [country] });
  const [groups = []] = slices.map((slice) => slice.groups);
  expect(groups.map(({ value }) => value)).toEqual(["far", "near"]);
  for (const group of groups) {
    const own = (_: number, row: number): boolean => countries[row] === group.value;
    const [ownScores, ownLabels] = [scores.filter(own), labels.filter(own)];
    expect(group.rows).toBe(ownScores.length);
    expect(group.averagePrecision).toBe(averagePrecision(ownScores, ownLabels));
    expect(group.rocAuc).toBe(rocAuc(ownScores, ownLabels));
    const caught = ownScores.filter((score, i) => score >= (threshold ?? 2) && ownLabels[i] === 1).length;
    expect(group.confusion.tp).toBe(caught);
    expect(group.recall).toBeCloseTo(caught / group.frauds, 14);
  }
  expect(groups[1]?.recall).toBeGreaterThan(2 * (groups[0]?.recall ?? 9));
});

test("left out, the threshold is where 1 % of honest rows are alerted", () => {
  const { labels, scores } = scored();
  const { all, threshold } = sliceReport({ scores, labels, slices: [] });
  expect(all.falsePositiveRate).toBeLessThanOrEqual(0.01);
  expect(all.falsePositiveRate).toBeGreaterThan(0.009);
  expect(all.recall).toBeCloseTo(recallAtFpr(scores, labels, 0.01) ?? Number.NaN, 14);
  expect(scores).toContain(threshold);
  const given = sliceReport({ scores, labels, slices: [], threshold: 0.5 });
  expect(given.threshold).toBe(0.5);
  expect(given.all.confusion.tp + given.all.confusion.fp).toBe(scores.filter((score) => score >= 0.5).length);
});

test("intervals hold their rates, and probabilities that are too high show", () => {
  const labels = Array.from({ length: 200 }, (_, i) => (i % 10 === 0 ? 1 : 0));
  const scores = labels.map(() => 0.2);
  const { all } = sliceReport({ scores, labels, slices: [], threshold: 0.2 });
  expect(all.calibrationRatio).toBeCloseTo(2, 12);
  expect(all.precision).toBeCloseTo(0.1, 14);
  expect(all.precisionInterval?.lower).toBeLessThan(0.1);
  expect(all.precisionInterval?.upper).toBeGreaterThan(0.1);
  expect(all.recall).toBe(1);
  expect(all.recallInterval?.upper).toBe(1);
});

test("fewer than five frauds give counts and the reason, no rates", () => {
  const labels = [1, 1, 1, 1, ...Array.from({ length: 96 }, () => 0)];
  const scores = labels.map((label) => 0.1 + 0.8 * label);
  const { all } = sliceReport({ scores, labels, slices: [], threshold: 0.5 });
  expect(all).toMatchObject({
    rows: 100,
    frauds: 4,
    confusion: { tp: 4, fp: 0, tn: 96, fn: 0 },
    tooFew: "4 of at least 5 frauds",
    prevalence: 0.04,
    averagePrecision: null,
    recall: null,
    precision: null,
    precisionInterval: null,
    calibrationRatio: null,
  });
});

test("counts of the groups add up to those of the rows they hold; null belongs nowhere", () => {
  const row = fc.record({
    score: fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
    label: fc.integer({ min: 0, max: 1 }),
    group: fc.constantFrom("a", "b", null),
  });
  fc.assert(
    fc.property(fc.array(row), fc.constantFrom(0.25, 0.5), (rows, threshold) => {
      const { slices } = sliceReport({
        scores: rows.map(({ score }) => score),
        labels: rows.map(({ label }) => label),
        slices: [{ name: "g", title: "G", of: (i) => rows[i]?.group ?? null }],
        threshold,
      });
      const held = rows.filter(({ group }) => group !== null);
      const sum = (
        of: (group: { rows: number; frauds: number; confusion: { tp: number; fp: number } }) => number,
      ): number => (slices[0]?.groups ?? []).reduce((total, group) => total + of(group), 0);
      expect(sum(({ rows: count }) => count)).toBe(held.length);
      expect(sum(({ frauds }) => frauds)).toBe(held.filter(({ label }) => label === 1).length);
      expect(sum(({ confusion }) => confusion.tp + confusion.fp)).toBe(
        held.filter(({ score }) => score >= threshold).length,
      );
    }),
  );
});

test("without rows, or when the best score already alerts too many, nothing is alerted", () => {
  const none = sliceReport({ scores: [], labels: [], slices: [] });
  expect(none).toMatchObject({
    threshold: null,
    all: { rows: 0, prevalence: null, tooFew: "0 of at least 5 frauds" },
  });
  const flat = sliceReport({ scores: [0.5, 0.5], labels: [0, 1], slices: [] });
  expect(flat.threshold).toBeNull();
  expect(flat.all.confusion).toEqual({ tp: 0, fp: 0, tn: 1, fn: 1 });
});

test("labels that are not 0 or 1 are refused", () => {
  expect(() => sliceReport({ scores: [0.1], labels: [2], slices: [] })).toThrow(RangeError);
});
