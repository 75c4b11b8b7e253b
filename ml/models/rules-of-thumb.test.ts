import { expect, test } from "vitest";
import { type RuleSubject, rules } from "./rules-of-thumb.ts";

const applying = (subject: Partial<RuleSubject>): string[] =>
  rules
    .filter((rule) =>
      rule.appliesTo({
        name: "f",
        entity: "customer",
        aggregate: "x",
        window: null,
        unit: "number",
        ...subject,
      }),
    )
    .map((rule) => rule.id);

test("each rule finds its features by what they measure", () => {
  expect(applying({ aggregate: "labelled_fraud_rate", unit: "ratio" })).toEqual([
    "recent fraud at this party",
  ]);
  expect(applying({ aggregate: "amount", unit: "minor" })).toEqual(["among the largest payments"]);
  expect(applying({ aggregate: "amount_to_mean", unit: "ratio" })).toEqual(["far above the usual amount"]);
  expect(applying({ aggregate: "count", unit: "count", window: "1h" })).toEqual(["burst of payments"]);
  expect(applying({ aggregate: "speed_from_last", unit: "km_per_hour" })).toEqual(["impossible travel"]);
  expect(applying({ aggregate: "seen_country", unit: "flag" })).toEqual(["never seen together before"]);
  expect(applying({ aggregate: "hour", unit: "hours" })).toEqual(["at night"]);
});

test("a mean amount, a long count and an attribute break no rule", () => {
  expect(applying({ aggregate: "mean", unit: "minor" })).toEqual([]);
  expect(applying({ aggregate: "count", unit: "count", window: "30d" })).toEqual([]);
  expect(applying({ aggregate: "attribute" })).toEqual([]);
});
