import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import {
  type GroupCount,
  sequentialDifference,
  sequentialInterval,
  sequentialReach,
  sequentialShare,
} from "./sequential-share.ts";

test("the reach of the confidence sequence, computed by hand", () => {
  // alpha 0.05: -2 ln 0.05 = 5.9915, rho² = (5.9915 + ln 6.9915) / 2000 = 0.003968, at 2,000 payments t·rho² = 7.936
  // reach = sqrt(2 · 8.936 · ln(sqrt(8.936) / 0.05) / 7.936)
  expect(sequentialReach(2_000, 0.05)).toBeCloseTo(3.0357, 3);
  expect(sequentialReach(0, 0.05)).toBe(Number.POSITIVE_INFINITY);
  expect(() => sequentialReach(10, 0)).toThrow(RangeError);
});

test("it reaches further than one look would, and further for fewer or surer", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e7 }), (n) => {
      expect(sequentialReach(n, 0.05)).toBeGreaterThan(1.96);
      expect(sequentialReach(n, 0.01)).toBeGreaterThan(sequentialReach(n, 0.05));
    }),
  );
});

test("nothing counted is null, and no hit so far is not certainty", () => {
  expect(sequentialShare([])).toEqual({ hits: 0, total: 0, share: null, variance: 0 });
  expect(sequentialInterval(sequentialShare([]), 0.05)).toBeNull();
  const none = sequentialShare([
    { hits: 0, total: 500 },
    { hits: 0, total: 500 },
  ]);
  expect(none.share).toBe(0);
  expect(sequentialInterval(none, 0.05)?.upper).toBeGreaterThan(0.002);
});

test("customers who all do the same weigh as one, not as their payments", () => {
  const scattered = Array.from({ length: 50 }, (_, i) => ({ hits: i % 2 === 0 ? 1 : 0, total: 10 }));
  const lumped = Array.from({ length: 50 }, (_, i) => ({ hits: i < 3 ? (i === 0 ? 5 : 10) : 0, total: 10 }));
  expect(sequentialShare(scattered).share).toBe(sequentialShare(lumped).share);
  expect(sequentialShare(lumped).variance).toBeGreaterThan(2 * sequentialShare(scattered).variance);
});

/** Two arms alike, looked at forty times; whether any look finds a difference. */
function everDiffers(seed: number, alpha: number): boolean {
  const rng = createRng(`arms ${seed}`);
  const arms: { hits: number; total: number }[][] = [0, 1].map(() =>
    Array.from({ length: 60 }, () => ({ hits: 0, total: 0 })),
  );
  // Every customer has a habit of their own, so payments of one are not independent.
  const habits = arms.map((groups) => groups.map(() => (rng.next() < 0.3 ? 0.25 : 0.03)));
  for (let look = 0; look < 40; look++) {
    for (const [a, groups] of arms.entries())
      for (const [g, group] of groups.entries())
        for (let payment = 0; payment < 3; payment++) {
          group.total++;
          if (rng.next() < (habits[a]?.[g] ?? 0)) group.hits++;
        }
    const [one, two] = arms.map((groups) => sequentialShare(groups as GroupCount[]));
    if (one === undefined || two === undefined) throw new Error("two arms");
    const interval = sequentialDifference(one, two, { alpha });
    if (look > 0 && interval !== null && (interval.lower > 0 || interval.upper < 0)) return true;
  }
  return false;
}

test("two equal arms looked at forty times differ at any of them in no more than their share", () => {
  const worlds = 150;
  const differs = Array.from({ length: worlds }, (_, seed) => everDiffers(seed, 0.05)).filter(Boolean).length;
  expect(differs / worlds).toBeLessThanOrEqual(0.05);
});
