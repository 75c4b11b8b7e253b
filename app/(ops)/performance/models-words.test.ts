import { expect, test } from "vitest";
import {
  type ComparedRow,
  differenceText,
  measureText,
  modelsReading,
  testedNote,
  verdictOf,
} from "./models-words.ts";

const nothing = {
  averagePrecision: null,
  rocAuc: null,
  recallAtFpr001: null,
  recallAtFpr01: null,
  cardPrecision100: null,
  expectedCostMinor: null,
  brier: null,
  ece: null,
};
const champion: ComparedRow = {
  key: "a",
  name: "Version 1",
  note: "",
  measures: { averagePrecision: 0.7, expectedCostMinor: 27.5 },
  difference: null,
  differenceInterval: null,
};
const rival: ComparedRow = {
  ...champion,
  key: "b",
  name: "Version 2",
  difference: { averagePrecision: 0.012, expectedCostMinor: -1.5 },
  differenceInterval: {
    ...nothing,
    averagePrecision: { lower: -0.003, upper: 0.027 },
    expectedCostMinor: { lower: -2.5, upper: -0.5 },
  },
};

test("costs are told for 1,000 payments, in money", () => {
  expect(measureText("expectedCostMinor", 27.5, "EUR")).toBe("€275.00");
  expect(measureText("ece", 0.0012, "EUR")).toBe("0.12 %");
  expect(measureText("brier", undefined, "EUR")).toBe("–");
});

test("a difference comes with its sign and interval", () => {
  expect(differenceText(rival, "averagePrecision", "EUR")).toBe("+0.012 (−0.003 to +0.027)");
  expect(differenceText(rival, "expectedCostMinor", "EUR")).toBe("−€15.00 (−€25.00 to −€5.00)");
  expect(differenceText(champion, "averagePrecision", "EUR")).toBe("");
});

test("only what chance does not explain is called better or worse, each in its own direction", () => {
  expect(verdictOf(rival, "averagePrecision")).toBeNull();
  expect(verdictOf(rival, "expectedCostMinor")).toBe("better");
  const brier = { ...nothing, brier: { lower: 0.001, upper: 0.002 } };
  expect(verdictOf({ ...rival, differenceInterval: brier }, "brier")).toBe("worse");
});

test("the reading tells who differs, or that nobody does", () => {
  expect(modelsReading([champion, rival])).toBe("Beside Version 1: Version 2 is better in cost");
  expect(modelsReading([champion, { ...rival, differenceInterval: nothing }])).toBe(
    "None differs from Version 1 in cost or average precision by more than chance",
  );
  expect(modelsReading([champion, { ...rival, differenceInterval: null }])).toBe(
    "2 models on the same payments",
  );
});

test("a table of test rows says that there are no live scores, and which rows these are", () => {
  const note = testedNote({
    version: { id: "v", number: 1, status: "champion" },
    from: "2026-10-07T00:00:00.000Z",
    to: "2026-10-22T00:00:00.000Z",
    rows: 31_000,
    frauds: 204,
    compared: null,
    isRecalibration: false,
    champion: null,
    families: [],
  });
  expect(note).toContain("no live scores");
  expect(note).toContain("31,000 test payments of 7 Oct – 21 Oct 2026 (204 frauds)");
  expect(note).toContain("train again");
});
