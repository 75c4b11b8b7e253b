import { expect, test } from "vitest";
import { defaultPolicy } from "#server/domain/policy.ts";
import { changedPolicy } from "./policy-changes.ts";

test("only what differs is shown, in words and numbers", () => {
  const after = {
    ...defaultPolicy,
    reviewThreshold: 0.25,
    cost: { ...defaultPolicy.cost, reviewCostMinor: 550 },
  };
  expect(changedPolicy(defaultPolicy, after)).toEqual([
    { name: "Review from", before: "10.00 %", after: "25.00 %" },
    { name: "Cost of a review", before: "4.00", after: "5.50" },
  ]);
});

test("every number of a policy is among what is compared", () => {
  const moved = JSON.parse(
    JSON.stringify(defaultPolicy, (_, value) => (typeof value === "number" ? value + 1 : value)),
  );
  const numbers = JSON.stringify(defaultPolicy).match(/:[\d.]+/g) ?? [];
  expect(changedPolicy(defaultPolicy, moved)).toHaveLength(numbers.length);
});

test("of a segment only what differs from the policy's own figures is told, in its currency", () => {
  const cost = { ...defaultPolicy.cost, reviewCostMinor: 650, missRate: 0.2 };
  const segments = [
    { currency: "JPY", channel: null, cost },
    { currency: null, channel: "card_present" as const, cost: defaultPolicy.cost },
  ];
  expect(changedPolicy(defaultPolicy, { ...defaultPolicy, segments })).toEqual([
    {
      name: "Figures of their own",
      before: "none",
      after:
        "JPY, any channel: review 650, missed in review 20.00 %; any currency, card present: as the policy's",
    },
  ]);
});
