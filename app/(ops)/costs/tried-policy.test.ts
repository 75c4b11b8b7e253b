import { expect, test } from "vitest";
import { defaultPolicy, Policy } from "#server/domain/policy.ts";
import { isTried, nothingTried, triedPolicy } from "./tried-policy.ts";

test("with nothing tried it is the policy in force", () => {
  expect(triedPolicy(defaultPolicy, nothingTried)).toEqual(defaultPolicy);
  expect(isTried(nothingTried)).toBe(false);
  expect(isTried({ ...nothingTried, analysts: 0 })).toBe(true);
});

test("one analyst fewer takes one share of the capacity", () => {
  const fewer = triedPolicy(defaultPolicy, { ...nothingTried, analysts: defaultPolicy.analysts - 1 });
  expect(fewer).toMatchObject({ analysts: 3, reviewCapacityPerDay: 150 });
  expect(triedPolicy(defaultPolicy, { ...nothingTried, analysts: 0 }).reviewCapacityPerDay).toBe(0);
});

test("whatever a link says, the policy that is tried is one", () => {
  const odd = { by: "thresholds", review: 7, decline: -1, analysts: 1_000_000 } as const;
  const policy = triedPolicy(defaultPolicy, odd);
  expect(Policy.safeParse(policy).success).toBe(true);
  expect(policy).toMatchObject({ mode: "thresholds", reviewThreshold: 1, declineThreshold: 1 });
});
