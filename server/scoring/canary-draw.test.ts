import fc from "fast-check";
import { expect, test } from "vitest";
import { decidesInCanary } from "./canary-draw.ts";

const customers = Array.from({ length: 20_000 }, (_, i) => `cus_${i}`);
const drawn = (seed: number, share: number): Set<string> =>
  new Set(customers.filter((id) => decidesInCanary(id, { seed, share })));

test("a share of customers is drawn, within what chance allows", () => {
  for (const share of [0.001, 0.01, 0.1, 0.5]) {
    const sd = Math.sqrt((share * (1 - share)) / customers.length);
    expect(Math.abs(drawn(7, share).size / customers.length - share)).toBeLessThan(5 * sd);
  }
});

test("whoever is in stays in with a larger share, and another seed draws others", () => {
  const [small, large, other] = [drawn(7, 0.1), drawn(7, 0.3), drawn(8, 0.1)];
  expect([...small].every((id) => large.has(id))).toBe(true);
  const both = [...small].filter((id) => other.has(id)).length;
  expect(both / small.size).toBeLessThan(0.15);
});

test("the draw depends on the customer, the seed and the share alone", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (id, seed, share) => {
      const isIn = decidesInCanary(id, { seed, share });
      expect(decidesInCanary(id, { seed, share })).toBe(isIn);
      expect(decidesInCanary(id, { seed, share: 0 })).toBe(false);
    }),
  );
});
