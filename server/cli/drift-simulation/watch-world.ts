import { assessDefaults, assessWindow, type WindowAssessment } from "#ml/monitoring/assess-window.ts";
import { alertDefaults, type DriftAlert, standingAlerts } from "#ml/monitoring/drift-alerts.ts";
import { driftBaseline, pooledSample } from "#ml/monitoring/drift-baseline.ts";
import { windowFacts } from "#ml/monitoring/window-facts.ts";
import type { DriftKind } from "#ml/simulation/drift.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import {
  calendarFeatures,
  sampledWindow,
  type WatchedWindow,
  watchedRows,
} from "#server/services/drift/watched-rows.ts";
import { definitions, simulatedWeeks } from "./simulated-weeks.ts";

export type WatchRequest = {
  readonly seed: number;
  readonly drift: DriftKind | null;
  readonly weeks: number;
};
export type WatchAnswer = WatchRequest & {
  /** alerts that stand at the end of each watched week */
  readonly alerts: readonly (readonly DriftAlert[])[];
};

/** Watches a simulated world from its baseline on, with the code that watches a real one. */
export async function watchWorld({ seed, drift, weeks }: WatchRequest): Promise<WatchAnswer> {
  const { reference, importance, baseline, watched } = await simulatedWeeks(seed, drift, weeks);
  const skip = calendarFeatures(definitions);
  const factsOf = (window: WatchedWindow) => windowFacts(watchedRows(window, defaultPolicy), reference);
  const before = baseline.map(({ window, ...of }) => ({
    ...of,
    facts: factsOf(window),
    sample: sampledWindow(window),
  }));
  const usual = pooledSample(before.map(({ sample }) => sample));
  const known = { reference, baseline: await driftBaseline(reference, before, { skip }) };
  const assessments: WindowAssessment[] = [];
  const alerts: DriftAlert[][] = [];
  for (const window of watched) {
    const samples = { window: sampledWindow(window), usual };
    assessments.push(await assessWindow(factsOf(window), samples, known, { ...assessDefaults, skip }));
    alerts.push(standingAlerts(assessments, { ...alertDefaults, importance }));
  }
  return { seed, drift, weeks, alerts };
}
