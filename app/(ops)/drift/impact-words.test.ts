import { expect, test } from "vitest";
import { impactReading } from "./impact-words.ts";
import type { Drift } from "./types.ts";

type Outside = "above" | "below" | null;
const seriesOf = (name: string, value: number | null, outside: Outside = null) => ({
  name,
  centre: name === "estimatedCost" ? 50 : 0.7,
  lower: 0,
  upper: 1,
  weeks: [{ value, outside }],
});
const viewOf = (series: readonly unknown[], enough = true) =>
  ({ series, at: 0, weeks: [{ enough }] }) as unknown as Drift;

test("a week like others says that recall and cost are as usual, with both beside the usual", () => {
  const view = viewOf([seriesOf("estimatedRecall", 0.712), seriesOf("estimatedCost", 50)]);
  expect(impactReading(view)).toBe(
    "Recall and cost are as usual: estimated recall 71.2 %, +1.2 points on the usual, expected cost a payment ±0.0 % on the usual",
  );
});

test("a shift that costs says so", () => {
  const view = viewOf([seriesOf("estimatedRecall", 0.6, "below"), seriesOf("estimatedCost", 59)]);
  expect(impactReading(view)).toBe(
    "The shift shows in what fraud costs: estimated recall 60.0 %, −10.0 points on the usual, expected cost a payment +18.0 % on the usual",
  );
});

test("what cannot be said is not said", () => {
  expect(impactReading(viewOf([seriesOf("estimatedRecall", null)]))).toContain("can't be said");
  expect(impactReading(viewOf([], false))).toContain("Too few payments");
});
