import fc from "fast-check";
import { expect, test } from "vitest";
import { curvePoints } from "./curves.ts";
import { drummondHolteEnvelope } from "./drummond-holte-envelope.ts";

test("a useless score costs what the better trivial classifier costs", () => {
  const envelope = drummondHolteEnvelope([0.5, 0.5, 0.5], [0, 1, 1]);
  expect(envelope?.vertices).toEqual([
    { pc: 0, cost: 0 },
    { pc: 0.5, cost: 0.5 },
    { pc: 1, cost: 0 },
  ]);
  expect(envelope?.area).toBe(0.25);
});

test("a perfect score costs nothing anywhere", () => {
  const envelope = drummondHolteEnvelope([0.1, 0.9], [0, 1]);
  expect(envelope?.area).toBe(0);
  expect(envelope?.vertices).toHaveLength(2);
});

test("an absent class has no envelope", () => {
  expect(drummondHolteEnvelope([0.1, 0.9], [0, 0])).toBeNull();
});

test("the envelope is the least line of all operating points, and its area the integral", () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 30 }), (rows) => {
      const scores = rows.map(([score]) => score);
      const labels = rows.map(([, label]) => label);
      const envelope = drummondHolteEnvelope(scores, labels);
      fc.pre(envelope !== null);
      const points = [{ recall: 0, fpr: 0 }, ...curvePoints(scores, labels)];
      const leastAt = (pc: number): number =>
        Math.min(...points.map(({ recall, fpr }) => (1 - (recall ?? 0) - (fpr ?? 0)) * pc + (fpr ?? 0)));
      let integral = 0;
      for (let step = 0; step < 1000; step++) integral += leastAt((step + 0.5) / 1000) / 1000;
      expect(envelope?.area).toBeCloseTo(integral, 4);
      for (const { pc, cost } of envelope?.vertices ?? []) expect(cost).toBeCloseTo(leastAt(pc), 12);
    }),
  );
});
