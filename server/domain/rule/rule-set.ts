import { z } from "zod";
import { Outcome } from "../outcome.ts";
import { MAX_CONDITION } from "./parse-condition.ts";

export const ruleStatuses = ["active", "monitor", "off"] as const;
/** monitor: hits are recorded and change nothing. */
export const RuleStatus = z.enum(ruleStatuses);
export type RuleStatus = z.infer<typeof RuleStatus>;

/** raise: at least this strict, never milder than the policy said. force: this, whatever the policy said. */
export const RuleEffect = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("raise"), outcome: z.enum(["review", "decline"]) }),
  z.strictObject({ kind: z.literal("force"), outcome: Outcome }),
]);
export type RuleEffect = z.infer<typeof RuleEffect>;

export const Rule = z.strictObject({
  /** stays with the rule through all versions, so that its hits can be counted */
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  name: z.string().trim().min(1, "A rule needs a name").max(80),
  condition: z.string().trim().min(1, "A rule needs a condition").max(MAX_CONDITION),
  effect: RuleEffect,
  status: RuleStatus,
});
export type Rule = z.infer<typeof Rule>;

export const MAX_RULES = 200;

/** Rules in their order: of those that force an outcome the first that hits decides. */
export const RuleSet = z.strictObject({
  rules: z
    .array(Rule)
    .max(MAX_RULES)
    .refine(unique("id"), "Two rules have the same id")
    .refine(unique("name"), "Two rules have the same name"),
});
export type RuleSet = z.infer<typeof RuleSet>;

/** A rule that lets payments through whatever they score. */
export function forcesApproval({ effect, status }: Rule): boolean {
  return status !== "off" && effect.kind === "force" && effect.outcome === "approve";
}

function unique(key: "id" | "name"): (rules: readonly Pick<Rule, "id" | "name">[]) => boolean {
  return (rules) => new Set(rules.map((rule) => rule[key].toLowerCase())).size === rules.length;
}
