import { z } from "zod";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { readCertainty, readCosts, readModelCosts, readSegmentCosts } from "#server/services/cost/index.ts";
import { permitted, router } from "../trpc.ts";

const ReadCostsInput = AnalysisWindow.extend({ currency: z.string().length(3).nullable().default(null) });

export const costRouter = router({
  /** What a window's payments would have cost at every threshold. */
  read: permitted("analytics:read")
    .input(ReadCostsInput)
    .query(({ ctx, input }) => readCosts(ctx, input)),

  /** How sure the curve and the ways to treat the payments are. */
  certainty: permitted("analytics:read")
    .input(ReadCostsInput)
    .query(({ ctx, input }) => readCertainty(ctx, input)),

  /** Cost curves of the models, on the same payments. */
  models: permitted("analytics:read")
    .input(ReadCostsInput)
    .query(({ ctx, input }) => readModelCosts(ctx, input)),

  /** What the decisions as served cost by currency and by channel. */
  segments: permitted("analytics:read")
    .input(ReadCostsInput)
    .query(({ ctx, input }) => readSegmentCosts(ctx, input)),
});
