import type { TRPCClient } from "@trpc/client";
import { AT_STAKE } from "#app/(ops)/_overview/at-stake-count.ts";
import { listInput as alertsInput } from "#app/(ops)/alerts/search-params.ts";
import { listInput as approvalsInput } from "#app/(ops)/approvals/search-params.ts";
import { auditInput, loadAuditParams } from "#app/(ops)/audit/search-params.ts";
import { costsInput, loadCostsParams } from "#app/(ops)/costs/search-params.ts";
import { loadDriftParams } from "#app/(ops)/drift/search-params.ts";
import { loadPerformanceParams, windowInput } from "#app/(ops)/performance/search-params.ts";
import { filterOf, loadQueueParams, listInput as queueInput } from "#app/(ops)/queue/search-params.ts";
import { loadQualityParams, qualityInput } from "#app/(ops)/review-quality/search-params.ts";
import { listInput as transactionsInput } from "#app/(ops)/transactions/list-input.ts";
import { loadTransactionParams } from "#app/(ops)/transactions/search-params.ts";
import type { AppRouter } from "#server/api/root.ts";

export type Api = TRPCClient<AppRouter>;

/** What a page asks for at one moment: the calls made within go in one request. */
export type Batch = { readonly name: string; readonly ask: (api: Api) => readonly Promise<unknown>[] };

/** Asked by the frame around every page. */
export const frameBatch: Batch = {
  name: "frame",
  ask: (api) => [api.alert.count.query(), api.approval.toAnswer.query()],
};

/** No page's address says more than its path. */
const plain = Promise.resolve({});
const THRESHOLD = 0.5;
const RUNS = 20;

/**
 * What each page of the rail asks for when it is opened, and its tabs when they are; by the page's address.
 * @throws Error where a page of analysis has nothing to show, so that nothing is measured of it
 */
export async function pageBatches(api: Api): Promise<Readonly<Record<string, readonly Batch[]>>> {
  const policy = await api.policy.active.query();
  const costsParams = await loadCostsParams(plain);
  const costs = await api.cost.read.query(costsInput(costsParams));
  const window = windowInput(await loadPerformanceParams(plain));
  const [queue, transactions, audit, quality, { weeks, week }] = await Promise.all([
    loadQueueParams(plain),
    loadTransactionParams(plain),
    loadAuditParams(plain),
    loadQualityParams(plain),
    loadDriftParams(plain),
  ]);
  if (costs.status !== "read") throw new Error(`The costs page shows nothing: ${costs.status}.`);
  const { currency } = costs;
  await requireShown(api, { window, weeks, week });
  const one = (name: string, ...asks: ((api: Api) => Promise<unknown>)[]): Batch => ({
    name,
    ask: (with_) => asks.map((each) => each(with_)),
  });
  return {
    "/": [
      one(
        "opened",
        (a) => a.overview.now.query(),
        (a) => a.case.list.query({ limit: AT_STAKE }),
      ),
    ],
    "/queue": [
      one(
        "opened",
        (a) => a.case.list.query(queueInput(queue)),
        (a) => a.case.counts.query(filterOf(queue)),
        (a) => a.queue.list.query(),
        (a) => a.case.people.query(),
        (a) => a.savedView.list.query(),
      ),
    ],
    "/transactions": [one("opened", (a) => a.transaction.list.query(transactionsInput(transactions)))],
    "/performance": [
      one("opened", (a) => a.performance.read.query(window)),
      one(
        "curves",
        (a) => a.performance.bands.query(window),
        (a) => a.performance.cardPrecision.query({ ...window, k: null }),
      ),
      one("over time", (a) => a.performance.overTime.query({ ...window, threshold: THRESHOLD })),
      one("segments", (a) => a.performance.segments.query({ ...window, threshold: THRESHOLD })),
      one("calibration", (a) => a.performance.calibration.query(window)),
    ],
    "/second-reviews": [one("opened", (a) => a.secondReview.desk.query())],
    "/review-quality": [
      one("opened", (a) => a.reviewQuality.read.query(qualityInput(quality))),
      one(
        "then",
        (a) => a.reviewQuality.overruled.query(qualityInput(quality)),
        (a) => a.reviewQuality.labelArrival.query(),
        (a) => a.reviewQuality.learningCurve.query(),
      ),
    ],
    "/costs": [
      one("opened", (a) => a.cost.read.query(costsInput(costsParams))),
      one("simulator", (a) => a.policy.simulate.query({ window, currency, policy: policy.policy })),
    ],
    "/drift": [one("opened", (a) => a.drift.read.query({ weeks, week }))],
    "/models": [
      one(
        "opened",
        (a) => a.model.list.query(),
        (a) => a.training.current.query(),
        (a) => a.training.list.query({ limit: RUNS }),
        (a) => a.model.breaches.query(),
      ),
    ],
    "/rules": [
      one(
        "opened",
        (a) => a.rule.inForce.query(),
        (a) => a.rule.hits.query(),
      ),
    ],
    "/alerts": [
      one("opened", (a) => a.alert.list.query(alertsInput("open"))),
      one("resolved", (a) => a.alert.list.query(alertsInput("resolved"))),
      one("rules", (a) => a.alert.rules.query()),
    ],
    "/approvals": [
      one("opened", (a) => a.approval.list.query(approvalsInput("pending"))),
      one("answered", (a) => a.approval.list.query(approvalsInput("answered"))),
    ],
    "/audit": [one("opened", (a) => a.audit.list.query(auditInput(audit)))],
    "/settings": [one("opened", (a) => a.policy.active.query())],
  };
}

type Shown = {
  readonly window: ReturnType<typeof windowInput>;
  readonly weeks: number;
  readonly week: string | null;
};

async function requireShown(api: Api, { window, ...weeks }: Shown): Promise<void> {
  const [performance, drift] = await Promise.all([
    api.performance.read.query(window),
    api.drift.read.query(weeks),
  ]);
  if (performance.status !== "read")
    throw new Error(`The performance page shows nothing: ${performance.status}.`);
  if (drift.status !== "read") throw new Error(`The drift page shows nothing: ${drift.status}.`);
}
