import { z } from "zod";
import { PendingApproval } from "#server/domain/approval.ts";
import { ModelStatus } from "#server/domain/model-version.ts";
import {
  DescribeFeatureSetInput,
  describeFeatureSet,
  type FeatureSetView,
  families,
  listModels,
  ModelCardView,
  type ModelDetail,
  modelById,
  modelCard,
  PromoteInput,
  proposePromotion,
  rollbackModel,
  startShadow,
  stopShadow,
  type VersionDetail,
  VersionDetailInput,
  versionDetail,
} from "#server/services/model/index.ts";
import { Breach, listBreaches } from "#server/services/promotion/list-breaches.ts";
import { permitted, router } from "../trpc.ts";

const Interval = z.object({ lower: z.number(), upper: z.number() });

const ModelView = z.object({
  id: z.string(),
  number: z.int(),
  status: ModelStatus,
  family: z.enum(families),
  featureSetName: z.string(),
  featureSetVersion: z.string(),
  artifactHash: z.string(),
  createdAt: z.string(),
  trainedFrom: z.string(),
  trainedTo: z.string(),
  promotedAt: z.string().nullable(),
  retiredAt: z.string().nullable(),
  trainingRunId: z.string().nullable(),
});

const ModelSummary = ModelView.extend({
  averagePrecision: z.number().nullable(),
  averagePrecisionInterval: Interval.nullable(),
  rocAuc: z.number().nullable(),
});

/** The report was checked when it was stored; it goes out as it is. */
const ModelDetailOutput = z.custom<ModelDetail>();

/** Made of an artefact that was checked against its hash; it goes out as it is. */
const FeatureSetOutput = z.custom<FeatureSetView>();
const VersionOutput = z.custom<VersionDetail>();

const VersionId = z.object({ versionId: z.string().min(1).max(64) });

export const modelRouter = router({
  list: permitted("model:read")
    .output(z.array(ModelSummary))
    .query(({ ctx }) => listModels(ctx)),

  byId: permitted("model:read")
    .input(VersionId)
    .output(ModelDetailOutput)
    .query(({ ctx, input }) => modelById(ctx, input)),

  byNumber: permitted("model:read")
    .input(VersionDetailInput)
    .output(VersionOutput)
    .query(({ ctx, input }) => versionDetail(ctx, input)),

  /** What somebody who answers for a version has to know of it, as data and as Markdown. */
  card: permitted("model:read")
    .input(VersionDetailInput)
    .output(ModelCardView)
    .query(({ ctx, input }) => modelCard(ctx, input)),

  featureSet: permitted("model:read")
    .input(DescribeFeatureSetInput)
    .output(FeatureSetOutput)
    .query(({ ctx, input }) => describeFeatureSet(ctx, input)),

  promote: permitted("model:promote")
    .input(PromoteInput)
    .output(z.union([ModelView, PendingApproval]))
    .mutation(({ ctx, input }) => proposePromotion(ctx, input)),

  rollback: permitted("model:promote")
    .output(ModelView)
    .mutation(({ ctx }) => rollbackModel(ctx)),

  /** Live guardrails that champions broke. */
  breaches: permitted("model:read")
    .output(z.array(Breach))
    .query(({ ctx }) => listBreaches(ctx)),

  startShadow: permitted("model:promote")
    .input(VersionId)
    .output(ModelView)
    .mutation(({ ctx, input }) => startShadow(ctx, input)),

  stopShadow: permitted("model:promote")
    .input(VersionId)
    .output(ModelView)
    .mutation(({ ctx, input }) => stopShadow(ctx, input)),
});
