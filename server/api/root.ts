import { alertRouter } from "./routers/alert.ts";
import { apiKeyRouter } from "./routers/api-key.ts";
import { approvalRouter } from "./routers/approval.ts";
import { auditRouter } from "./routers/audit.ts";
import { canaryRouter } from "./routers/canary.ts";
import { caseRouter } from "./routers/case.ts";
import { costRouter } from "./routers/cost.ts";
import { driftRouter } from "./routers/drift.ts";
import { experimentRouter } from "./routers/experiment.ts";
import { labelRouter } from "./routers/label.ts";
import { listRouter } from "./routers/list.ts";
import { modelRouter } from "./routers/model.ts";
import { overviewRouter } from "./routers/overview.ts";
import { performanceRouter } from "./routers/performance.ts";
import { policyRouter } from "./routers/policy.ts";
import { queueRouter } from "./routers/queue.ts";
import { reviewQualityRouter } from "./routers/review-quality.ts";
import { reviewSettingsRouter } from "./routers/review-settings.ts";
import { ruleRouter } from "./routers/rule.ts";
import { savedViewRouter } from "./routers/saved-view.ts";
import { secondReviewRouter } from "./routers/second-review.ts";
import { sessionRouter } from "./routers/session.ts";
import { trainingRouter } from "./routers/training.ts";
import { transactionRouter } from "./routers/transaction.ts";
import { userRouter } from "./routers/user.ts";
import { webhookRouter } from "./routers/webhook.ts";
import { createCallerFactory, router } from "./trpc.ts";

/** The one router, for the browser and for typed clients. */
export const appRouter = router({
  alert: alertRouter,
  apiKey: apiKeyRouter,
  approval: approvalRouter,
  audit: auditRouter,
  canary: canaryRouter,
  case: caseRouter,
  cost: costRouter,
  drift: driftRouter,
  experiment: experimentRouter,
  label: labelRouter,
  list: listRouter,
  overview: overviewRouter,
  model: modelRouter,
  performance: performanceRouter,
  policy: policyRouter,
  queue: queueRouter,
  reviewQuality: reviewQualityRouter,
  reviewSettings: reviewSettingsRouter,
  rule: ruleRouter,
  secondReview: secondReviewRouter,
  savedView: savedViewRouter,
  session: sessionRouter,
  training: trainingRouter,
  transaction: transactionRouter,
  user: userRouter,
  webhook: webhookRouter,
});
export type AppRouter = typeof appRouter;

/** Calls procedures in process, as tests and server components do. */
export const createCaller = createCallerFactory(appRouter);
