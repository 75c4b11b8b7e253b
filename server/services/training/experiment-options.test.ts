import { expect, test } from "vitest";
import { ExperimentSettings, FamilyChanges } from "./experiment-options.ts";
import { TrainingOptions, trainOptionsOf } from "./options.ts";

test("left out, an experiment tries 27 configurations by average precision in 20 minutes", () => {
  expect(ExperimentSettings.parse({})).toEqual({
    metric: "average_precision",
    trials: 27,
    budgetMinutes: 20,
  });
});

test.each([
  [{ metric: "accuracy" }],
  [{ trials: 0 }],
  [{ trials: 2.5 }],
  [{ budgetMinutes: 0 }],
  [{ budgetMinutes: 301 }],
])("%o is refused", (settings) => {
  expect(ExperimentSettings.safeParse(settings).success).toBe(false);
});

test("options of earlier builds are those of a plain training", () => {
  expect(TrainingOptions.parse({ seed: 3 })).toMatchObject({ experiment: null, familyOptions: {} });
});

test("a family's own options reach its fits; those it has not are refused", () => {
  const options = TrainingOptions.parse({ familyOptions: { gradient_boosting: { maxDepth: 7 } } });
  expect(trainOptionsOf(options, 30).familyOptions).toEqual({ gradient_boosting: { maxDepth: 7 } });
  expect(FamilyChanges.safeParse({ gradient_boosting: { speed: 11 } }).success).toBe(false);
  expect(FamilyChanges.safeParse({ oracle: {} }).success).toBe(false);
});
