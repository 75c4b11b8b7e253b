import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

test("keys are sorted at every depth and undefined members left out", () => {
  expect(canonicalJson({ b: [1, { d: null, c: "é\n" }], a: undefined, A: true })).toBe(
    '{"A":true,"b":[1,{"c":"é\\n","d":null}]}',
  );
});

test("what JSON would change silently is refused", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, () => 1, Float64Array.of(1), undefined]) {
    expect(() => canonicalJson({ value: [value] })).toThrow(TypeError);
  }
});

test("any JSON value comes back equal", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 2 }), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
