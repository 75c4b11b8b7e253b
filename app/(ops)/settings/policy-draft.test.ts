import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultPolicy, Policy } from "#server/domain/policy.ts";
import { channels } from "#server/domain/transaction.ts";
import { draftOfPolicy, policyOf } from "./policy-draft.ts";

const draft = draftOfPolicy(defaultPolicy);
const segment = { key: 0, currency: "JPY", channel: "atm", figures: draft.figures };

test("a policy that is drawn up and read back is the same", () => {
  const share = fc.integer({ min: 0, max: 1_000 }).map((n) => n / 1_000);
  const minor = fc.nat(100_000);
  const cost = fc.record({
    lossRate: share,
    chargebackFeeMinor: minor,
    marginRate: share,
    frictionCostMinor: minor,
    reviewCostMinor: minor,
    missRate: share,
    delayCostMinor: minor,
  });
  const segments = fc.uniqueArray(
    fc.record({
      currency: fc.constantFrom("EUR", "JPY", "KWD"),
      channel: fc.constantFrom(...channels, null),
      cost,
    }),
    { selector: ({ currency, channel }) => `${currency} ${channel}`, maxLength: 4 },
  );
  const policy = fc.record({ cost, segments, analysts: fc.integer({ min: 1, max: 30 }), each: fc.nat(90) });
  fc.assert(
    fc.property(policy, ({ each, ...figures }) => {
      const given = Policy.parse({
        ...defaultPolicy,
        ...figures,
        reviewCapacityPerDay: figures.analysts * each,
      });
      expect(policyOf(draftOfPolicy(given)).policy).toEqual(given);
    }),
  );
});

test("analysts times cases is the capacity", () => {
  expect(policyOf({ ...draft, analysts: "3", casesEach: "40" }).policy).toMatchObject({
    analysts: 3,
    reviewCapacityPerDay: 120,
  });
});

test("each field says what is wrong with it", () => {
  const wrong = policyOf({
    ...draft,
    name: " ",
    reviewThreshold: "101",
    analysts: "2.5",
    figures: { ...draft.figures, reviewCostMinor: "4.001", lossRate: "x" },
  });
  expect(wrong.errors).toEqual({
    name: "Give the policy a name",
    reviewThreshold: "A number from 0 to 100",
    analysts: "A whole number from 1 to 1000",
    "figures.reviewCostMinor": "An amount such as 15 or 15.50",
    "figures.lossRate": "A number from 0 to 100",
  });
});

test("a segment's money is of its own currency, and a segment of everything is none", () => {
  const yen = { ...segment, figures: { ...draft.figures, reviewCostMinor: "400" } };
  expect(policyOf({ ...draft, segments: [yen] }).policy?.segments[0]?.cost.reviewCostMinor).toBe(400);
  const everything = { ...segment, currency: "", channel: "" };
  expect(policyOf({ ...draft, segments: [everything] }).errors).toEqual({
    "segments.0.currency": "A currency, a channel, or both",
  });
  const twice = [segment, { ...segment, key: 1 }];
  expect(policyOf({ ...draft, segments: twice }).errors?.form).toContain("once only");
});

test("thresholds that cross are told together", () => {
  const crossed = policyOf({ ...draft, reviewThreshold: "90", declineThreshold: "10" });
  expect(crossed.errors?.form).toContain("must not exceed");
});
