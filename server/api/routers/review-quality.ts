import { QualityInput } from "#server/domain/review-quality.ts";
import {
  listOverruled,
  readLabelArrival,
  readLearningCurve,
  readReviewQuality,
} from "#server/services/review-quality/index.ts";
import { permitted, router } from "../trpc.ts";

/** Analysts read their own row: the services narrow by who asks. */
const own = permitted("review:own_quality");
const all = permitted("review:quality");

export const reviewQualityRouter = router({
  read: own.input(QualityInput).query(({ ctx, input }) => readReviewQuality(ctx, input)),
  overruled: own.input(QualityInput).query(({ ctx, input }) => listOverruled(ctx, input)),
  labelArrival: all.query(({ ctx }) => readLabelArrival(ctx)),
  learningCurve: all.query(({ ctx }) => readLearningCurve(ctx)),
});
