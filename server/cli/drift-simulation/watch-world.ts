import { assessDefaults, assessWindow, type WindowAssessment } from "#ml/monitoring/assess-window.ts";
import type { SampledWindow } from "#ml/monitoring/domain-classifier.ts";
import { alertDefaults, type DriftAlert, standingAlerts } from "#ml/monitoring/drift-alerts.ts";
import { type DriftBaseline, driftBaseline, pooledSample } from "#ml/monitoring/drift-baseline.ts";
import { type WindowFacts, windowFacts } from "#ml/monitoring/window-facts.ts";
import type { DriftKind } from "#ml/simulation/drift.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import {
  calendarFeatures,
  sampledWindow,
  type WatchedWindow,
  watchedRows,
} from "#server/services/drift/watched-rows.ts";
import {
  baselineWeeks,
  definitions,
  type Learned,
  learnIn,
  simulatedWorld,
  type World,
  watchedWeeks,
} from "./simulated-weeks.ts";

export type WatchRequest = {
  readonly seed: number;
  readonly drift: DriftKind | null;
  readonly weeks: number;
};
export type WatchAnswer = WatchRequest & {
  /** alerts that stand at the end of each watched week */
  readonly alerts: readonly (readonly DriftAlert[])[];
};

const skip = calendarFeatures(definitions);
const usualOfSeed = new Map<number, Promise<Usual>>();

type Usual = {
  readonly learned: Learned;
  readonly baseline: DriftBaseline;
  readonly usual: SampledWindow;
};

/** Watches a simulated world from its baseline on, with the code that watches a real one. */
export async function watchWorld({ seed, drift, weeks }: WatchRequest): Promise<WatchAnswer> {
  const world = simulatedWorld(seed, drift, weeks);
  // Worlds of one seed are the same until the watch begins, so one of them teaches for all.
  const learning = usualOfSeed.get(seed) ?? learnUsual(world, seed);
  usualOfSeed.set(seed, learning);
  const { learned, baseline, usual } = await learning;
  const { reference, importance } = learned;
  const assessments: WindowAssessment[] = [];
  const alerts: DriftAlert[][] = [];
  for (const window of watchedWeeks(world, learned, weeks)) {
    const samples = { window: sampledWindow(window), usual };
    const options = { ...assessDefaults, skip };
    assessments.push(await assessWindow(factsOf(window, learned), samples, { reference, baseline }, options));
    alerts.push(standingAlerts(assessments, { ...alertDefaults, importance }));
  }
  return { seed, drift, weeks, alerts };
}

async function learnUsual(world: World, seed: number): Promise<Usual> {
  const learned = await learnIn(world, seed);
  const before = baselineWeeks(world, learned).map(({ window, ...of }) => ({
    ...of,
    facts: factsOf(window, learned),
    sample: sampledWindow(window),
  }));
  const baseline = await driftBaseline(learned.reference, before, { skip });
  return { learned, baseline, usual: pooledSample(before.map(({ sample }) => sample)) };
}

function factsOf(window: WatchedWindow, { reference }: Learned): WindowFacts {
  return windowFacts(watchedRows(window, defaultPolicy), reference);
}
