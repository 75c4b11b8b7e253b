import { expect, test } from "vitest";
import { trackRecord } from "./track-record.ts";

test("the error is the mean distance, the bias keeps its sign, and coverage counts what lay inside", () => {
  const record = trackRecord([
    { estimated: 0.5, interval: { lower: 0.4, upper: 0.6 }, realised: 0.6 },
    { estimated: 0.5, interval: { lower: 0.4, upper: 0.6 }, realised: 0.3 },
    { estimated: 0.5, interval: { lower: 0.4, upper: 0.6 }, realised: null },
    { estimated: null, interval: null, realised: 0.3 },
  ]);
  expect(record.weeks).toBe(2);
  expect(record.meanAbsoluteError).toBeCloseTo(0.15, 12);
  expect(record.bias).toBeCloseTo(0.05, 12);
  expect(record).toMatchObject({ covered: 1, coverage: 0.5 });
  expect(record.coverageInterval?.lower).toBeCloseTo(0.0945, 3);
});

test("without a week that has matured nothing is claimed", () => {
  expect(trackRecord([])).toEqual({
    weeks: 0,
    meanAbsoluteError: null,
    bias: null,
    covered: 0,
    coverage: null,
    coverageInterval: null,
  });
});
