import fc from "fast-check";
import { expect, test } from "vitest";
import { binnedDrift } from "./binned-drift.ts";
import { psiFromCounts } from "./population-stability.ts";

test("distances by hand: half of the rows move one bin up", () => {
  const drift = binnedDrift([50, 50, 0], [25, 50, 25]);
  expect(drift?.ks).toBeCloseTo(0.25, 12);
  // Cumulative gaps 0.25 and 0.25; the first two bins hold half of the reference each.
  expect(drift?.wasserstein).toBeCloseTo(0.125 * 0.5 + 0.25 * 0.5, 12);
  expect(drift?.psi).toBe(psiFromCounts([50, 50, 0], [25, 50, 25])?.psi);
});

test("everything to the other end: KS 1, and Jensen-Shannon distance 1", () => {
  expect(binnedDrift([100, 0], [0, 100])).toMatchObject({ ks: 1, jensenShannon: 1, cramersV: 1 });
});

test("equal shares are no drift whatever the sizes, and every distance lies in its range", () => {
  const counts = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 2, max: 9 }), (own, times) => {
      const same = binnedDrift(
        own,
        own.map((count) => count * times),
      );
      expect(same?.ks).toBeCloseTo(0, 9);
      expect(same?.wasserstein).toBeCloseTo(0, 9);
      expect(same?.psi).toBeCloseTo(0, 9);
      const other = binnedDrift(own, own.toReversed());
      expect(other?.ks).toBeLessThanOrEqual(1);
      expect(other?.wasserstein ?? 2).toBeLessThanOrEqual((other?.ks ?? 0) + 1e-12);
    }),
  );
});

test("an empty side has no distance, and other bins are refused", () => {
  expect(binnedDrift([1, 2], [0, 0])).toBeNull();
  expect(() => binnedDrift([1, 2], [1])).toThrow(RangeError);
});
