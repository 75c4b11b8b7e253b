import fc from "fast-check";
import { expect, test } from "vitest";
import { finish } from "../steps.ts";
import { linearModel, linearModelFrom, marginsOf } from "../testing/linear-model.ts";
import { ensembleModel, loadEnsemble } from "./ensemble.ts";

const members = [
  { model: linearModel("rules", -4, [1, 0]), weight: 0.5, offset: -1 },
  { model: linearModel("neural_network", -2, [3, 1]), weight: 2, offset: 0 },
];
const ensemble = ensembleModel(members, 0.25);
const rows = Float64Array.of(1, 2, -3, 0.5);
const loadMember = (_family: string, json: unknown) => linearModelFrom(json);

test("the margin is the intercept and the weighted, corrected margins of the members", () => {
  expect(marginsOf(ensemble, rows)).toEqual([
    0.25 + 0.5 * (-3 - 1) + 2 * 3,
    0.25 + 0.5 * (-7 - 1) + 2 * -10.5,
  ]);
});

test("contributions are the members' own, weighted alike, and sum to the margin with the base", () => {
  const value = fc.double({ min: -5, max: 5, noNaN: true });
  const pair = fc.tuple(value, value);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(pair, fc.double({ min: 0, max: 3, noNaN: true }), value), {
        minLength: 1,
        maxLength: 4,
      }),
      value,
      pair,
      (parts, intercept, row) => {
        const model = ensembleModel(
          parts.map(([weights, weight, offset]) => ({
            model: linearModel("rules", 1, weights),
            weight,
            offset,
          })),
          intercept,
        );
        const shares = new Float64Array(2);
        const base = model.contributions(Float64Array.from(row), shares);
        const [margin = Number.NaN] = marginsOf(model, Float64Array.from(row));
        expect(base + (shares[0] ?? 0) + (shares[1] ?? 0)).toBeCloseTo(margin, 9);
        const first = parts.reduce((sum, [[own], weight]) => sum + weight * own * row[0], 0);
        expect(shares[0]).toBeCloseTo(first, 9);
      },
    ),
  );
});

test("one row scores the same alone and in a batch", () => {
  const [, second] = marginsOf(ensemble, rows);
  expect(marginsOf(ensemble, rows.slice(2))).toEqual([second]);
});

test("written as JSON and read again it scores and writes the same, libraries of all members named", () => {
  const json = JSON.parse(JSON.stringify(ensemble.toJSON()));
  const restored = loadEnsemble(json, loadMember);
  expect(marginsOf(restored, rows)).toEqual(marginsOf(ensemble, rows));
  expect(restored.toJSON()).toEqual(json);
  expect(restored.libraries).toEqual({ rules: "1.0", neural_network: "1.0" });
  expect(restored.family).toBe("ensemble");
});

type Damage = readonly [string, (json: Record<string, unknown>, first: object) => unknown, string];
test.each<Damage>([
  ["nothing at all", () => null, "not an ensemble"],
  ["another family", (json) => ({ ...json, family: "rules" }), "not an ensemble"],
  ["another version", (json) => ({ ...json, version: 2 }), "not an ensemble of version 1"],
  ["no members", (json) => ({ ...json, members: [] }), "at least one member"],
  ["no intercept", (json) => ({ ...json, intercept: undefined }), "intercept"],
  ["a negative weight", (json, first) => ({ ...json, members: [{ ...first, weight: -1 }] }), "weighs rules"],
  ["a weight in words", (json, first) => ({ ...json, members: [{ ...first, weight: "1" }] }), "weighs rules"],
  ["a lost offset", (json, first) => ({ ...json, members: [{ ...first, offset: null }] }), "offset of rules"],
  ["itself as a member", (json) => ({ ...json, members: [json] }), "member of an ensemble"],
])("JSON with %s is refused", (_, damage, words) => {
  const json = ensemble.toJSON() as Record<string, unknown> & { members: [object] };
  expect(() => loadEnsemble(damage(json, json.members[0]), loadMember)).toThrow(words);
});

test("members of other widths do not add up", () => {
  const narrow = { model: linearModel("rules", 0, [1]), weight: 1, offset: 0 };
  expect(() => ensembleModel([...members, narrow], 0)).toThrow("differ in width");
});

test("preparing an ensemble prepares the members that have something to prepare", () => {
  let prepared = 0;
  const slow = {
    ...linearModel("gradient_boosting", 0, [1, 1]),
    *prepare() {
      yield;
      prepared++;
    },
  };
  const steps = ensembleModel([...members, { model: slow, weight: 1, offset: 0 }], 0).prepare?.();
  if (steps !== undefined) finish(steps);
  expect(prepared).toBe(1);
});
