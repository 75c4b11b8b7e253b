import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectedCosts } from "./cost.ts";
import { outcomes } from "./outcome.ts";
import { decide, defaultPolicy, Policy, policyFor, type Scoring } from "./policy.ts";

const scored = (score: number): Scoring => ({ status: "scored", score });
const byThresholds: Policy = {
  ...defaultPolicy,
  mode: "thresholds",
  reviewThreshold: 0.2,
  declineThreshold: 0.8,
};

describe("by thresholds", () => {
  test.each([
    [0, "approve"],
    [0.1999, "approve"],
    [0.2, "review"],
    [0.7999, "review"],
    [0.8, "decline"],
    [1, "decline"],
  ] as const)("a score of %d means %s", (score, outcome) => {
    expect(decide(scored(score), 10_000, byThresholds)).toBe(outcome);
  });

  test("equal thresholds leave nothing to review", () => {
    const policy = { ...byThresholds, reviewThreshold: 0.5, declineThreshold: 0.5 };
    expect(decide(scored(0.49), 1, policy)).toBe("approve");
    expect(decide(scored(0.5), 1, policy)).toBe("decline");
  });
});

describe("by cost", () => {
  test("the cheapest outcome is taken, the milder one of equally cheap ones", () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(score, fc.integer({ min: 0, max: 5_000_000 }), (p, amountMinor) => {
        const costs = expectedCosts(p, amountMinor, defaultPolicy.cost);
        const chosen = decide(scored(p), amountMinor, defaultPolicy);
        return outcomes.every((other) =>
          outcomes.indexOf(other) < outcomes.indexOf(chosen)
            ? costs[chosen] < costs[other]
            : costs[chosen] <= costs[other],
        );
      }),
    );
  });

  test("the same score is approved for a small amount and not for a large one", () => {
    expect(decide(scored(0.03), 1_000, defaultPolicy)).toBe("approve");
    expect(decide(scored(0.03), 500_000, defaultPolicy)).toBe("review");
  });
});

describe("what could not be scored goes to review", () => {
  test.each([
    ["a model that is away", { status: "failed", reason: "model_unavailable" } as Scoring],
    ["a missing feature", { status: "failed", reason: "feature_missing" } as Scoring],
    ["a score that is not a number", scored(Number.NaN)],
    ["a score above one", scored(1.0001)],
    ["a negative score", scored(-0.0001)],
    ["an infinite score", scored(Number.POSITIVE_INFINITY)],
  ])("%s", (_name, scoring) => {
    expect(decide(scoring, 1, defaultPolicy)).toBe("review");
    expect(decide(scoring, 1, byThresholds)).toBe("review");
  });
});

test("the starting policy is valid", () => {
  expect(Policy.parse(defaultPolicy)).toEqual(defaultPolicy);
});

test("a policy stored before the active slice and masking existed reads as one without the slice", () => {
  const { approveShare, declineShare } = defaultPolicy.exploration;
  const stored = { ...defaultPolicy, exploration: { approveShare, declineShare } };
  expect(Policy.parse(stored).exploration).toEqual({
    approveShare,
    declineShare,
    activeShare: 0,
    disagreementShare: 0,
    maskedShare: 0.05,
  });
});

test("a review threshold above the decline threshold is refused", () => {
  const wrong = { ...defaultPolicy, reviewThreshold: 0.9, declineThreshold: 0.1 };
  expect(Policy.safeParse(wrong).success).toBe(false);
});

describe("by segment", () => {
  const dear = { ...defaultPolicy.cost, chargebackFeeMinor: 90_000 };
  const cheap = { ...defaultPolicy.cost, chargebackFeeMinor: 0 };
  const other = { ...defaultPolicy.cost, reviewCostMinor: 7 };
  const policy: Policy = {
    ...defaultPolicy,
    segments: [
      { currency: "USD", channel: null, cost: dear },
      { currency: null, channel: "atm", cost: cheap },
      { currency: "USD", channel: "ecommerce", cost: other },
    ],
  };

  test.each([
    ["USD", "ecommerce", other],
    ["USD", "atm", dear],
    ["USD", null, dear],
    ["EUR", "atm", cheap],
    ["EUR", "ecommerce", defaultPolicy.cost],
    ["EUR", undefined, defaultPolicy.cost],
  ])("a payment in %s by %s is judged by the figures of the closest segment", (currency, channel, cost) => {
    expect(policyFor(policy, { currency, ...(channel === undefined ? {} : { channel }) }).cost).toBe(cost);
  });

  test("without segments the policy is the one that was given, untouched", () => {
    expect(policyFor(defaultPolicy, { currency: "EUR", channel: "atm" })).toBe(defaultPolicy);
  });

  test("a policy stored before there were segments still parses, with none", () => {
    const { segments: _, analysts: __, ...older } = defaultPolicy;
    expect(Policy.parse(older)).toEqual(defaultPolicy);
  });

  test("a segment of everything and a segment named twice are refused", () => {
    const everything = { ...defaultPolicy, segments: [{ currency: null, channel: null, cost: dear }] };
    const twice = {
      ...policy,
      segments: [...policy.segments, { currency: "USD", channel: null, cost: cheap }],
    };
    expect(Policy.safeParse(everything).success).toBe(false);
    expect(Policy.safeParse(twice).success).toBe(false);
  });
});
