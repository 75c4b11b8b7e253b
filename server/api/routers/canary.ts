import { z } from "zod";
import { PendingApproval } from "#server/domain/approval.ts";
import {
  Agreement,
  CanaryDetail,
  CanaryOfVersion,
  CanaryView,
  DisagreementPage,
  findRunningCanary,
  ListDisagreementsInput,
  listDisagreements,
  ProposeCanaryInput,
  proposeCanary,
  RunningCanary,
  readAgreement,
  readCanary,
  StopCanaryInput,
  stopCanary,
} from "#server/services/canary/index.ts";
import { permitted, router } from "../trpc.ts";

/** Challengers beside the champion: where they disagree, and deciding for a share of customers. */
export const canaryRouter = router({
  running: permitted("model:read")
    .output(RunningCanary)
    .query(({ ctx }) => findRunningCanary(ctx)),

  ofVersion: permitted("model:read")
    .input(CanaryOfVersion)
    .output(CanaryDetail.nullable())
    .query(({ ctx, input }) => readCanary(ctx, input)),

  agreement: permitted("model:read")
    .input(CanaryOfVersion)
    .output(Agreement)
    .query(({ ctx, input }) => readAgreement(ctx, input)),

  disagreements: permitted("model:read")
    .input(ListDisagreementsInput)
    .output(DisagreementPage)
    .query(({ ctx, input }) => listDisagreements(ctx, input)),

  propose: permitted("model:promote")
    .input(ProposeCanaryInput)
    .output(z.union([CanaryView, PendingApproval]))
    .mutation(({ ctx, input }) => proposeCanary(ctx, input)),

  stop: permitted("model:promote")
    .input(StopCanaryInput)
    .output(CanaryView)
    .mutation(({ ctx, input }) => stopCanary(ctx, input)),
});
