import { expect, test } from "vitest";
import { differenceReading, estimateText, loadReading, unknownReading } from "./simulation-reading.ts";
import type { Simulation } from "./types.ts";

const difference = { minor: -120_000, interval: null, flat: false, rowsChanged: 9 };
const nothing = { lowerMinor: 0, upperMinor: 0 };
const unknown = {
  rows: 0,
  amountMinor: 0,
  sameOutcome: 0,
  candidate: nothing,
  active: nothing,
  difference: nothing,
};
const cases = { perDay: 4, busiestDay: 9, daysOverCapacity: 0, unworked: 0 };
const view = { currency: "EUR", floor: { needed: 50, met: true }, difference, unknown, candidate: { cases } };
// Only what the sentences read.
const of = (changes: object): Simulation => ({ ...view, ...changes }) as Simulation;

test("a trial says what it saves, and says so when the payments cannot tell", () => {
  expect(differenceReading(of({}))).toBe("This would have cost €1.2K less than the policy in force");
  expect(differenceReading(of({ difference: { ...difference, flat: true } }))).toContain("can hardly tell");
  expect(differenceReading(of({ difference: { ...difference, rowsChanged: 0 } }))).toContain("the same");
  expect(differenceReading(of({ floor: { needed: 50, met: false } }))).toContain("too few labelled frauds");
  expect(differenceReading(of({ difference: { ...difference, minor: 5_000 } }))).toContain("€50.00 more");
});

test("an estimate comes with its interval where there is one", () => {
  expect(estimateText({ minor: 1_000, interval: null }, "EUR")).toBe("€10.00");
  expect(estimateText({ minor: 1_000, interval: { lower: 900, upper: 1_200 } }, "EUR")).toBe(
    "€10.00 (€9.00 to €12.00)",
  );
});

test("what was declined and never labelled is told with what it could mean", () => {
  expect(unknownReading(of({}))).toBeNull();
  expect(unknownReading(of({ unknown: { ...unknown, rows: 3 } }))).toContain("both policies do the same");
  const bounds = { lowerMinor: -2_500, upperMinor: 12_500 };
  expect(unknownReading(of({ unknown: { ...unknown, rows: 3, difference: bounds } }))).toContain(
    "-€25.00 to €125.00",
  );
});

test("days with more cases than the analysts can work are told", () => {
  expect(loadReading(of({}))).toBe("At most 9 cases on a day, within the capacity.");
  const over = { ...cases, daysOverCapacity: 2, unworked: 31 };
  expect(loadReading(of({ candidate: { cases: over } }))).toContain("On 2 days");
});
