import { ReviewSettings } from "#server/domain/review-settings.ts";
import {
  ChangeReviewSettingsInput,
  changeReviewSettings,
  getReviewSettings,
} from "#server/services/review-settings/index.ts";
import { permitted, router } from "../trpc.ts";

export const reviewSettingsRouter = router({
  get: permitted("case:read")
    .output(ReviewSettings)
    .query(({ ctx }) => getReviewSettings(ctx)),

  set: permitted("review:settings")
    .input(ChangeReviewSettingsInput)
    .output(ReviewSettings)
    .mutation(({ ctx, input }) => changeReviewSettings(ctx, input)),
});
