import fc from "fast-check";
import { expect, test } from "vitest";
import { baggedModel, isBagged, loadBagged } from "./bagging.ts";
import { finish } from "./steps.ts";
import { linearModel, linearModelFrom, marginsOf } from "./testing/linear-model.ts";

const members = [linearModel("rules", -4, [1, 0]), linearModel("rules", -2, [3, 1])];
const bag = baggedModel(members);
const rows = Float64Array.of(1, 2, -3, 0.5, 0, 0);

test("the margin is the mean of the members' margins", () => {
  expect(marginsOf(bag, rows)).toEqual([0, -8.75, -3]);
  expect(marginsOf(bag, rows.slice(0, 2))).toEqual([0]);
});

test("contributions and base are means too, and sum to the margin", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 3, maxLength: 3 }),
      (weights, values) => {
        const model = baggedModel(weights.map((each, m) => linearModel("rules", m, each)));
        const shares = new Float64Array(3);
        const base = model.contributions(Float64Array.from(values), shares);
        const sum = shares.reduce((total, share) => total + share, base);
        expect(sum).toBeCloseTo(marginsOf(model, Float64Array.from(values))[0] ?? Number.NaN, 9);
      },
    ),
  );
});

test("rows scored together score as alone, whatever was scored before", () => {
  const together = marginsOf(bag, rows);
  const alone = [0, 1, 2].map((row) => marginsOf(bag, rows.slice(2 * row, 2 * row + 2))[0]);
  expect(alone).toEqual(together);
});

test("a bag written as JSON and read again scores the same and writes the same", () => {
  const json = JSON.parse(JSON.stringify(bag.toJSON()));
  expect(isBagged(json)).toBe(true);
  const restored = loadBagged(json, "rules", linearModelFrom);
  expect(marginsOf(restored, rows)).toEqual(marginsOf(bag, rows));
  expect(restored.toJSON()).toEqual(json);
  expect(restored.libraries).toEqual({ rules: "1.0" });
});

test("gains add up where all members have them, and preparing a bag prepares every member", () => {
  const prepared: string[] = [];
  const split = (name: string, gain: number[]) => ({
    ...linearModel("gradient_boosting", 0, [1, 1]),
    gain,
    *prepare() {
      yield;
      prepared.push(name);
    },
  });
  const forest = baggedModel([split("a", [1, 2]), split("b", [0, 3])]);
  const steps = forest.prepare?.();
  if (steps !== undefined) finish(steps);
  expect(forest.gain).toEqual([1, 5]);
  expect(prepared).toEqual(["a", "b"]);
  expect(bag.gain).toBeUndefined();
});

test("only a bag's JSON counts as one", () => {
  for (const json of [null, 7, "bagging", members[0]?.toJSON()]) expect(isBagged(json)).toBe(false);
});

test("damaged JSON, strangers among the members and an empty bag are refused in words", () => {
  const json = bag.toJSON() as object;
  expect(() => loadBagged({ ...json, bagging: 2 }, "rules", linearModelFrom)).toThrow("not a bagged rules");
  expect(() => loadBagged({ ...json, members: "two" }, "rules", linearModelFrom)).toThrow(RangeError);
  expect(() => loadBagged(json, "gradient_boosting", linearModelFrom)).toThrow(
    "not a bagged gradient_boosting",
  );
  expect(() => loadBagged({ ...json, members: [] }, "rules", linearModelFrom)).toThrow("at least one member");
  expect(() => baggedModel([...members, linearModel("rules", 0, [1])])).toThrow("differ in family or width");
  expect(() => baggedModel([...members, linearModel("ensemble", 0, [1, 1])])).toThrow(
    "differ in family or width",
  );
});
