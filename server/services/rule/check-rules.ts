import type { Database, Tx } from "#server/db/client.ts";
import type { Actor } from "#server/domain/actor.ts";
import { findCardData } from "#server/domain/card-number.ts";
import { hasPermission } from "#server/domain/permission.ts";
import { conditionProblem } from "#server/domain/rule/compile-condition.ts";
import { forcesApproval, type Rule, RuleSet } from "#server/domain/rule/rule-set.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { servedFeatureSet } from "./vocabulary.ts";

/**
 * Rules that may be saved: well formed, without card numbers, and each condition makes sense for the features that
 * serve. @throws ServiceError "invalid" with the first rule that is not so, and where
 */
export async function checkRules(tx: Database | Tx, input: unknown): Promise<RuleSet> {
  const parsed = RuleSet.safeParse(input);
  if (!parsed.success)
    throw new ServiceError("invalid", parsed.error.issues[0]?.message ?? "Not a rule set.");
  if (findCardData(parsed.data).length > 0) {
    throw new ServiceError("invalid", "A rule holds what looks like a card number; compare tokens instead.");
  }
  const vocabulary = { features: (await servedFeatureSet(tx)).definitions };
  for (const { name, condition } of parsed.data.rules) {
    const problem = conditionProblem(condition, vocabulary);
    if (problem === null) continue;
    const place = `line ${problem.line}, column ${problem.column}`;
    throw new ServiceError("invalid", `${name}, ${place}: ${problem.message}`);
  }
  return parsed.data;
}

/**
 * Letting payments through whatever they score needs a permission of its own; what is in force already needs none to
 * be kept as it is. @throws ServiceError "forbidden"
 */
export function requireApprovalRight(actor: Actor, before: readonly Rule[], after: readonly Rule[]): void {
  if (hasPermission(actor, "rule:force_approve")) return;
  const kept = new Set(before.filter(forcesApproval).map(({ id, condition }) => `${id} ${condition}`));
  const fresh = after.find((rule) => forcesApproval(rule) && !kept.has(`${rule.id} ${rule.condition}`));
  if (fresh === undefined) return;
  throw new ServiceError(
    "forbidden",
    `${fresh.name} approves payments whatever they score; that needs the permission rule:force_approve.`,
  );
}
