import {
  giveSecondVerdict,
  readDesk,
  SecondVerdictInput,
  TakeSecondReviewInput,
  takeSecondReview,
} from "#server/services/second-review/index.ts";
import { permitted, router } from "../trpc.ts";

const work = permitted("second_review:work");

export const secondReviewRouter = router({
  desk: work.query(({ ctx }) => readDesk(ctx)),
  take: work.input(TakeSecondReviewInput).mutation(({ ctx, input }) => takeSecondReview(ctx, input)),
  answer: work.input(SecondVerdictInput).mutation(({ ctx, input }) => giveSecondVerdict(ctx, input)),
});
