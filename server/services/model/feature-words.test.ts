import { expect, test } from "vitest";
import { defaultFeatureSet, handbookFeatureSet } from "#ml/features/default-set.ts";
import { aggregates } from "#ml/features/feature-readers.ts";
import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import { formulaOf, hasFormula, windowText } from "./feature-words.ts";

const named = (name: string): FeatureDefinition => {
  const sets = [...defaultFeatureSet.definitions, ...handbookFeatureSet.definitions];
  const definition = sets.find((each) => each.name === name);
  if (definition === undefined) throw new Error(name);
  return definition;
};

test("every aggregate that an engine knows has a formula", () => {
  expect(aggregates().filter((aggregate) => !hasFormula(aggregate))).toEqual([]);
});

test("the payments that count are told with both edges of the window", () => {
  expect(formulaOf(named("customer_count_1h")).where).toBe(
    "S: payments i of the same customer with t − 1 h < tᵢ < t",
  );
  expect(formulaOf(named("CUSTOMER_ID_NB_TX_7DAY_WINDOW")).where).toContain("≤ t, this one included");
  expect(formulaOf(named("TERMINAL_ID_RISK_1DAY_WINDOW")).where).toBe(
    "S: payments i of the same merchant with t − 7 d − 1 d < tᵢ ≤ t − 7 d",
  );
  expect(formulaOf(named("amount"))).toEqual({ formula: "a", where: expect.stringContaining("amount") });
});

test("a window is told by its length, and a feature without one has none", () => {
  expect(windowText(named("merchant_count_7d"))).toBe("7 d");
  expect(windowText(named("amount"))).toBeNull();
});

test("an aggregate of another build is told by its name", () => {
  const unknown = { ...named("customer_count_1h"), aggregate: "longest_gap" };
  expect(formulaOf(unknown).formula).toBe("longest gap of S");
});
