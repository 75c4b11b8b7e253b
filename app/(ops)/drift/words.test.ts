import { expect, test } from "vitest";
import type { Drift, FeatureDrift } from "./types.ts";
import { binWords, driftReading, featureReading, levelOf, sharesOf, valueWords } from "./words.ts";

const feature: FeatureDrift = {
  name: "amount",
  text: "amount of this payment",
  unit: "minor",
  isCalendar: false,
  rows: 1000,
  psi: 0.31,
  psiByChance: 0.004,
  missingRate: 0,
  referenceMissingRate: 0,
  cuts: [1000, 20_000],
  counts: [200, 300, 500],
  referenceCounts: [500, 300, 200],
  days: [],
};
const view: Drift = {
  status: "read",
  champion: {
    id: "m",
    number: 3,
    family: "rules",
    referenceFrom: "2026-09-01T00:00:00.000Z",
    referenceTo: "2026-09-15T00:00:00.000Z",
    referenceRows: 1000,
  },
  from: "2026-11-13",
  to: "2026-11-19",
  rows: 1000,
  floor: { needed: 500, met: true },
  score: feature,
  features: [
    feature,
    { ...feature, name: "b", psi: 0.15 },
    { ...feature, name: "c", psi: 0.01 },
    { ...feature, isCalendar: true },
  ],
};

test("a PSI is read as usual: 0.1 and 0.25 are the borders, and without one nothing is said", () => {
  expect([levelOf(0.0999), levelOf(0.1), levelOf(0.25), levelOf(null)]).toEqual([
    "steady",
    "moved",
    "moved far",
    null,
  ]);
});

test("the page's line counts what moved, or says that all is steady", () => {
  expect(driftReading(view)).toBe(
    "1 moved far, 1 moved of 3 features against what version 3 learned from; 1,000 payments, 13 Nov – 19 Nov 2026",
  );
  const calm = { ...view, features: [{ ...feature, psi: 0.02 }] };
  expect(driftReading(calm)).toContain("No feature moved, of 1, against");
  const few = { ...view, rows: 212, floor: { needed: 500, met: false } };
  expect(driftReading(few)).toContain("Not enough data yet: 212 of 500 payments");
});

test("a feature's title says where it moved most, in shares", () => {
  expect(featureReading(feature)).toBe(
    "amount of this payment moved far: PSI 0.310, most where it is up to 1K (50.0 % then, 20.0 % now)",
  );
  expect(featureReading({ ...feature, psi: 0.01 })).toBe("amount of this payment is steady: PSI 0.010");
  expect(featureReading({ ...feature, isCalendar: true })).toContain("no drift");
  expect(featureReading({ ...feature, psi: null, rows: 212 })).toContain("212 of 500");
  expect(featureReading({ ...feature, psi: null, missingRate: 1 })).toContain("always missing");
});

test("bins are told by the cuts of the reference, open at both ends", () => {
  expect(binWords({ cuts: [10, 20], unit: "km" })).toEqual(["up to 10 km", "10 km to 20 km", "over 20 km"]);
  expect(binWords({ cuts: [], unit: "flag" })).toEqual(["any value"]);
  expect(valueWords(7200, "seconds")).toBe("2 h");
});

test("shares of nothing are 0", () => {
  expect(sharesOf([0, 0])).toEqual([0, 0]);
  expect(sharesOf([1, 3])).toEqual([0.25, 0.75]);
});
