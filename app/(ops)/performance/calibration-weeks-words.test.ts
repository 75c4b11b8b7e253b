import { expect, test } from "vitest";
import { brierTrend, type CalibratedWeek, calibratedWeeks, eceReading } from "./calibration-weeks-words.ts";
import type { Cohort } from "./types.ts";

const nothing = { value: null, interval: null, effective: 0, hidden: "" };
const unknown = { value: null, interval: null };

function week(from: string, brier: number, ece = 0.001): CalibratedWeek {
  return {
    from,
    rows: 100,
    maturedShare: 1,
    unknowable: 0,
    unscored: 0,
    isLearned: false,
    knownFrauds: 60,
    realised: { precision: nothing, recall: nothing, averagePrecision: nothing },
    estimated: { precision: unknown, recall: unknown, averagePrecision: unknown },
    isTracked: true,
    calibration: {
      ece,
      eceByChance: 0.002,
      brier,
      brierInterval: { lower: brier - 0.001, upper: brier + 0.001 },
      parts: { reliability: 0, resolution: 0, uncertainty: 0, withinBins: 0 },
    },
  };
}

test("an error is told as a finding only beyond chance", () => {
  const calm = [week("2026-10-12", 0.004), week("2026-10-19", 0.004, 0.0015)];
  expect(eceReading(calm)).toBe("ECE was 0.15 % in the week of 19 Oct; no week went beyond chance");
  expect(eceReading([...calm, week("2026-10-26", 0.004, 0.003)])).toBe(
    "ECE was 0.30 % in the week of 26 Oct; 1 of 3 weeks went beyond chance, the last that of 26 Oct",
  );
  expect(eceReading([])).toBe("No week has frauds enough to tell its calibration");
});

test("the Brier score has moved where the intervals part", () => {
  expect(brierTrend([week("2026-10-12", 0.004), week("2026-10-19", 0.0045)])).toBe(
    "Brier 0.00450 in the week of 19 Oct, within chance of 0.00400 in that of 12 Oct",
  );
  expect(brierTrend([week("2026-10-12", 0.004), week("2026-10-19", 0.007)])).toBe(
    "Brier 0.00700 in the week of 19 Oct, from 0.00400 in that of 12 Oct",
  );
  expect(brierTrend([week("2026-10-12", 0.004)])).toBe("Brier 0.00400 in the week of 12 Oct");
});

test("weeks under the floor are left out", () => {
  const under: Cohort = { ...week("2026-10-05", 0.004), calibration: null };
  expect(calibratedWeeks([under, week("2026-10-12", 0.004)]).map(({ from }) => from)).toEqual(["2026-10-12"]);
});
