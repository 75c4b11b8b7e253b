import { costsInput, loadCostsParams } from "#app/(ops)/costs/search-params.ts";
import { loadDriftParams } from "#app/(ops)/drift/search-params.ts";
import { loadPerformanceParams, windowInput } from "#app/(ops)/performance/search-params.ts";
import { type Api, type Batch, batch, type PageBatches, plain } from "./batch.ts";

const THRESHOLD = 0.5;
const YEAR = 52;
const CHECKS = 100;

/**
 * The pages of analysis, which read windows of two years: as they open, their tabs, and the longest window.
 * @throws Error where one of them has nothing to show, so that nothing is measured of it
 */
export async function analysisBatches(api: Api): Promise<PageBatches> {
  const { weeks, week } = await loadDriftParams(plain);
  const drift = await api.drift.read.query({ weeks, week });
  if (drift.status !== "read") throw new Error(`The drift page shows nothing: ${drift.status}.`);
  return {
    "/performance": await performanceBatches(api),
    "/costs": await costBatches(api),
    "/drift": [
      batch("opened", (a) => a.drift.read.query({ weeks, week })),
      batch("a year", (a) => a.drift.read.query({ weeks: YEAR, week })),
      batch("a feature", (a) => a.drift.feature.query({ feature: "amount", weeks: YEAR })),
      batch("data served", (a) => a.drift.served.query({})),
    ],
  };
}

async function performanceBatches(api: Api): Promise<readonly Batch[]> {
  const window = windowInput(await loadPerformanceParams(plain));
  const shown = await api.performance.read.query(window);
  if (shown.status !== "read") throw new Error(`The performance page shows nothing: ${shown.status}.`);
  const at = { ...window, threshold: THRESHOLD };
  return [
    batch("opened", (a) => a.performance.read.query(window)),
    batch("90 days", (a) => a.performance.read.query({ ...window, preset: "90" })),
    batch("bands", (a) => a.performance.bands.query(window)),
    batch("cards by day", (a) => a.performance.cardPrecision.query({ ...window, k: CHECKS })),
    batch("over time", (a) => a.performance.overTime.query(at)),
    batch("by week", (a) =>
      a.performance.cohorts.query({ version: "all", threshold: THRESHOLD, weeks: YEAR }),
    ),
    batch("segments", (a) => a.performance.segments.query(at)),
    batch("calibration", (a) => a.performance.calibration.query(window)),
  ];
}

async function costBatches(api: Api): Promise<readonly Batch[]> {
  const input = costsInput(await loadCostsParams(plain));
  const shown = await api.cost.read.query(input);
  if (shown.status !== "read") throw new Error(`The costs page shows nothing: ${shown.status}.`);
  const { policy } = await api.policy.active.query();
  const { currency: _, ...window } = input;
  const longest = { ...window, preset: "90" as const };
  const { currency } = shown;
  return [
    batch("opened", (a) => a.cost.read.query(input)),
    batch("90 days", (a) => a.cost.read.query({ ...longest, currency })),
    batch("certainty", (a) => a.cost.certainty.query(input)),
    batch("models", (a) => a.cost.models.query(input)),
    batch("segments", (a) => a.cost.segments.query(input)),
    batch("simulator", (a) => a.policy.simulate.query({ window, currency, policy })),
    batch("simulator, 90 days", (a) => a.policy.simulate.query({ window: longest, currency, policy })),
  ];
}
