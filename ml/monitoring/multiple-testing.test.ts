import fc from "fast-check";
import { expect, test } from "vitest";
import { benjaminiHochberg, bonferroni, holm } from "./multiple-testing.ts";

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));

test("five p-values as R's p.adjust has them", () => {
  const p = [0.01, 0.02, 0.03, 0.04, 0.05];
  expect(bonferroni(p)).toEqual(close([0.05, 0.1, 0.15, 0.2, 0.25]));
  expect(holm(p)).toEqual(close([0.05, 0.08, 0.09, 0.09, 0.09]));
  expect(benjaminiHochberg(p)).toEqual(close([0.05, 0.05, 0.05, 0.05, 0.05]));
});

test("results come back in input order", () => {
  expect(holm([0.5, 0.5, 0.001])).toEqual(close([1, 1, 0.003]));
  expect(benjaminiHochberg([0.5, 0.001])).toEqual(close([0.5, 0.002]));
});

test("no p-values give none, and one is left alone", () => {
  for (const adjust of [bonferroni, holm, benjaminiHochberg]) {
    expect(adjust([])).toEqual([]);
    expect(adjust([0.04])).toEqual([0.04]);
  }
});

test("p <= BH <= Holm <= Bonferroni <= 1, and order is kept", () => {
  const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(probabilities, (p) => {
      const [plain, step, rate] = [bonferroni(p), holm(p), benjaminiHochberg(p)];
      p.forEach((value, i) => {
        expect(rate[i]).toBeGreaterThanOrEqual(value * (1 - 1e-12));
        expect(step[i]).toBeGreaterThanOrEqual((rate[i] ?? 9) * (1 - 1e-12));
        expect(plain[i]).toBeGreaterThanOrEqual((step[i] ?? 9) * (1 - 1e-12));
        p.forEach((other, j) => {
          if (value < other) expect(rate[i]).toBeLessThanOrEqual(rate[j] ?? -9);
        });
      });
      expect(Math.max(...plain)).toBeLessThanOrEqual(1);
    }),
  );
});

test("what is not a p-value is refused", () => {
  expect(() => benjaminiHochberg([1.2])).toThrow(RangeError);
  expect(() => holm([Number.NaN])).toThrow(RangeError);
});
