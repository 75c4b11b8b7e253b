import { z } from "zod";
import { PendingApproval } from "#server/domain/approval.ts";
import { Outcome } from "#server/domain/outcome.ts";
import { MAX_RULES, Rule } from "#server/domain/rule/rule-set.ts";
import {
  countHits,
  discardDraft,
  proposeRules,
  readRules,
  ruleFeatures,
  saveDraft,
  TestRulesInput,
  testRules,
} from "#server/services/rule/index.ts";
import { permitted, router } from "../trpc.ts";

const RuleSetView = z.object({
  id: z.string(),
  number: z.int(),
  status: z.enum(["draft", "active", "retired"]),
  rules: z.array(Rule).readonly(),
  createdAt: z.string(),
  updatedAt: z.string(),
  activatedAt: z.string().nullable(),
});

const RuleTest = z.object({
  decisions: z.int(),
  leftOut: z.int(),
  changes: z.array(z.object({ from: Outcome, to: Outcome, count: z.int() })).readonly(),
  rules: z.array(z.object({ id: z.string(), hits: z.int(), labelled: z.int(), frauds: z.int() })).readonly(),
});

const Draft = z.object({ draftId: z.string().min(1).max(64), expectedUpdatedAt: z.iso.datetime() });

export const ruleRouter = router({
  inForce: permitted("rule:read")
    .output(
      z.object({
        active: RuleSetView.nullable(),
        draft: RuleSetView.nullable(),
        troubles: z.array(z.string()).readonly(),
      }),
    )
    .query(({ ctx }) => readRules(ctx)),

  features: permitted("rule:read")
    .output(z.array(z.object({ name: z.string(), unit: z.string(), text: z.string() })))
    .query(({ ctx }) => ruleFeatures(ctx)),

  hits: permitted("rule:read")
    .output(z.object({ hits: z.record(z.string(), z.int()), capped: z.boolean() }))
    .query(({ ctx }) => countHits(ctx)),

  test: permitted("rule:read")
    .input(TestRulesInput)
    .output(RuleTest)
    .mutation(({ ctx, input }) => testRules(ctx, input)),

  saveDraft: permitted("rule:write")
    .input(z.object({ rules: z.array(Rule).max(MAX_RULES), expectedUpdatedAt: z.iso.datetime().nullable() }))
    .output(RuleSetView)
    .mutation(({ ctx, input }) => saveDraft(ctx, input)),

  discardDraft: permitted("rule:write")
    .input(Draft)
    .mutation(({ ctx, input }) => discardDraft(ctx, input)),

  activate: permitted("rule:write")
    .input(Draft)
    .output(z.union([RuleSetView, PendingApproval]))
    .mutation(({ ctx, input }) => proposeRules(ctx, input)),
});
