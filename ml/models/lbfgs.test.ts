import fc from "fast-check";
import { expect, test } from "vitest";
import { minimise } from "./lbfgs.ts";

const options = { maxIterations: 200, tolerance: 1e-9 };

test("the minimum of Rosenbrock's valley is found from its classic start", async () => {
  const valley = (x: Float64Array, gradient: Float64Array): number => {
    const [a = 0, b = 0] = x;
    gradient.set([-400 * a * (b - a * a) - 2 * (1 - a), 200 * (b - a * a)]);
    return 100 * (b - a * a) ** 2 + (1 - a) ** 2;
  };
  const { x, value } = await minimise(valley, Float64Array.of(-1.2, 1), options);
  expect(x[0]).toBeCloseTo(1, 8);
  expect(x[1]).toBeCloseTo(1, 8);
  expect(value).toBeLessThan(1e-15);
});

test("any well-conditioned bowl is solved to its centre", async () => {
  const bowls = fc.array(
    fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.integer({ min: 1, max: 100 })),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  await fc.assert(
    fc.asyncProperty(bowls, async (terms) => {
      const bowl = (x: Float64Array, gradient: Float64Array): number =>
        terms.reduce((sum, [centre, curve], i) => {
          gradient[i] = curve * ((x[i] ?? 0) - centre);
          return sum + (curve / 2) * ((x[i] ?? 0) - centre) ** 2;
        }, 0);
      const { x } = await minimise(bowl, new Float64Array(terms.length), options);
      for (const [i, [centre]] of terms.entries()) expect(x[i]).toBeCloseTo(centre, 6);
    }),
    { numRuns: 50 },
  );
});

test("a start at the minimum takes no step and the start is left as it was", async () => {
  const start = Float64Array.of(0);
  const { iterations } = await minimise(
    (x, g) => {
      g[0] = x[0] ?? 0;
      return (x[0] ?? 0) ** 2 / 2;
    },
    start,
    options,
  );
  expect(iterations).toBe(0);
  expect([...start]).toEqual([0]);
});

test("an error thrown between iterations stops the search", async () => {
  const stopped = minimise(
    (x, g) => {
      g[0] = 4 * ((x[0] ?? 0) - 9) ** 3;
      return ((x[0] ?? 0) - 9) ** 4;
    },
    Float64Array.of(0),
    {
      ...options,
      onIteration: async (iteration) => {
        if (iteration === 2) throw new Error("enough");
      },
    },
  );
  await expect(stopped).rejects.toThrow("enough");
});
