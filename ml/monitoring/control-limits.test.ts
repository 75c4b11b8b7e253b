import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { controlLimits, reachOf } from "./control-limits.ts";

const options = { scale: "linear", falseAlarms: 0.05, leastChange: 0 } as const;

test("the limits are Student's prediction interval", () => {
  const limits = controlLimits([1, 2, 3, 4, 5], options);
  // t of 4 degrees of freedom at 97.5 %: 2.776445; s² = 2.5.
  const reach = 2.7764451 * Math.sqrt(2.5 * (1 + 1 / 5));
  expect(limits?.centre).toBe(3);
  expect(limits?.upper).toBeCloseTo(3 + reach, 5);
  expect(limits?.lower).toBeCloseTo(3 - reach, 5);
});

test("the next window lies outside as often as said, for 8 windows before and for the mean of 3", () => {
  const rng = createRng("limits");
  const draw = (): number => Math.exp(0.2 * rng.normal());
  let [single, mean] = [0, 0];
  for (let trial = 0; trial < 2_000; trial++) {
    const limits = controlLimits(Array.from({ length: 8 }, draw), { ...options, scale: "log" });
    if (limits === null) throw new Error("no limits");
    const next = draw();
    single += Number(next < limits.lower || next > limits.upper);
    const three = [draw(), draw(), draw()].map((value) => Math.log(value) - limits.mean);
    const shift = three.reduce((sum, value) => sum + value, 0) / 3;
    mean += Number(Math.abs(shift) > reachOf(limits, 0.05, 3));
  }
  expect(Math.abs(single / 2_000 - 0.05)).toBeLessThan(0.015);
  expect(Math.abs(mean / 2_000 - 0.05)).toBeLessThan(0.015);
});

test("rates that vary as independent payments do get normal limits, others keep their own spread", () => {
  const rng = createRng("rates");
  const chance = 0.5 / Math.sqrt(10_000);
  const rates = Array.from({ length: 14 }, () => rng.poisson(40) / 10_000);
  const calm = controlLimits(rates, { ...options, scale: "root", chance });
  expect(calm).toMatchObject({ freedom: null, spread: chance });
  const bursts = rates.map((rate, at) => (at % 3 === 0 ? 4 * rate : rate));
  expect(controlLimits(bursts, { ...options, scale: "root", chance })?.freedom).toBe(13);
});

test("a steady figure still needs the least change, and nulls are left out", () => {
  const limits = controlLimits([2, 2, null, 2, 2], { ...options, scale: "log", leastChange: Math.log(1.5) });
  expect(limits?.upper).toBeCloseTo(3, 12);
  expect(limits?.windows).toBe(4);
  expect(controlLimits([1, null, 2, 3], options)).toBeNull();
  expect(controlLimits([0, 0, 0, 0, 0], { ...options, scale: "logit" })).toBeNull();
});
