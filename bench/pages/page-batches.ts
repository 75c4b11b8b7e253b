import { AT_STAKE } from "#app/(ops)/_overview/at-stake-count.ts";
import { listInput as alertsInput } from "#app/(ops)/alerts/search-params.ts";
import { listInput as approvalsInput } from "#app/(ops)/approvals/search-params.ts";
import { auditInput, loadAuditParams } from "#app/(ops)/audit/search-params.ts";
import { filterOf, loadQueueParams, listInput as queueInput } from "#app/(ops)/queue/search-params.ts";
import { loadQualityParams, qualityInput } from "#app/(ops)/review-quality/search-params.ts";
import { listInput as transactionsInput } from "#app/(ops)/transactions/list-input.ts";
import { loadTransactionParams } from "#app/(ops)/transactions/search-params.ts";
import { analysisBatches } from "./analysis-batches.ts";
import { type Api, type Batch, batch, type PageBatches, plain } from "./batch.ts";

/** Asked by the frame around every page. */
export const frameBatch: Batch = {
  name: "frame",
  ask: (api) => [api.alert.count.query(), api.approval.toAnswer.query()],
};

const RUNS = 20;

/** What each page of the rail asks for when it is opened, and its tabs when they are; by the page's address. */
export async function pageBatches(api: Api): Promise<PageBatches> {
  return { ...(await deskBatches()), ...(await analysisBatches(api)), ...(await settingsBatches()) };
}

async function deskBatches(): Promise<PageBatches> {
  const queue = await loadQueueParams(plain);
  const transactions = transactionsInput(await loadTransactionParams(plain));
  const quality = qualityInput(await loadQualityParams(plain));
  return {
    "/": [
      batch(
        "opened",
        (a) => a.overview.now.query(),
        (a) => a.case.list.query({ limit: AT_STAKE }),
      ),
    ],
    "/queue": [
      batch(
        "opened",
        (a) => a.case.list.query(queueInput(queue)),
        (a) => a.case.counts.query(filterOf(queue)),
        (a) => a.queue.list.query(),
        (a) => a.case.people.query(),
        (a) => a.savedView.list.query(),
      ),
    ],
    "/transactions": [
      batch("opened", (a) => a.transaction.list.query(transactions)),
      batch("one outcome", (a) => a.transaction.list.query({ outcome: "decline" })),
      batch("nothing matches", (a) => a.transaction.list.query({ currency: "JPY" })),
      batch("a merchant's", (a) => a.transaction.list.query({ search: "mer_7" })),
    ],
    "/second-reviews": [batch("opened", (a) => a.secondReview.desk.query())],
    "/review-quality": [
      batch("opened", (a) => a.reviewQuality.read.query(quality)),
      batch(
        "then",
        (a) => a.reviewQuality.overruled.query(quality),
        (a) => a.reviewQuality.labelArrival.query(),
        (a) => a.reviewQuality.learningCurve.query(),
      ),
    ],
  };
}

async function settingsBatches(): Promise<PageBatches> {
  const audit = auditInput(await loadAuditParams(plain));
  return {
    "/models": [
      batch(
        "opened",
        (a) => a.model.list.query(),
        (a) => a.training.current.query(),
        (a) => a.training.list.query({ limit: RUNS }),
        (a) => a.model.breaches.query(),
      ),
    ],
    "/rules": [
      batch(
        "opened",
        (a) => a.rule.inForce.query(),
        (a) => a.rule.hits.query(),
      ),
    ],
    "/alerts": [
      batch("opened", (a) => a.alert.list.query(alertsInput("open"))),
      batch("resolved", (a) => a.alert.list.query(alertsInput("resolved"))),
      batch("rules", (a) => a.alert.rules.query()),
    ],
    "/approvals": [
      batch("opened", (a) => a.approval.list.query(approvalsInput("pending"))),
      batch("answered", (a) => a.approval.list.query(approvalsInput("answered"))),
    ],
    "/audit": [batch("opened", (a) => a.audit.list.query(audit))],
    "/settings": [batch("opened", (a) => a.policy.active.query())],
  };
}
