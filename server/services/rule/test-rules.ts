import { z } from "zod";
import type { Database } from "#server/db/client.ts";
import { drawsOf } from "#server/domain/active-learning.ts";
import { ListEffect, ListKind } from "#server/domain/list/list-entry.ts";
import { changedLists, emptyLists, findListed, type Lists } from "#server/domain/list/lists.ts";
import { type Outcome, outcomes } from "#server/domain/outcome.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { decide, defaultPolicy, type Policy, policyFor } from "#server/domain/policy.ts";
import { applyRules, type CompiledRules, compileRules } from "#server/domain/rule/apply-rules.ts";
import { MAX_RULES, Rule } from "#server/domain/rule/rule-set.ts";
import { settleOutcome } from "#server/domain/rule/settle-outcome.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { findActivePolicy } from "#server/services/policy/index.ts";
import { checkRules } from "./check-rules.ts";
import { type RecentDecision, recentDecisions } from "./recent-decisions.ts";
import { ruleSetView } from "./view.ts";
import { servedFeatureSet } from "./vocabulary.ts";

export const TestRulesInput = z.strictObject({
  rules: z.array(Rule).max(MAX_RULES),
  /** how many of the newest decisions to look at */
  last: z.int().min(1).max(5_000),
});

export type RuleTest = {
  /** decisions looked at; those scored with other features than today's are left out */
  readonly decisions: number;
  readonly leftOut: number;
  /** how many would be decided otherwise than by the rules in force, from what to what */
  readonly changes: readonly { readonly from: Outcome; readonly to: Outcome; readonly count: number }[];
  readonly rules: readonly {
    readonly id: string;
    readonly hits: number;
    /** hits whose label is known, and those of them that are fraud */
    readonly labelled: number;
    readonly frauds: number;
  }[];
};

/** Entries of lists that a test takes into account. */
const MOST_ENTRIES = 20_000;

/**
 * What rules would have done with the newest decisions, beside what those in force would: with today's policy and
 * lists, and the features as they were served.
 * @throws ServiceError "forbidden" or "invalid"
 */
export async function testRules(
  ctx: ServiceContext,
  input: z.infer<typeof TestRulesInput>,
): Promise<RuleTest> {
  requirePermission(ctx.actor, "rule:read");
  const { db } = ctx;
  const tried = await checkRules(db, { rules: input.rules });
  const featureSet = await servedFeatureSet(db);
  const vocabulary = { features: featureSet.definitions };
  const active = await db.ruleSetVersion.findFirst({ where: { status: "active" } });
  const inForce = { rules: [...(active === null ? [] : ruleSetView(active).rules)] };
  const all = await recentDecisions(db, input.last);
  const decisions = all.filter(({ featureSetVersion }) => featureSetVersion === featureSet.version);
  const setting = {
    policy: (await findActivePolicy(db))?.policy ?? defaultPolicy,
    lists: await currentLists(db),
  };
  const compiled = compileRules(tried, vocabulary);
  const [before, after] = [
    outcomesBy(compileRules(inForce, vocabulary), setting),
    outcomesBy(compiled, setting),
  ];
  return {
    decisions: decisions.length,
    leftOut: all.length - decisions.length,
    changes: changesOf(decisions.map((decision) => [before(decision), after(decision)])),
    rules: hitsOf(compiled, decisions),
  };
}

type Setting = { readonly policy: Policy; readonly lists: Lists };

function outcomesBy(
  rules: CompiledRules,
  { policy: whole, lists }: Setting,
): (of: RecentDecision) => Outcome {
  return ({ id, payment, features, score, scoredAtMs }) => {
    const scored = score >= 0 && score <= 1;
    const scoring = scored
      ? { status: "scored" as const, score }
      : { status: "failed" as const, reason: "model_unavailable" as const };
    const policy = policyFor(whole, payment);
    const policyOutcome = decide(scoring, payment.amountMinor, policy);
    return settleOutcome({
      policyOutcome,
      scored,
      listed: findListed(lists, payment, scoredAtMs)?.list ?? null,
      applied: applyRules(rules, payment, { features, score, mayApprove: scored }),
      policy,
      draws: drawsOf({ id, amountMinor: payment.amountMinor, score }, policyOutcome, policy),
    }).outcome;
  };
}

function changesOf(pairs: readonly (readonly [Outcome, Outcome])[]): RuleTest["changes"] {
  return outcomes.flatMap((from) =>
    outcomes.flatMap((to) => {
      const count = pairs.filter(([was, is]) => was === from && is === to).length;
      return from === to || count === 0 ? [] : [{ from, to, count }];
    }),
  );
}

function hitsOf(compiled: CompiledRules, decisions: readonly RecentDecision[]): RuleTest["rules"] {
  const counts = new Map(
    compiled.rules.map(({ hit: { id } }) => [id, { id, hits: 0, labelled: 0, frauds: 0 }]),
  );
  for (const { payment, features, score, isFraud } of decisions) {
    for (const { id } of applyRules(compiled, payment, { features, score, mayApprove: true }).hits) {
      const count = counts.get(id);
      if (count === undefined) continue;
      count.hits++;
      if (isFraud !== null) count.labelled++;
      if (isFraud === true) count.frauds++;
    }
  }
  return [...counts.values()];
}

async function currentLists(db: Database): Promise<Lists> {
  const entries = await db.listEntry.findMany({
    where: { removedAt: null },
    orderBy: { addedRevision: "desc" },
    take: MOST_ENTRIES,
  });
  return changedLists(
    emptyLists,
    entries.map(({ id, list, kind, value, expiresAt }) => ({
      id,
      list: ListEffect.parse(list),
      kind: ListKind.parse(kind),
      value,
      expiresAtMs: expiresAt?.getTime() ?? null,
      removed: false,
    })),
  );
}
