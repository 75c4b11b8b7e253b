import { expect, test } from "vitest";
import {
  availableFamilies,
  familyOptions,
  isAvailableFamily,
  loadModel,
  memberFamilies,
} from "./families.ts";
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

test("bags and ensembles are loaded by the loaders of their members' families", () => {
  const rules = { family: "rules", version: 1, width: 1, base: -3, terms: [] };
  const bag = { family: "rules", bagging: 1, members: [rules, { ...rules, base: -1 }] };
  const member = { family: "rules", weight: 2, offset: 1, model: bag };
  const ensemble = { family: "ensemble", version: 1, intercept: 0, members: [member] };
  const margin = new Float64Array(1);
  loadModel("rules", bag).margins(Float64Array.of(0), 1, margin);
  expect(margin[0]).toBe(-2);
  loadModel("ensemble", ensemble).margins(Float64Array.of(0), 1, margin);
  expect(margin[0]).toBe(2 * (-2 + 1));
  expect(() => loadModel("ensemble", { ...ensemble, members: [{ ...member, family: "oracle" }] })).toThrow(
    "oracle is unknown",
  );
  expect(memberFamilies).toEqual(availableFamilies.filter((family) => family !== "ensemble"));
});
