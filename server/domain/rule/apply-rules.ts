import { type Outcome, outcomes } from "../outcome.ts";
import { compileCondition } from "./compile-condition.ts";
import { ConditionError } from "./condition-error.ts";
import type { Rule, RuleEffect, RuleSet } from "./rule-set.ts";
import type { StoredHit } from "./stored-hit.ts";
import { type Test, TRUE } from "./truth.ts";
import type { RulePayment, RuleVocabulary } from "./vocabulary.ts";

type CompiledRule = {
  readonly test: Test;
  readonly effect: RuleEffect;
  readonly monitored: boolean;
  /** made once, so that a hit allocates nothing */
  readonly hit: StoredHit;
};

export type CompiledRules = {
  readonly rules: readonly CompiledRule[];
  /** rules that read features which are not served, or cannot be compiled at all, with a sentence each */
  readonly troubles: readonly string[];
};

export type Applied = {
  /** what the first rule that forces an outcome says */
  readonly forced: Outcome | null;
  /** the strictest outcome that a rule raises to */
  readonly floor: "review" | "decline" | null;
  readonly hits: readonly StoredHit[];
  /** an active rule could not be evaluated */
  readonly failed: boolean;
};

export const noRules: CompiledRules = { rules: [], troubles: [] };
const nothing: Applied = { forced: null, floor: null, hits: [], failed: false };

/** Compiles what is not off. A rule that cannot be is one that always fails: nobody is approved for its sake. */
export function compileRules({ rules }: RuleSet, vocabulary: RuleVocabulary): CompiledRules {
  const served = new Set(vocabulary.features.map(({ name }) => name));
  const compiled = rules
    .filter(({ status }) => status !== "off")
    .map((rule) => compileRule(rule, vocabulary, served));
  return {
    rules: compiled.map(({ rule }) => rule),
    troubles: compiled.flatMap(({ trouble }) => (trouble === null ? [] : [trouble])),
  };
}

function compileRule(
  { id, name, effect, status, condition }: Rule,
  vocabulary: RuleVocabulary,
  served: ReadonlySet<string>,
): { readonly rule: CompiledRule; readonly trouble: string | null } {
  const monitored = status === "monitor";
  const hit = { id, name, outcome: effect.outcome };
  const shared = { effect, monitored, hit: monitored ? { ...hit, monitored: true as const } : hit };
  try {
    const { test, features } = compileCondition(condition, vocabulary, true);
    const absent = [...features].filter((feature) => !served.has(feature));
    const trouble = `${name} reads ${absent.join(", ")}, which the model in service does not have`;
    return { rule: { ...shared, test }, trouble: absent.length > 0 ? trouble : null };
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    const test = (): never => {
      throw error;
    };
    return { rule: { ...shared, test }, trouble: `${name} cannot be used: ${error.message}` };
  }
}

/**
 * What the rules say of one payment. All are evaluated, so that every hit is recorded; those that watch change
 * nothing. `score` is NaN when the model could not say; `mayApprove` is false then, and no rule can approve.
 */
export function applyRules(
  { rules }: CompiledRules,
  payment: RulePayment,
  scored: { readonly features: Float64Array; readonly score: number; readonly mayApprove: boolean },
): Applied {
  let hits: StoredHit[] | null = null;
  let forced: Outcome | null = null;
  let floor: "review" | "decline" | null = null;
  let failed = false;
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i] as CompiledRule;
    try {
      if (rule.test(payment, scored.features, scored.score) !== TRUE) continue;
    } catch {
      if (!rule.monitored) failed = true;
      continue;
    }
    if (hits === null) hits = [rule.hit];
    else hits.push(rule.hit);
    if (rule.monitored) continue;
    const { effect } = rule;
    if (effect.kind === "raise") {
      if (floor !== "decline") floor = effect.outcome;
    } else if (forced === null && (effect.outcome !== "approve" || scored.mayApprove)) {
      forced = effect.outcome;
    }
  }
  return hits === null && !failed ? nothing : { forced, floor, hits: hits ?? [], failed };
}

/** Whether one outcome is stricter than another. */
export function isStricter(one: Outcome, other: Outcome): boolean {
  return outcomes.indexOf(one) > outcomes.indexOf(other);
}
