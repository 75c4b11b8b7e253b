import { z } from "zod";
import { Policy } from "#server/domain/policy.ts";
import { activatePolicy, activePolicy, listPolicies } from "#server/services/policy/index.ts";
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

  activate: permitted("policy:write")
    .input(z.object({ policy: Policy, expectedActiveId: z.string().min(1).max(64).nullable() }))
    .output(PolicyView)
    .mutation(({ ctx, input }) => activatePolicy(ctx, input)),
});
