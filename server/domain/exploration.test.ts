import fc from "fast-check";
import { expect, test } from "vitest";
import { drawOf, type ExplorationDraws, explore } from "./exploration.ts";
import { defaultPolicy, type Policy } from "./policy.ts";

const policy = (approveShare: number, declineShare = 0): Policy => ({
  ...defaultPolicy,
  exploration: { ...defaultPolicy.exploration, approveShare, declineShare },
});
const random = (draw: number): ExplorationDraws => ({ random: draw, active: null });

test("an approval below the share goes to review, and its propensity is the share", () => {
  expect(explore("approve", policy(0.1), random(0.0999))).toEqual({
    outcome: "review",
    exploration: "approve_to_review",
    propensity: 0.1,
  });
  expect(explore("approve", policy(0.1), random(0.1))).toEqual({
    outcome: "approve",
    exploration: null,
    propensity: 0.1,
  });
});

test("declines are explored only where the policy says so, and then go to review, never to approval", () => {
  expect(explore("decline", policy(1), random(0))).toEqual({
    outcome: "decline",
    exploration: null,
    propensity: 0,
  });
  expect(explore("decline", policy(0, 0.5), random(0.2))).toEqual({
    outcome: "review",
    exploration: "decline_to_review",
    propensity: 0.5,
  });
});

test("what the policy reviews is reviewed for sure and is no exploration", () => {
  expect(explore("review", policy(1, 1), random(0))).toEqual({
    outcome: "review",
    exploration: null,
    propensity: 1,
  });
});

test("the second draw adds to the first, and the propensity is the chance of either", () => {
  const near = (draw: number, active: number): ExplorationDraws => ({
    random: draw,
    active: { chance: 0.5, draw: active },
  });
  const propensity = expect.closeTo(0.6, 12); // 1 - 0.8 · 0.5
  const explored = (draws: ExplorationDraws) => explore("approve", policy(0.2), draws);
  expect(explored(near(0.1, 0.9))).toEqual({
    outcome: "review",
    exploration: "approve_to_review",
    propensity,
  });
  expect(explored(near(0.1, 0.1))).toEqual({
    outcome: "review",
    exploration: "approve_to_review",
    propensity,
  });
  expect(explored(near(0.3, 0.1))).toEqual({ outcome: "review", exploration: "active_learning", propensity });
  expect(explored(near(0.3, 0.9))).toEqual({ outcome: "approve", exploration: null, propensity });
});

test("a disagreement is a chance of its own, of approvals and of declines, and never of what is reviewed anyway", () => {
  const disagreed = (draw: number): ExplorationDraws => ({
    random: 0.99,
    active: null,
    disagreement: { chance: 0.5, draw },
  });
  expect(explore("approve", policy(0.2), disagreed(0.4))).toEqual({
    outcome: "review",
    exploration: "disagreement",
    propensity: expect.closeTo(0.6, 12),
  });
  expect(explore("decline", policy(0, 0.2), disagreed(0.4))).toMatchObject({
    outcome: "review",
    exploration: "decline_to_review",
    propensity: expect.closeTo(0.6, 12),
  });
  expect(explore("decline", policy(0), disagreed(0.6))).toMatchObject({
    outcome: "decline",
    propensity: 0.5,
  });
  expect(explore("review", policy(0), disagreed(0))).toMatchObject({ exploration: null, propensity: 1 });
});

test("a share of nothing explores nothing, a share of all explores all", () => {
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(fc.property(draw, (d) => explore("approve", policy(0), random(d)).outcome === "approve"));
  fc.assert(fc.property(draw, (d) => explore("approve", policy(1), random(d)).outcome === "review"));
});

test("a draw lies in [0, 1) and is the same for the same id", () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      const draw = drawOf(id);
      return draw >= 0 && draw < 1 && draw === drawOf(id);
    }),
  );
});

test("draws of ids that follow each other are spread evenly", () => {
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) {
    const bin = Math.floor(drawOf(`pay_${i}`) * 10);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const chiSquare = counts.reduce((sum, n) => sum + (n - 1_000) ** 2 / 1_000, 0);
  expect(chiSquare).toBeLessThan(27.9); // 0.999 quantile, 9 degrees of freedom
});

test("draws for different purposes know nothing of each other", () => {
  const counts = new Array<number>(100).fill(0);
  for (let i = 0; i < 20_000; i++) {
    const cell = Math.floor(drawOf(`pay_${i}`) * 10) * 10 + Math.floor(drawOf(`active pay_${i}`) * 10);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  const chiSquare = counts.reduce((sum, n) => sum + (n - 200) ** 2 / 200, 0);
  expect(chiSquare).toBeLessThan(148.2); // 0.999 quantile, 99 degrees of freedom
});
