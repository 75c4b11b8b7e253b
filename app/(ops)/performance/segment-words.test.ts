import { expect, test } from "vitest";
import { segmentsReading, segmentValues } from "./segment-words.ts";
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

test("the file holds every share with its interval and its adjusted p-value", () => {
  const { columns, rows } = segmentValues([
    { ...odd, recall: { value: 0.5, interval: { lower: 0.4, upper: 0.6 } } },
  ]);
  expect(columns).toHaveLength(17);
  expect(rows).toEqual([
    ["Channel", "atm", 10, 2, 3, 0.5, null, null, 0.8, 0.5, 0.4, 0.6, 0.001, 0.5, null, null, 0.8],
  ]);
});
