import { expect, test } from "vitest";
import { differences, readable } from "./differences.ts";

test("a field that changed shows both, one that stayed is left out", () => {
  expect(differences({ status: "open", version: 1 }, { status: "closed", version: 1 })).toEqual([
    { name: "status", before: "open", after: "closed" },
  ]);
});

test("what is new has no before, and what is gone has no after", () => {
  expect(differences(null, { label: "fraud" })).toEqual([{ name: "label", before: null, after: "fraud" }]);
  expect(differences({ note: "x" }, { note: null })).toEqual([{ name: "note", before: "x", after: null }]);
});

test("nested fields go by their path, lists are shown whole", () => {
  expect(
    differences({ cost: { fee: 1, rate: 2 } }, { cost: { fee: 3, rate: 2 }, scopes: ["score"] }),
  ).toEqual([
    { name: "cost.fee", before: "1", after: "3" },
    { name: "scopes", before: null, after: '["score"]' },
  ]);
});

test("two nothings differ in nothing", () => {
  expect(differences(null, null)).toEqual([]);
  expect(differences({}, undefined)).toEqual([]);
});

test("false and zero are values, not nothing", () => {
  expect(differences({ on: true, n: 0 }, { on: false, n: 1 })).toEqual([
    { name: "on", before: "true", after: "false" },
    { name: "n", before: "0", after: "1" },
  ]);
});

test("ids are shown by their end, times as a person writes them, the rest as it is", () => {
  expect(readable("01a1fb97-7830-7019-89c9-09c2c53b0871")).toBe("…09c2c53b0871");
  expect(readable("2026-11-21T01:33:03.229Z")).toBe("2026-11-21 01:33:03 UTC");
  expect(readable("pay_0067a")).toBe("pay_0067a");
  expect(readable("x".repeat(400))).toHaveLength(301);
});
