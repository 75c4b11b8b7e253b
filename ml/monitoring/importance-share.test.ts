import { expect, test } from "vitest";
import { importanceShares } from "./importance-share.ts";

const worth = (name: string, meanContribution: number | null, gain: number | null) => ({
  name,
  permutation: null,
  meanContribution,
  gain,
});

test("shares sum to one, by contribution where known, else by gain", () => {
  expect([...(importanceShares([worth("a", 3, 1), worth("b", 1, 9)]) ?? [])]).toEqual([
    ["a", 0.75],
    ["b", 0.25],
  ]);
  expect(importanceShares([worth("a", null, 1), worth("b", null, 3)])?.get("b")).toBe(0.75);
});

test("nothing known is null", () => {
  expect(importanceShares([worth("a", null, null)])).toBeNull();
  expect(importanceShares([])).toBeNull();
});
