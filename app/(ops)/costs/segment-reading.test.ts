import { expect, test } from "vitest";
import { segmentsReading, segmentValues } from "./segment-reading.ts";
import type { SegmentCost } from "./types.ts";

const estimate = { minor: 1_000, interval: null };
const segment = (value: string, costMinor: number, isSure = true): SegmentCost => ({
  dimension: "channel",
  value,
  currency: "EUR",
  rows: 100,
  frauds: 60,
  amountMinor: 100_000,
  isSure,
  cost: { minor: costMinor, interval: { lower: costMinor - 1, upper: costMinor + 1 } },
  savedVsApprove: estimate,
  savedVsReview: estimate,
});

test("the dearest channel is named for its share of the amount, if its frauds let that be said", () => {
  expect(segmentsReading([segment("atm", 500), segment("card_present", 2_000)])).toBe(
    "Of the channels card present costs most for what it takes: €20.00, 2.00 % of its amount",
  );
  expect(segmentsReading([segment("atm", 500), segment("transfer", 9_000, false)])).toContain("atm");
  expect(segmentsReading([segment("transfer", 9_000, false)])).toContain("No channel has labelled frauds");
});

test("each line of the table names its currency and its intervals", () => {
  const { columns, rows } = segmentValues([segment("atm", 500)]);
  expect(rows[0]).toEqual([
    "channel",
    "atm",
    "EUR",
    100,
    60,
    500,
    499,
    501,
    1_000,
    null,
    null,
    1_000,
    null,
    null,
  ]);
  expect(columns).toHaveLength(rows[0]?.length ?? 0);
});
