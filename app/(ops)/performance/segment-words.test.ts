import { expect, test } from "vitest";
import { segmentsReading } from "./segment-words.ts";
import type { Segment } from "./types.ts";

const share = { value: 0.5, interval: null };
const same = { adjustedP: 0.8, differs: false };
const segment: Segment = {
  dimension: "channel",
  value: "atm",
  rows: 10,
  frauds: 2,
  alerts: 3,
  precision: share,
  recall: share,
  falsePositives: share,
  precisionContrast: same,
  recallContrast: same,
  falsePositiveContrast: same,
};
const odd = { ...segment, recallContrast: { adjustedP: 0.001, differs: true } };

test("the title counts the segments that stand out and names the first", () => {
  expect(segmentsReading([segment])).toContain("No segment");
  expect(segmentsReading([segment, odd])).toBe("One segment stands out beyond chance: channel atm");
  expect(segmentsReading([odd, { ...odd, value: null }])).toBe(
    "2 segments stand out beyond chance, channel atm among them",
  );
});
