import { expect, test } from "vitest";
import { pairRows, testedRows, testedTitle } from "./models-rows.ts";
import type { LivePair, Tested } from "./types.ts";

const figures = { averagePrecision: 0.6, rocAuc: 0.9, brier: 0.004, ece: 0.001 };
const measures = {
  ...figures,
  recallAtFpr001: null,
  recallAtFpr01: null,
  cardPrecision100: null,
  expectedCostMinor: 20,
};
const report = {
  ...figures,
  prevalence: 0.01,
  amountMinor: 0,
  fraudAmountMinor: 0,
  averagePrecisionInterval: null,
  rocAucInterval: null,
  recallAtFpr001: null,
  recallAtFpr01: null,
  cardPrecision100: null,
};
const tested: Tested = {
  version: { id: "v", number: 4, status: "candidate" },
  from: "2026-10-07T00:00:00.000Z",
  to: "2026-10-22T00:00:00.000Z",
  rows: 100,
  frauds: 10,
  compared: null,
  isRecalibration: false,
  champion: null,
  families: [
    { family: "rules", isSelected: false, test: { ...report, averagePrecision: 0.1 } },
    { family: "ensemble", isSelected: true, test: report },
  ],
};

test("without paired differences the chosen family comes first and the others stand beside it", () => {
  const rows = testedRows(tested);
  expect(rows.map(({ name, note }) => [name, note])).toEqual([
    ["Ensemble", "chosen: version 4"],
    ["Rules baseline", "not chosen"],
  ]);
  expect(rows[0]?.difference).toBeNull();
  expect(rows[1]?.difference?.averagePrecision).toBeCloseTo(-0.5, 12);
});

test("where there was a champion it comes first, and the chosen one has its interval to it", () => {
  const interval = { lower: -0.01, upper: 0.03, replicates: 200 };
  const evaluation = { ...report, rows: 100, frauds: 10 };
  const comparison = {
    champion: { ...evaluation, averagePrecision: 0.55 },
    candidate: evaluation,
    difference: 0.05,
    differenceInterval: interval,
  };
  const rows = testedRows({ ...tested, champion: { versionId: "c", number: 1, comparison } });
  expect(rows.map(({ name }) => name)).toEqual(["Version 1", "Ensemble", "Rules baseline"]);
  expect(rows[1]?.difference?.averagePrecision).toBeCloseTo(0.05, 12);
  expect(rows[1]?.differenceInterval?.averagePrecision).toEqual(interval);
  expect(rows[2]?.differenceInterval).toBeNull();
});

test("paired differences are taken as they were kept", () => {
  const rows = testedRows({
    ...tested,
    compared: {
      reference: { championNumber: 1 },
      rows: 90,
      frauds: 9,
      currency: "EUR",
      replicates: 100,
      models: [
        { family: null, isSelected: false, measures, difference: null, differenceInterval: null },
        { family: "ensemble", isSelected: true, measures, difference: measures, differenceInterval: null },
      ],
    },
  });
  expect(rows.map(({ name, note }) => [name, note])).toEqual([
    ["Version 1", "champion of that time"],
    ["Ensemble", "chosen: version 4"],
  ]);
});

test("a pair is the version that decided, then the one in shadow; a recalibration is called one", () => {
  const model = { measures, difference: null, differenceInterval: null };
  const pair: LivePair = {
    challenger: { id: "x", number: 5, status: "challenger" },
    rows: 10,
    frauds: 1,
    models: [model, model],
    hidden: null,
  };
  expect(pairRows(pair, { number: 1 }).map(({ name, note }) => `${name}: ${note}`)).toEqual([
    "Version 1: decided",
    "Version 5: challenger, in shadow",
  ]);
  expect(testedTitle({ ...tested, isRecalibration: true })).toBe("Recalibration to version 4, candidate");
});
