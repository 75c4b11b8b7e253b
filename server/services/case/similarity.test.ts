import fc from "fast-check";
import { expect, test } from "vitest";
import { type Compared, sharedReasons, similarity } from "./similarity.ts";

const eur = (amountMinor: number, reasons: readonly string[] | null): Compared => ({
  amountMinor,
  currency: "EUR",
  reasons,
});

test("reasons weigh two thirds, the amount one third", () => {
  expect(similarity(eur(999, ["a", "b"]), eur(999, ["a", "b"]))).toBe(1);
  expect(similarity(eur(999, ["a", "b"]), eur(999, ["b", "c"]))).toBeCloseTo((2 / 3 + 1) / 3);
  expect(similarity(eur(999, ["a"]), eur(9_999, ["a"]))).toBeCloseTo(2 / 3);
  expect(similarity(eur(999, ["a"]), { amountMinor: 999, currency: "USD", reasons: ["a"] })).toBeCloseTo(
    2 / 3,
  );
});

test("where reasons may not be looked at, the amount alone decides", () => {
  expect(similarity(eur(999, null), eur(999, ["a"]))).toBe(1);
  expect(similarity(eur(0, null), eur(99_999, ["a"]))).toBe(0);
});

test("two cases without reasons are alike by their amount only", () => {
  expect(similarity(eur(999, []), eur(999, []))).toBeCloseTo(1 / 3);
});

test("it is symmetric and between 0 and 1", () => {
  const compared = fc.record({
    amountMinor: fc.nat(),
    currency: fc.constantFrom("EUR", "USD"),
    reasons: fc.option(fc.array(fc.constantFrom("a", "b", "c"))),
  });
  fc.assert(
    fc.property(compared, compared, (a, b) => {
      const both = similarity(a, b);
      expect(both).toBeCloseTo(similarity(b, a));
      expect(both >= 0 && both <= 1).toBe(true);
    }),
  );
});

test("shared reasons keep the order of the first and are told once", () => {
  expect(sharedReasons(["c", "a", "a"], ["a", "b", "c"])).toEqual(["c", "a"]);
});
