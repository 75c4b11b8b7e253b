import { expect, test } from "vitest";
import { defaultPolicy } from "../policy.ts";
import { applyRules, compileRules } from "./apply-rules.ts";
import { forcesApproval, type Rule, RuleSet } from "./rule-set.ts";
import { settleOutcome } from "./settle-outcome.ts";
import type { RulePayment } from "./vocabulary.ts";

const payment: RulePayment = {
  amountMinor: 1_000,
  currency: "EUR",
  customerId: "cus_1",
  merchantId: "mer_1",
  cardToken: null,
  deviceId: null,
  ip: null,
  merchantCategory: null,
  channel: null,
  country: null,
  latitude: null,
  longitude: null,
  attributes: {},
};
const scored = { features: new Float64Array(0), score: 0.5, mayApprove: true };
const hits = "score < 1";

function rule(name: string, effect: Rule["effect"], over: Partial<Rule> = {}): Rule {
  return { id: name, name, condition: hits, effect, status: "active", ...over };
}
const raise = (name: string, outcome: "review" | "decline", over?: Partial<Rule>): Rule =>
  rule(name, { kind: "raise", outcome }, over);
const force = (name: string, outcome: "approve" | "review" | "decline", over?: Partial<Rule>): Rule =>
  rule(name, { kind: "force", outcome }, over);
const apply = (rules: Rule[], how = scored) =>
  applyRules(compileRules({ rules }, { features: [] }), payment, how);

test("the first rule that forces decides, the strictest that raises counts, and every hit is kept in order", () => {
  const applied = apply([
    raise("a", "review"),
    force("b", "approve"),
    raise("c", "decline"),
    force("d", "decline"),
  ]);
  expect(applied).toMatchObject({ forced: "approve", floor: "decline", failed: false });
  expect(applied.hits.map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
  expect(apply([raise("c", "decline"), raise("a", "review")]).floor).toBe("decline");
});

test("a rule that is off is not looked at, and one that watches only leaves its mark", () => {
  const applied = apply([
    force("off", "decline", { status: "off" }),
    force("watch", "decline", { status: "monitor" }),
  ]);
  expect(applied).toEqual({
    forced: null,
    floor: null,
    hits: [{ id: "watch", name: "watch", outcome: "decline", monitored: true }],
    failed: false,
  });
});

test("where nothing may approve, a rule that would is passed over for the next", () => {
  const rules = [force("yes", "approve"), force("no", "decline")];
  expect(apply(rules, { ...scored, mayApprove: false }).forced).toBe("decline");
});

test("a rule that cannot be compiled fails every payment if it is active, and none if it watches", () => {
  const broken = { condition: "score >" };
  expect(apply([raise("a", "review", broken)]).failed).toBe(true);
  expect(apply([raise("a", "review", { ...broken, status: "monitor" })]).failed).toBe(false);
  const { troubles } = compileRules({ rules: [raise("a", "review", broken)] }, { features: [] });
  expect(troubles).toEqual([expect.stringContaining("a cannot be used: Expected a value")]);
});

test("rules that hit nothing allocate nothing: the answer is the same object", () => {
  const none = { condition: "score > 1" };
  expect(apply([raise("a", "review", none)])).toBe(apply([force("b", "decline", none)]));
});

test("a set has one rule of each id and name, and tells a rule that lets payments through", () => {
  const set = (...rules: Rule[]) => RuleSet.safeParse({ rules }).success;
  expect(set(raise("a", "review"), raise("b", "review"))).toBe(true);
  expect(set(raise("a", "review"), raise("a", "decline", { id: "other" }))).toBe(false);
  expect(set(raise("a", "review"), raise("b", "decline", { id: "a" }))).toBe(false);
  expect(
    RuleSet.safeParse({ rules: [rule("a", { kind: "raise", outcome: "approve" } as never)] }).success,
  ).toBe(false);
  expect(
    [force("a", "approve"), force("a", "approve", { status: "off" }), force("a", "review")].map(
      forcesApproval,
    ),
  ).toEqual([true, false, false]);
});

const policy = {
  ...defaultPolicy,
  exploration: { ...defaultPolicy.exploration, approveShare: 0.5, declineShare: 0.25 },
};
const outcomes = ["approve", "review", "decline"] as const;
type Given = Partial<Parameters<typeof settleOutcome>[0]> & { readonly draw?: number };
const settle = ({ draw = 0, ...given }: Given) =>
  settleOutcome({
    policyOutcome: "approve",
    scored: true,
    listed: null,
    applied: { forced: null, floor: null, hits: [], failed: false },
    policy,
    draws: { random: draw, active: null },
    ...given,
  });

test("raising never makes the outcome milder than the policy and exploration would have it", () => {
  const strictness = (outcome: (typeof outcomes)[number]) => outcomes.indexOf(outcome);
  for (const policyOutcome of outcomes) {
    for (const floor of ["review", "decline"] as const) {
      for (const draw of [0, 0.99]) {
        const raised = settle({
          policyOutcome,
          draw,
          applied: { forced: null, floor, hits: [], failed: false },
        });
        expect(strictness(raised.outcome)).toBeGreaterThanOrEqual(strictness(floor));
        expect(raised.propensity).toBe(
          raised.decidedBy === "rule" || floor === "decline"
            ? Number(raised.outcome === "review")
            : settle({ policyOutcome, draw }).propensity,
        );
      }
    }
  }
});

test("propensity is the chance of a review before the draw: the share explored, or what a rule made certain", () => {
  expect(settle({})).toMatchObject({ outcome: "review", propensity: 0.5, exploration: "approve_to_review" });
  expect(settle({ draw: 0.9 })).toMatchObject({ outcome: "approve", propensity: 0.5 });
  expect(settle({ listed: "block" })).toMatchObject({ outcome: "decline", propensity: 0, exploration: null });
  expect(settle({ listed: "allow" })).toMatchObject({ outcome: "approve", propensity: 0, exploration: null });
  for (const forced of outcomes) {
    const settled = settle({ applied: { forced, floor: null, hits: [], failed: false } });
    expect(settled).toMatchObject({
      outcome: forced,
      propensity: forced === "review" ? 1 : 0,
      decidedBy: "rule",
    });
  }
});
