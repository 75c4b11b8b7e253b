import { expect, test } from "vitest";
import { availableFamilies, familyOptions, isAvailableFamily, loadModel } from "./families.ts";
import { families } from "./model.ts";

test("available families are listed simplest first, as all families are", () => {
  expect(availableFamilies).toEqual(families.filter((family) => isAvailableFamily(family)));
  expect(availableFamilies).toEqual([
    "rules",
    "isolation_forest",
    "logistic_regression",
    "neural_network",
    "gradient_boosting",
    "ensemble",
  ]);
});

test("a name from outside is a family only if it is one", () => {
  expect(isAvailableFamily("rules")).toBe(true);
  expect(isAvailableFamily("toString")).toBe(false);
});

test("options are the defaults with the changes on top", () => {
  expect(familyOptions("logistic_regression", { l2: 5 })).toEqual({
    ...familyOptions("logistic_regression"),
    l2: 5,
  });
});

test("a model is loaded by its family's own loader, and an unknown family is refused", () => {
  const rules = { family: "rules", version: 1, width: 1, base: -3, terms: [] };
  expect(loadModel("rules", rules).family).toBe("rules");
  expect(() => loadModel("logistic_regression", rules)).toThrow(RangeError);
  expect(() => loadModel("oracle", rules)).toThrow("oracle is unknown");
});
