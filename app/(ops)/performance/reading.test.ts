import { expect, test } from "vitest";
import { nearestByFpr, nearestByRecall, nearestByScore } from "./nearest-point.ts";
import {
  performanceReading,
  pointReading,
  scoreText,
  share,
  trendWords,
  unknownWords,
  windowWords,
} from "./reading.ts";
import type { OperatingPoint, Performance, Period, WindowView } from "./types.ts";

const window: WindowView = {
  from: "2026-09-21T00:00:00.000Z",
  to: "2026-10-21T00:00:00.000Z",
  maturityDays: 30,
  basis: "mature",
  versionId: null,
  versions: [],
  notes: [],
};
const rates = {
  precision: null,
  recall: 0.71,
  precisionInterval: null,
  recallInterval: { lower: 0.66, upper: 0.754 },
};
const counts = { rows: 900, fraud: 12, legitimate: 800, waiting: 70, declined: 1, unscored: 0 };
const point = (threshold: number, recall: number, precision: number | null = 0.5): OperatingPoint => ({
  threshold,
  recall,
  precision,
  tp: 1,
  fp: 1,
  fpr: 0,
  caughtMinor: 0,
  stoppedMinor: 0,
  alerts: 2,
  costMinor: 0,
  precisionInterval: null,
  recallInterval: null,
});

test("a share stands with its interval, and what is undefined is a dash", () => {
  expect(share(0.71, { lower: 0.662, upper: 0.754 })).toBe("71.0 % (66.2 to 75.4)");
  expect(share(null, null)).toBe("–");
});

test("the window is told by its first and last day", () => {
  expect(windowWords(window)).toBe("21 Sept – 20 Oct 2026");
});

test("under the floor the page says how many frauds there are and how many it takes", () => {
  const view = { counts, floor: { needed: 50, met: false }, served: rates, window } as unknown as Performance;
  expect(performanceReading(view)).toContain("Not enough data yet: 12 of 50 labelled frauds");
  const enough = { ...view, counts: { ...counts, fraud: 200 }, floor: { needed: 50, met: true } };
  expect(performanceReading(enough)).toContain(
    "Recall 71.0 % (66.0 to 75.4) on mature labels: 200 frauds, 21 Sept",
  );
});

test("the curve's title tells the finding at the threshold", () => {
  expect(pointReading(point(0.1487, 0.76))).toBe(
    "From a score of 0.149, 76.0 % of frauds are caught and 50.0 % of alerts are right",
  );
  expect(pointReading(point(0.99, 0, null))).toContain("no alert is raised");
  expect([scoreText(0.0012), scoreText(0.5), scoreText(0.9871)]).toEqual(["0.0012", "0.500", "0.9871"]);
});

test("each kind of what is not known has its reason", () => {
  expect(unknownWords(counts, window)).toEqual([
    "70 payments younger than 30 days: a dispute may still come",
    "1 payment declined and never labelled: nobody knows what they were",
  ]);
  expect(unknownWords({ ...counts, waiting: 0, declined: 0 }, window)).toEqual([]);
});

const period = (tp: number, fn: number) => ({ served: { tp, fn, fp: 0, tn: 0 } }) as unknown as Period;

test("precision is read over alerts, not over frauds", () => {
  const alerts = (tp: number, fp: number) => ({ served: { tp, fp, fn: 999, tn: 0 } }) as unknown as Period;
  expect(trendWords([alerts(5, 5), alerts(5, 5), alerts(5, 5), alerts(5, 5)], "precision")).toBe(
    "Precision held at 50.0 % over the window",
  );
});

test("a change of recall is only told where it is more than chance", () => {
  const held = [period(70, 30), period(69, 31), period(72, 28), period(68, 32)];
  expect(trendWords(held, "recall")).toBe("Recall held at 69.8 % over the window");
  const fell = [period(90, 10), period(90, 10), period(50, 50), period(50, 50)];
  expect(trendWords(fell, "recall")).toBe(
    "Recall fell from 90.0 % in the first half to 50.0 % in the second",
  );
  expect(trendWords([...fell].reverse(), "recall")).toContain("rose from 50.0 %");
  expect(trendWords(held.slice(0, 3), "recall")).toContain("95 % intervals");
});

test("a press picks the nearest point: by score on the histogram, by recall on the curve", () => {
  const points = [point(0.9, 0.2), point(0.5, 0.6), point(0.4, 0.6), point(0.01, 1)];
  expect(nearestByScore(points, 0.02)).toBe(3);
  expect(nearestByScore(points, 0.47)).toBe(1);
  expect(nearestByRecall(points, 0.55)).toBe(1);
  expect(nearestByRecall([], 0.5)).toBe(-1);
});

test("a press on the ROC curve picks the nearest rate; of points on one place, the one that catches most", () => {
  const points = [0, 0, 0.2].map((fpr, at) => ({ ...point(1 - at / 10, at / 4), fpr }));
  expect(nearestByFpr(points, 0.05, (fpr) => fpr)).toBe(1);
  expect(nearestByFpr(points, 0.15, (fpr) => fpr)).toBe(2);
  expect(nearestByFpr([], 0.5, (fpr) => fpr)).toBe(-1);
});
