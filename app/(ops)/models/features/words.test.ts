import { expect, test } from "vitest";
import type { FeatureSetView, FeatureView } from "../types.ts";
import {
  choicesOf,
  definitionWords,
  distributionReading,
  distributionRows,
  featuresReading,
  isContinuous,
  middleWords,
  missingShare,
  orderedFeatures,
  rangeWords,
  setLabel,
} from "./words.ts";

const counted: FeatureView = {
  name: "customer_count_1d",
  text: "earlier payments of this customer in the last day",
  entity: "customer",
  entityText: "Customer",
  aggregate: "count",
  aggregateText: "count",
  window: "1 d",
  delayDays: 0,
  includesCurrent: false,
  unit: "count",
  formula: "|S|",
  where: "S",
  example: "3 payments by this customer in the last day",
  distribution: {
    rows: 110,
    missing: 10,
    deciles: [
      { share: 0.1, value: 0 },
      { share: 0.5, value: 1 },
      { share: 0.9, value: 4 },
    ],
    shareYes: null,
    cuts: [0, 1, 4],
    counts: [40, 30, 25, 5],
  },
  importance: null,
};
const flag: FeatureView = {
  ...counted,
  name: "is_night",
  text: "between midnight and 7:00 (UTC)",
  entity: "transaction",
  entityText: "This payment",
  aggregate: "night",
  aggregateText: "night",
  window: null,
  unit: "flag",
  distribution: { rows: 50, missing: 0, deciles: [], shareYes: 0.2, cuts: [0], counts: [40, 10] },
  importance: { name: "is_night", permutation: 0.1, meanContribution: null, gain: null },
};
const unknown: FeatureView = { ...counted, name: "ip_count_1h", entity: "ip", distribution: null };
const all = [counted, flag, unknown];
const none = { q: null, entity: null, aggregate: null, order: "set" } as const;
const names = (filters: Parameters<typeof orderedFeatures>[1]): string[] =>
  orderedFeatures(all, filters).map(({ name }) => name);

test("features of one entity stand together, in the order of the set", () => {
  const shuffled = [counted, flag, { ...counted, name: "customer_sum_1d" }];
  expect(orderedFeatures(shuffled, none).map(({ name }) => name)).toEqual([
    "customer_count_1d",
    "customer_sum_1d",
    "is_night",
  ]);
});

test("every word searched for must be there, in name or text, and filters narrow further", () => {
  expect(names({ ...none, q: "customer DAY" })).toEqual(["customer_count_1d", "ip_count_1h"]);
  expect(names({ ...none, q: "customer day", entity: "ip" })).toEqual(["ip_count_1h"]);
  expect(names({ ...none, aggregate: "night" })).toEqual(["is_night"]);
  expect(names({ ...none, q: "teapot" })).toEqual([]);
});

test("the most important or most often missing come first, what is not known last", () => {
  expect(names({ ...none, order: "importance" })[0]).toBe("is_night");
  expect(names({ ...none, order: "missing" })).toEqual(["customer_count_1d", "is_night", "ip_count_1h"]);
  expect(all[0]).toBe(counted); // the list itself keeps its order
});

test("a filter offers each value once", () => {
  expect(choicesOf(all, "aggregate", "aggregateText")).toEqual([
    { value: "count", label: "count" },
    { value: "night", label: "night" },
  ]);
});

test("a flag tells its share of yes, a number its deciles, and without a reference there is a dash", () => {
  expect([middleWords(counted), rangeWords(counted)]).toEqual(["1", "0 – 4"]);
  expect([middleWords(flag), rangeWords(flag)]).toEqual(["20 % yes", "–"]);
  expect([middleWords(unknown), rangeWords(unknown), missingShare(unknown)]).toEqual(["–", "–", null]);
  expect(missingShare(counted)).toBeCloseTo(1 / 11, 12);
});

test("bins end at the cuts and carry their payments; a flag has a yes and a no", () => {
  expect(distributionRows(counted).map(({ bin, rows }) => [bin, rows])).toEqual([
    ["≤ 0", 40],
    ["≤ 1", 30],
    ["≤ 4", 25],
    ["> 4", 5],
  ]);
  expect(distributionRows(counted)[0]?.share).toBe(0.4);
  expect(distributionRows(flag).map(({ bin, rows }) => [bin, rows])).toEqual([
    ["no", 40],
    ["yes", 10],
  ]);
  expect(distributionRows(unknown)).toEqual([]);
  expect([isContinuous(counted), isContinuous(unknown)]).toEqual([false, false]);
});

test("a chart's title tells the median and the ninth decile, and says when a value never comes", () => {
  expect(distributionReading(counted)).toBe("Half of the payments are at or under 1, one in ten above 4");
  expect(distributionReading(flag)).toBe("Yes on 20.0 % of the payments that have a value");
  const gone = { rows: 9, missing: 9, deciles: null, shareYes: null, cuts: [], counts: [0] };
  expect(distributionReading({ ...counted, distribution: gone })).toBe("Never has a value");
});

test("a definition says whom it looks at, how far back, and whether the payment counts itself", () => {
  expect(definitionWords(counted)).toContain(
    "Its window is 1 d, and the payment being scored does not count",
  );
  expect(definitionWords({ ...counted, includesCurrent: true })).toContain("counts itself");
  expect(definitionWords(flag)).toContain("needs no history");
  expect(definitionWords({ ...counted, delayDays: 7 })).toContain("Its window is 1 d that ends 7 d before");
});

test("the page says whose features these are, and how many are mostly missing", () => {
  const model = { number: 3, status: "champion", family: "rules", referenceRows: 1 } as const;
  const view = { name: "default", features: all, model } as unknown as FeatureSetView;
  expect(featuresReading(view)).toBe("3 features of the set default, as the champion, version 3, sees them");
  expect(featuresReading({ ...view, model: null })).toContain("no model has learned from them yet");
  const set = { name: "default", version: "default@004c1cc06c00", modelVersions: [] };
  expect(setLabel({ ...set, isChampions: true, isNext: true })).toBe("default 004c1c, champion's");
  expect(setLabel({ ...set, isChampions: false, isNext: true })).toBe("default 004c1c, next training");
});
