import { z } from "zod";
import { PendingApproval } from "#server/domain/approval.ts";
import { Policy } from "#server/domain/policy.ts";
import {
  ActivatePolicyInput,
  activePolicy,
  DraftChoice,
  discardDraft,
  listPolicies,
  proposePolicy,
  RollBackInput,
  rollBackPolicy,
  SaveDraftInput,
  SimulatePolicyInput,
  saveDraft,
  simulatePolicy,
} from "#server/services/policy/index.ts";
import { permitted, router } from "../trpc.ts";

const PolicyView = z.object({
  id: z.string(),
  number: z.int(),
  status: z.enum(["draft", "active", "retired"]),
  policy: Policy,
  createdAt: z.string(),
  activatedAt: z.string().nullable(),
});

export const policyRouter = router({
  active: permitted("policy:read")
    .output(PolicyView)
    .query(({ ctx }) => activePolicy(ctx)),

  list: permitted("policy:read")
    .output(z.array(PolicyView))
    .query(({ ctx }) => listPolicies(ctx)),

  /** What a policy would have done and cost on a past window, beside the active one. */
  simulate: permitted("analytics:read")
    .input(SimulatePolicyInput)
    .query(({ ctx, input }) => simulatePolicy(ctx, input)),

  activate: permitted("policy:write")
    .input(ActivatePolicyInput)
    .output(z.union([PolicyView, PendingApproval]))
    .mutation(({ ctx, input }) => proposePolicy(ctx, input)),

  saveDraft: permitted("policy:write")
    .input(SaveDraftInput)
    .output(PolicyView)
    .mutation(({ ctx, input }) => saveDraft(ctx, input)),

  discardDraft: permitted("policy:write")
    .input(DraftChoice)
    .mutation(({ ctx, input }) => discardDraft(ctx, input)),

  /** Puts an earlier version in force again, as a new version. */
  rollBack: permitted("policy:write")
    .input(RollBackInput)
    .output(z.union([PolicyView, PendingApproval]))
    .mutation(({ ctx, input }) => rollBackPolicy(ctx, input)),
});
