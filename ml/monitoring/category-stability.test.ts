import { expect, test } from "vitest";
import { psiCategorical } from "./category-stability.ts";

test("categories are the union, missing first, the others by code unit", () => {
  const result = psiCategorical(["grocery", null, "Travel"], ["fuel", null, "Travel"]);
  expect(result?.categories).toEqual([null, "Travel", "fuel", "grocery"]);
  expect(result?.referenceCounts).toEqual([1, 1, 0, 1]);
  expect(result?.currentCounts).toEqual([1, 1, 1, 0]);
  expect(result?.unseenCategories).toEqual(["fuel"]);
  expect(result?.vanishedCategories).toEqual(["grocery"]);
});

test("an unseen and a vanished category give the published PSI", () => {
  const reference = [...new Array<string>(40).fill("grocery"), ...new Array<string>(10).fill("travel")];
  const current = [...new Array<string>(20).fill("grocery"), ...new Array<string>(5).fill("fuel")];
  expect(psiCategorical(reference, current)?.psi).toBeCloseTo(3.038_840_803_324_925, 12);
});

test("the same mix in another size and order is stable", () => {
  expect(psiCategorical(["a", "b", null], ["b", null, "a", "a", null, "b"])?.psi).toBe(0);
});

test("the name of an object's own property is an ordinary category", () => {
  expect(psiCategorical(["__proto__"], ["constructor"])?.unseenCategories).toEqual(["constructor"]);
});

test("an empty side gives null", () => {
  expect(psiCategorical(["a"], [])).toBeNull();
  expect(psiCategorical([], ["a"])).toBeNull();
});
