import { z } from "zod";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { readCosts } from "#server/services/cost/index.ts";
import { permitted, router } from "../trpc.ts";

const ReadCostsInput = AnalysisWindow.extend({ currency: z.string().length(3).nullable().default(null) });

export const costRouter = router({
  /** What a window's payments would have cost at every threshold. */
  read: permitted("analytics:read")
    .input(ReadCostsInput)
    .query(({ ctx, input }) => readCosts(ctx, input)),
});
