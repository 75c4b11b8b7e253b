import { expect, test } from "vitest";
import { availableFamilies } from "#ml/models/families.ts";
import { trainDefaults } from "#ml/training/train-options.ts";
import { TrainingOptions, trainOptionsOf } from "./options.ts";

test("left out, every family is trained with seed 1 and the defaults of ml", () => {
  const options = TrainingOptions.parse({});
  expect(options).toMatchObject({ families: availableFamilies, seed: 1 });
  expect(trainOptionsOf(options, trainDefaults.maturityDays)).toEqual(trainDefaults);
});

test("the gap before validation is as long as labels take to mature", () => {
  const options = trainOptionsOf(TrainingOptions.parse({ seed: 9, positiveWeight: 5 }), 12);
  expect(options).toMatchObject({ seed: 9, maturityDays: 12, imbalance: { positiveWeight: 5 } });
  expect(options.split).toEqual({ ...trainDefaults.split, gapDays: 12 });
});

test("methods against imbalance and the search reach the run, and a search is judged on several windows", () => {
  const options = trainOptionsOf(
    TrainingOptions.parse({ imbalanceMethods: ["none", "focal"], search: "on" }),
    trainDefaults.maturityDays,
  );
  const searched = { imbalanceMethods: ["none", "focal"], search: "on", folds: 3 };
  expect(options).toEqual({ ...trainDefaults, ...searched });
});

test.each([
  ["no family", { families: [] }],
  ["an unknown family", { families: ["oracle"] }],
  ["a seed that is not whole", { seed: 1.5 }],
  ["a weight of nothing", { positiveWeight: 0 }],
  ["no way to treat rare frauds", { imbalanceMethods: [] }],
  ["an unknown way to treat rare frauds", { imbalanceMethods: ["prayer"] }],
  ["an ensemble of one", { families: ["ensemble", "gradient_boosting"] }],
  ["an unknown option", { speed: 11 }],
])("%s is refused", (_, input) => {
  expect(TrainingOptions.safeParse(input).success).toBe(false);
});
