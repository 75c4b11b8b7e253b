import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { arrivalCurve, type DelayCount } from "./reporting-delay.ts";

const old = (delayDays: number, labels: number): DelayCount => ({ ageDays: 90, delayDays, labels });

test("of payments that are all old enough it is the plain share", () => {
  const shares = arrivalCurve([old(0, 3), old(2, 1)], 4)?.map((place) => place.share);
  expect(shares).toEqual([0.75, 0.75, 1, 1, 1]);
});

test("a triangle by hand: what young payments could not have had yet is made up by older ones", () => {
  // Ages 0, 1, 2. Day 2: 1 of 10 labels of age 2. Day 1: 2 + 3 of 9 + 11 within a day, of ages 1 and 2.
  const counts: DelayCount[] = [
    { ageDays: 2, delayDays: 0, labels: 7 },
    { ageDays: 2, delayDays: 1, labels: 2 },
    { ageDays: 2, delayDays: 2, labels: 1 },
    { ageDays: 1, delayDays: 0, labels: 8 },
    { ageDays: 1, delayDays: 1, labels: 3 },
    { ageDays: 0, delayDays: 0, labels: 20 },
  ];
  const curve = arrivalCurve(counts, 30);
  expect(curve?.map((place) => place.days)).toEqual([0, 1, 2]);
  expect(curve?.[1]?.share).toBeCloseTo(0.9, 12);
  expect(curve?.[0]?.share).toBeCloseTo(0.9 * (1 - 5 / 20), 12);
  // Greenwood: 1/(10·9) for day 2.
  expect(curve?.[1]?.interval.lower).toBeCloseTo(
    0.9 / Math.exp(1.959_963_984_540_054 * Math.sqrt(1 / 90)),
    9,
  );
});

test("it tells the true delays although most payments are too young, where the plain share does not", () => {
  const rng = createRng("delays");
  const counts: DelayCount[] = [];
  for (let ageDays = 0; ageDays <= 60; ageDays++) {
    for (let i = 0; i < 60; i++) {
      const delayDays = Math.floor(-20 * Math.log(1 - rng.next() * (1 - Math.exp(-3)))); // within 60 days
      if (delayDays <= ageDays) counts.push({ ageDays, delayDays, labels: 1 });
    }
  }
  const at10 = (1 - Math.exp(-0.5)) / (1 - Math.exp(-3));
  const tenth = arrivalCurve(counts, 60)?.[9];
  expect(Math.abs((tenth?.share ?? 0) - at10)).toBeLessThan(0.05);
  expect(tenth?.interval.lower).toBeLessThan(at10);
  expect(tenth?.interval.upper).toBeGreaterThan(at10);
  const plain = counts.filter((one) => one.delayDays <= 9).length / counts.length;
  expect(plain - at10).toBeGreaterThan(0.05);
});

test("shares never fall with the days, end at one, and lie in their intervals", () => {
  const count = fc.record({ ageDays: fc.nat(40), delayDays: fc.nat(40), labels: fc.nat(5) });
  fc.assert(
    fc.property(fc.array(count, { maxLength: 60 }), (counts) => {
      const curve = arrivalCurve(counts, 30) ?? [];
      curve.forEach(({ share, interval }, i) => {
        expect(share).toBeGreaterThanOrEqual((curve[i - 1]?.share ?? 0) - 1e-12);
        expect(interval.lower).toBeLessThanOrEqual(share + 1e-12);
        expect(interval.upper).toBeGreaterThanOrEqual(share - 1e-12);
      });
      if (curve.length > 0) expect(curve.at(-1)?.share).toBe(1);
    }),
  );
});

test("no labels, no curve; half a label cannot be counted", () => {
  expect(arrivalCurve([], 30)).toBeNull();
  expect(arrivalCurve([old(3, 0)], 30)).toBeNull();
  expect(() => arrivalCurve([old(3, 0.5)], 30)).toThrow(RangeError);
});
