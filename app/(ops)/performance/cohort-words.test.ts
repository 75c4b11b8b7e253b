import { expect, test } from "vitest";
import { cohortReading, distance, figure, hiddenWeeks, partWeeks, trackReading } from "./cohort-words.ts";
import type { Cohort } from "./types.ts";

const shown = (value: number | null) => ({ value, interval: null, effective: 40, hidden: null });
const hidden = { value: null, interval: null, effective: 0, hidden: "None is old enough." };
const expected = (value: number) => ({ value, interval: { lower: value - 0.1, upper: value + 0.1 } });

function cohort(from: string, realised: Cohort["realised"]["recall"]): Cohort {
  return {
    from,
    rows: 100,
    maturedShare: 1,
    unknowable: 0,
    unscored: 0,
    isLearned: false,
    knownFrauds: 40,
    realised: { precision: realised, recall: realised, averagePrecision: realised },
    calibration: null,
    estimated: { precision: expected(0.5), recall: expected(0.725), averagePrecision: expected(0.6) },
    isTracked: true,
  };
}

const cohorts = [
  cohort("2026-10-19", shown(0.7)),
  cohort("2026-11-09", hidden),
  cohort("2026-11-16", hidden),
];

test("the reading tells the latest that came true and the latest to be expected", () => {
  expect(cohortReading(cohorts, "recall")).toBe(
    "Recall came to 70.0 % in the week of 19 Oct; to be expected of the week of 16 Nov: 72.5 %",
  );
  expect(cohortReading(cohorts.slice(1), "averagePrecision")).toBe(
    "Average precision: too little has matured to say what came true; to be expected of the week of 16 Nov: 0.600",
  );
  expect(cohortReading(cohorts.slice(0, 1), "recall")).toBe("Recall came to 70.0 % in the week of 19 Oct");
});

test("weeks that show nothing are told with their reason", () => {
  expect(hiddenWeeks(cohorts, "recall")).toEqual([
    { because: "None is old enough.", weeks: ["9 Nov", "16 Nov"] },
  ]);
});

test("a week of which a part has matured says so where it shows a figure", () => {
  const part = { ...cohort("2026-10-26", shown(0.7)), maturedShare: 0.724 };
  expect(partWeeks([...cohorts, part, { ...cohorts[1], maturedShare: 0.1 } as Cohort], "recall")).toEqual([
    "The week of 26 Oct rests on the 72 % of its payments that have matured.",
  ]);
});

test("shares are percent and points, average precision is a number", () => {
  expect([figure("recall", 0.1234), distance("recall", 0.0123)]).toEqual(["12.3 %", "1.2 points"]);
  expect([figure("averagePrecision", 0.1234), distance("averagePrecision", 0.0123)]).toEqual([
    "0.123",
    "0.012",
  ]);
  expect(figure("precision", null)).toBe("–");
});

test("the track record is a sentence, also before there is one", () => {
  const none = {
    weeks: 0,
    meanAbsoluteError: null,
    bias: null,
    covered: 0,
    coverage: null,
    coverageInterval: null,
  };
  const some = { ...none, weeks: 4, meanAbsoluteError: 0.031, covered: 3 };
  expect(trackReading({ precision: none, recall: none, averagePrecision: none })).toMatch(/^No estimate/);
  expect(trackReading({ precision: none, recall: some, averagePrecision: none })).toBe(
    "Estimates of recall were 3.1 points off on average over 4 weeks; 3 of 4 came true inside their interval",
  );
});
