import { expect, test } from "vitest";
import { type ParallelAxis, parallelScale } from "./parallel-scale.ts";

const format = (value: number): string => value.toPrecision(2);

test("numbers stand between the smallest and the largest", () => {
  const scale = parallelScale({ key: "x", label: "x", kind: "number", format }, [2, 10, null, 6]);
  expect([2, 6, 10, null, "a"].map(scale.at)).toEqual([0, 0.5, 1, null, null]);
  expect(scale.ticks.map(({ label }) => label)).toEqual(["2.0", "6.0", "10"]);
});

test("logarithms stand evenly by their factor; a zero among them makes the axis even", () => {
  const axis: ParallelAxis = { key: "x", label: "x", kind: "log", format };
  expect(parallelScale(axis, [0.01, 1]).at(0.1)).toBeCloseTo(0.5);
  expect(parallelScale(axis, [0, 1]).at(0.25)).toBe(0.25);
});

test("one value, no value and categories have their places", () => {
  const axis: ParallelAxis = { key: "x", label: "x", kind: "number", format };
  expect(parallelScale(axis, [3, 3]).at(3)).toBe(0.5);
  expect(parallelScale(axis, [null])).toMatchObject({ ticks: [] });
  const letters = parallelScale({ key: "c", label: "c", kind: "category", categories: ["a", "b", "c"] }, []);
  expect(["a", "b", "c", "d", null].map(letters.at)).toEqual([1, 0.5, 0, null, null]);
});
