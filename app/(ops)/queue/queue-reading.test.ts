import { expect, test } from "vitest";
import { bounded, boundedShort, queueReading } from "./queue-reading.ts";

const euros = { currency: "EUR", expectedLossMinor: 4_120_000 };
const base = { limit: 10_000, matching: 12, open: 214, mine: 3, atStake: [euros] };

test("the line says how many wait, what is at stake, and how many are mine", () => {
  expect(queueReading(base, false)).toBe("214 cases wait · €41,200.00 expected loss · 3 are yours");
});

test("one case is one case", () => {
  expect(queueReading({ ...base, open: 1, mine: 1 }, false)).toBe(
    "1 case waits · €41,200.00 expected loss · 1 is yours",
  );
});

test("other currencies are counted, never added to the first", () => {
  const yen = { currency: "JPY", expectedLossMinor: 90_000_000 };
  expect(queueReading({ ...base, atStake: [euros, yen] }, false)).toContain(
    "€41,200.00 expected loss and 1 other currency",
  );
});

test("beyond the bound a count says so, and the sum is left out", () => {
  expect(queueReading({ ...base, open: 10_000, mine: 0, atStake: null }, false)).toBe(
    "10,000+ cases wait · none is yours",
  );
  expect(bounded(9_999, 10_000)).toBe("9,999");
});

test("an empty queue says that nothing waits", () => {
  expect(queueReading({ ...base, open: 0, atStake: [] }, false)).toBe("Nothing waits for review");
});

test("a narrowed list says how many match before what lies in the queue", () => {
  expect(queueReading(base, true)).toBe(
    "12 cases match · 214 cases wait · €41,200.00 expected loss · 3 are yours",
  );
  expect(queueReading({ ...base, matching: 1 }, true)).toContain("1 case matches · ");
});

test("where room is short a count is rounded, and still says where counting stopped", () => {
  expect(boundedShort(10_000, 10_000)).toBe("10K+");
  expect(boundedShort(6_411, 10_000)).toBe("6.4K");
});
