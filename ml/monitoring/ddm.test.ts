import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { ddm } from "./ddm.ts";

const options = { warmStart: 30, warning: 2, drift: 3 };

function bitsOf(lengths: readonly number[], rates: readonly number[], seed: number): number[] {
  const rng = createRng(seed);
  return lengths.flatMap((length, part) =>
    Array.from({ length }, () => (rng.next() < (rates[part] ?? 0) ? 1 : 0)),
  );
}

test("a step in the error rate is a drift soon after it, with a warning before", () => {
  const events = ddm(bitsOf([500, 300], [0.1, 0.5], 1), options);
  const drift = events.findIndex(({ event }) => event === "drift");
  expect(events[drift]?.index).toBeGreaterThan(500);
  expect(events[drift]?.index).toBeLessThan(570);
  expect(events[drift - 1]?.event).toBe("warning");
});

test("nothing happens within the warm start", () => {
  const zeros = new Array<number>(29).fill(0);
  expect(ddm([...zeros, 1], options)).toEqual([]);
});

test("a first error after a clean warm start is a drift at once and not a warning too", () => {
  const clean = new Array<number>(40).fill(0);
  expect(ddm([...clean, 1], options)).toEqual([{ index: 40, event: "drift" }]);
});

test("a drift resets the statistics, so another warm start follows", () => {
  const clean = new Array<number>(40).fill(0);
  expect(ddm([...clean, 1, ...clean.slice(0, 20), 1], options)).toHaveLength(1);
});

test("a lasting warning is reported once", () => {
  const events = ddm(bitsOf([300, 40], [0.2, 0.4], 7), { ...options, drift: 1000 });
  const indices = events.map(({ index }) => index);
  expect(events.every(({ event }) => event === "warning")).toBe(true);
  expect(indices.some((index, i) => i > 0 && index === (indices[i - 1] ?? -9) + 1)).toBe(false);
});

test("an empty stream has no event", () => {
  expect(ddm([], options)).toEqual([]);
});
