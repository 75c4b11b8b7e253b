import { expect, test } from "vitest";
import { familyOptions, memberFamilies } from "./families.ts";
import { DEFAULT_VARIANT, variantsOf } from "./family-variants.ts";

test("variants have names of their own and change options that the family has, to other values", () => {
  for (const family of memberFamilies) {
    const own: Record<string, unknown> = { ...familyOptions(family) };
    const variants = variantsOf(family);
    expect(new Set([DEFAULT_VARIANT, ...variants.map(({ name }) => name)]).size).toBe(variants.length + 1);
    for (const { options } of variants) {
      const changes = Object.entries(options);
      expect(changes.length).toBeGreaterThan(0);
      for (const [name, value] of changes) {
        expect(Object.keys(own)).toContain(name);
        expect(typeof value).toBe(typeof own[name]);
      }
      expect({ ...own, ...options }).not.toEqual(own);
    }
  }
});

test("families that learn few things have nothing to search", () => {
  expect(variantsOf("rules")).toEqual([]);
  expect(variantsOf("gradient_boosting").length).toBeGreaterThan(1);
});
