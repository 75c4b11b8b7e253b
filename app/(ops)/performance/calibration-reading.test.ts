import { expect, test } from "vitest";
import { brierReading, calibrationReading } from "./calibration-reading.ts";
import type { Calibration } from "./types.ts";

const view: Calibration = {
  rows: 1_000,
  frauds: 10,
  meanScore: 0.0104,
  fraudRate: 0.01,
  fraudRateInterval: { lower: 0.005, upper: 0.018 },
  ece: 0.0012,
  brier: 0.008,
  parts: { reliability: 0.0001, resolution: 0.002, uncertainty: 0.0099, withinBins: 0 },
  bins: [],
  weeks: [],
};

test("the title says whether scores mean what they say, as far as the interval of the rate can tell", () => {
  expect(calibrationReading(view)).toBe("Scores mean what they say: 1.04 % promised, 1.00 % came");
  expect(calibrationReading({ ...view, meanScore: 0.02 })).toContain("too high");
  expect(calibrationReading({ ...view, meanScore: 0.004 })).toContain("too low");
  expect(calibrationReading({ ...view, meanScore: null })).toContain("Nothing");
});

test("the Brier score comes with all of its parts, and with nothing where it is undefined", () => {
  expect(brierReading(view)).toContain(
    "0.00800 = reliability 0.000100 − resolution 0.00200 + uncertainty 0.00990",
  );
  expect(brierReading({ ...view, parts: null })).toBe("");
});
