import { progressBar } from "#server/cli/progress-bar.ts";
import { createAlerting } from "#server/jobs/alerts.ts";
import { createBlockBuilder } from "#server/services/analysis/index.ts";
import { updateDrift } from "#server/services/drift/index.ts";
import { countLabelDelays } from "#server/services/label/index.ts";
import { createDecisionAggregator } from "#server/services/monitoring/index.ts";
import { updateCohorts } from "#server/services/performance/index.ts";
import type { PagesFill } from "./fill-pages.ts";

const BATCH = 40_000;

/** The worker's own jobs, once each, until nothing is left to do. */
export async function runJobs({ db, pool, at }: PagesFill): Promise<void> {
  const now = (): Date => at;
  const jobs: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["counts by day", () => untilDone(createDecisionAggregator({ db, pool, now, batch: BATCH }))],
    ["analysis blocks", () => untilDone(createBlockBuilder({ pool, now, batch: BATCH }))],
    ["performance by week", () => untilNothing(() => updateCohorts({ db, now }))],
    ["delays of labels", () => countLabelDelays(db, at)],
    ["drift", () => updateDrift({ db, pool, now })],
    ["alerts", () => createAlerting(db, now).tick()],
  ];
  for (const [name, work] of jobs) {
    const startedMs = performance.now();
    const bar = progressBar({ label: `Job: ${name}`, total: null });
    await work();
    bar.finish(`Job: ${name} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  }
}

/** Jobs that follow decisions trail by a call. */
async function untilDone({ tick }: { readonly tick: () => Promise<number> }): Promise<void> {
  await tick();
  await untilNothing(tick);
}

async function untilNothing(work: () => Promise<number>): Promise<void> {
  while ((await work()) > 0);
}
