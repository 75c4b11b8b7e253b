import { expect, test } from "vitest";
import { bounded, queueReading } from "./queue-reading.ts";

const euros = { currency: "EUR", expectedLossMinor: 4_120_000 };
const base = { limit: 10_000, open: 214, mine: 3, atStake: [euros] };

test("the line says how many wait, what is at stake, and how many are mine", () => {
  expect(queueReading(base)).toBe("214 cases wait · €41,200.00 expected loss · 3 are yours");
});

test("one case is one case", () => {
  expect(queueReading({ ...base, open: 1, mine: 1 })).toBe(
    "1 case waits · €41,200.00 expected loss · 1 is yours",
  );
});

test("other currencies are counted, never added to the first", () => {
  const yen = { currency: "JPY", expectedLossMinor: 90_000_000 };
  expect(queueReading({ ...base, atStake: [euros, yen] })).toContain(
    "€41,200.00 expected loss and 1 other currency",
  );
});

test("beyond the bound a count says so, and the sum is left out", () => {
  expect(queueReading({ ...base, open: 10_000, mine: 0, atStake: null })).toBe(
    "10,000+ cases wait · none is yours",
  );
  expect(bounded(9_999, 10_000)).toBe("9,999");
});

test("an empty queue says that nothing waits", () => {
  expect(queueReading({ ...base, open: 0, atStake: [] })).toBe("Nothing waits for review");
});
