import { expect, test } from "vitest";
import type { Drift, DriftAlert, DriftSeries, FeatureDetail, FeatureDrift } from "./types.ts";
import {
  alertWords,
  binWords,
  driftReading,
  featureReading,
  levelOf,
  seriesReading,
  seriesValue,
  sharesOf,
  valueWords,
  weekWords,
} from "./words.ts";

const feature: FeatureDrift = {
  name: "amount",
  text: "amount of this payment",
  unit: "minor",
  isCalendar: false,
  importance: 0.2,
  psi: 0.31,
  limit: 0.1,
  moved: true,
  quality: null,
  missing: 0,
  unseen: 0,
  outside: 0,
  psiByWeek: [0.31],
  movedAt: [0],
};
const steady = { ...feature, psi: 0.02, moved: false };
const series: DriftSeries = {
  name: "missedRate",
  weeks: [{ value: 0.004, outside: "above" }],
  centre: 0.001,
  lower: 0.0005,
  upper: 0.002,
};
const week = {
  week: "2026-11-16",
  phase: "watched",
  rows: 7000,
  enough: true,
} as unknown as Drift["weeks"][number];
const view = {
  status: "read",
  needed: 500,
  weeks: [week],
  at: 0,
  score: steady,
  features: [feature, steady],
  series: [series],
  alerts: [],
} as unknown as Drift;

test("a feature moved, changed its data, is steady, or can't be judged", () => {
  expect([
    levelOf(feature),
    levelOf({ ...steady, quality: "missing" }),
    levelOf(steady),
    levelOf({ ...steady, limit: null }),
    levelOf({ ...feature, isCalendar: true }),
  ]).toEqual(["moved", "data changed", "steady", null, null]);
});

test("the page's line counts alerts and what moved, or says what is missing", () => {
  expect(weekWords("2026-11-16")).toBe("16 Nov – 22 Nov 2026");
  expect(driftReading(view)).toBe(
    "No alert; 1 of 2 moved beyond chance; 7,000 payments, 16 Nov – 22 Nov 2026",
  );
  const few = { ...view, weeks: [{ ...week, rows: 212, enough: false }] };
  expect(driftReading(few)).toBe("Not enough data: 212 of 500 payments, 16 Nov – 22 Nov 2026");
});

test("a series says whether it lies within the usual", () => {
  expect(seriesReading(series, 0)).toBe("Missed fraud 0.40 %, above the usual 0.05 % to 0.20 %");
  expect(seriesReading({ ...series, weeks: [{ value: 0.001, outside: null }] }, 0)).toContain("as usual");
  expect(seriesReading({ ...series, upper: null }, 0)).toContain("not known yet");
  expect(seriesReading({ ...series, weeks: [] }, 0)).toBe("Missed fraud: not enough to say");
  expect([
    seriesValue("labelDelay", 2.5),
    seriesValue("domainAuc", 0.61),
    seriesValue("pcaError", null),
  ]).toEqual(["2.50×", "0.610", "–"]);
});

test("alerts are sentences with their first week", () => {
  const alert: DriftAlert = {
    kind: "labels",
    subject: "missedRate",
    direction: "above",
    text: "missedRate",
    since: "2026-11-09",
  };
  expect(alertWords(alert)).toBe("Missed fraud is above the usual, since the week of 9 Nov");
  expect(alertWords({ ...alert, kind: "quality", subject: "device:missing", text: "device" })).toContain(
    "device: values missing unlike before",
  );
  expect(alertWords({ ...alert, kind: "feature", subject: "amount", text: "amount" })).toContain(
    "amount moved",
  );
});

test("bins are told by the cuts of the reference, or by their category", () => {
  expect(binWords({ cuts: [10, 20], categories: null, unit: "km" })).toEqual([
    "up to 10 km",
    "10 km to 20 km",
    "over 20 km",
  ]);
  expect(binWords({ cuts: [1], categories: ["DE", null], unit: "category" })).toEqual(["DE", "category 2"]);
  expect(binWords({ cuts: [], categories: null, unit: "flag" })).toEqual(["any value"]);
  expect(valueWords(7200, "seconds")).toBe("2 h");
  expect(sharesOf([1, 3])).toEqual([0.25, 0.75]);
  expect(sharesOf([0, 0])).toEqual([0, 0]);
});

test("a feature's title tells its PSI and from where it counts", () => {
  const detail = {
    text: "amount",
    isCalendar: false,
    weeks: [{ week: "2026-11-16", moved: true, limit: 0.1, missing: 0, drift: { psi: 0.31 } }],
  } as unknown as FeatureDetail;
  expect(featureReading(detail, "2026-11-16")).toBe("amount moved: PSI 0.310 (drift from 0.100)");
  expect(featureReading({ ...detail, isCalendar: true }, "2026-11-16")).toContain("no drift");
  expect(featureReading(detail, "2026-11-09")).toBe("amount: not enough data");
});
