import { calibrate, fitCalibrator } from "#ml/calibration/calibrator.ts";
import { defaultFeatureSet, withAttributes } from "#ml/features/default-set.ts";
import { replay } from "#ml/features/replay.ts";
import { familyOptions, fitFamily } from "#ml/models/families.ts";
import type { TrainingRows } from "#ml/models/model.ts";
import { referenceOf } from "#ml/monitoring/feature-reference.ts";
import { importanceShares } from "#ml/monitoring/importance-share.ts";
import type { WatchedReference } from "#ml/monitoring/window-facts.ts";
import type { DriftKind } from "#ml/simulation/drift.ts";
import { type SimulatedPayment, simulate } from "#ml/simulation/simulate.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { BASELINE_WEEKS, type WatchedWindow } from "#server/services/drift/watched-rows.ts";

const START_MS = Date.UTC(2025, 0, 6);
const WEEK_DAYS = 7;
const CUSTOMERS = 1_600;
const MERCHANTS = 250;
const FRAUD_SHARE = 0.02;
/** Weeks of the world: until habits are known, then as a trained version has them: training, gap, validation, test. */
const WEEKS = { warmUp: 12, training: 10, gap: 4, validation: 2, test: 2 } as const;
const LEARNED_TO = WEEKS.warmUp + WEEKS.training;
const VALIDATION_FROM = LEARNED_TO + WEEKS.gap;
const WATCH_FROM = VALIDATION_FROM + WEEKS.validation + WEEKS.test;
const BASELINE_FROM = WATCH_FROM - BASELINE_WEEKS;

const featureSet = withAttributes(defaultFeatureSet, ["avsMatch", "sessionSeconds", "emailAgeDays"]);
export const { definitions } = featureSet;
const width = definitions.length;

/** What is left of training: enough to score and to compare. */
export type Learned = {
  readonly reference: WatchedReference;
  readonly importance: ReadonlyMap<string, number> | null;
  readonly scoreOf: (table: Pick<TrainingRows, "features" | "rows">) => Float64Array;
};

export type BaselineWeek = {
  readonly window: WatchedWindow;
  /** whether the reference was made from it */
  readonly isReference: boolean;
  readonly isLearned: boolean;
};

/** Payments after the warm-up, with their features. */
export type World = { readonly payments: readonly SimulatedPayment[]; readonly features: Float64Array };

/** Trains a model in a world, on weeks before any drift. */
export async function learnIn(world: World, seed: number): Promise<Learned> {
  const training = tableOf(world, rowsBetween(world, WEEKS.warmUp, LEARNED_TO));
  const validationRows = rowsBetween(world, VALIDATION_FROM, VALIDATION_FROM + WEEKS.validation);
  const validation = tableOf(world, validationRows);
  const { scoreOf, importance } = await fitted(training, validation, seed);
  const columns = definitions.map(({ name, unit }) => ({ name, isCategory: unit === "category" }));
  const scores = scoreOf(validation);
  const [score] = referenceOf(scores, scores.length, 1, [{ name: "score", isCategory: false }]);
  if (score === undefined) throw new RangeError("a reference needs a score");
  const features = referenceOf(validation.features, validation.rows, width, columns);
  return { reference: { features, score }, importance, scoreOf };
}

/** The weeks that tell what is usual, as a scoring server would have seen them. */
export function baselineWeeks(world: World, { scoreOf }: Learned): BaselineWeek[] {
  return Array.from({ length: WATCH_FROM - BASELINE_FROM }, (_, at) => {
    const week = BASELINE_FROM + at;
    const isReference = week >= VALIDATION_FROM && week < VALIDATION_FROM + WEEKS.validation;
    return { window: weekOf(world, week, scoreOf), isReference, isLearned: week < LEARNED_TO };
  });
}

/** The weeks after them, from the drift's first on. */
export function watchedWeeks(world: World, { scoreOf }: Learned, weeks: number): WatchedWindow[] {
  return Array.from({ length: weeks }, (_, at) => weekOf(world, WATCH_FROM + at, scoreOf));
}

/** A world up to the end of the watched weeks; until the first of them it is the same whatever drifts. */
export function simulatedWorld(seed: number, drift: DriftKind | null, watched: number): World {
  const weeks = WATCH_FROM + watched;
  const payments = [
    ...simulate({
      seed,
      startMs: START_MS,
      days: weeks * WEEK_DAYS,
      customers: CUSTOMERS,
      merchants: MERCHANTS,
      fraudShare: FRAUD_SHARE,
      drift: drift === null ? [] : [{ kind: drift, fromDay: WATCH_FROM * WEEK_DAYS }],
    }),
  ];
  const labels = payments
    .flatMap(({ payment, label }) =>
      label === null
        ? []
        : { ...payment, transactionId: payment.id, label: label.label, recordedAtMs: label.recordedAtMs },
    )
    .sort((a, b) => a.recordedAtMs - b.recordedAtMs);
  const events = payments.map(({ payment }) => payment);
  const fromMs = START_MS + WEEKS.warmUp * WEEK_DAYS * DAY_MS;
  const features = replay(featureSet, events, labels, {
    include: ({ occurredAtMs }) => occurredAtMs >= fromMs,
  });
  return { payments: payments.filter(({ payment }) => payment.occurredAtMs >= fromMs), features };
}

function weekIn(payment: SimulatedPayment["payment"]): number {
  return Math.floor((payment.occurredAtMs - START_MS) / (WEEK_DAYS * DAY_MS));
}

function rowsBetween({ payments }: World, from: number, to: number): number[] {
  return [...payments.keys()].filter((row) => {
    const week = weekIn((payments[row] as SimulatedPayment).payment);
    return week >= from && week < to;
  });
}

function tableOf({ payments, features }: World, rows: readonly number[]): TrainingRows {
  const [first = 0] = rows;
  const labels = Uint8Array.from(rows, (row) => Number(payments[row]?.fraudKind !== null));
  const own = features.subarray(first * width, (first + rows.length) * width);
  return { width, rows: rows.length, features: own, labels, weights: null };
}

/** Trees on the training weeks, calibrated on the validation weeks. */
async function fitted(
  training: TrainingRows,
  validation: TrainingRows,
  seed: number,
): Promise<Pick<Learned, "scoreOf" | "importance">> {
  const featureNames = definitions.map(({ name }) => name);
  const context = { featureNames, definitions, seed, signal: null, onProgress: () => {} };
  const options = { ...familyOptions("gradient_boosting"), rounds: 60, patience: null };
  const model = await fitFamily("gradient_boosting", { training, validation, options, context });
  const marginsOf = ({ features, rows }: Pick<TrainingRows, "features" | "rows">): Float64Array => {
    const margins = new Float64Array(rows);
    model.margins(features, rows, margins);
    return margins;
  };
  const { calibrator } = fitCalibrator(marginsOf(validation), validation.labels, seed);
  const worths = featureNames.map((name, at) => ({
    name,
    permutation: null,
    meanContribution: null,
    gain: model.gain?.[at] ?? null,
  }));
  return {
    scoreOf: (table) => marginsOf(table).map((margin) => calibrate(calibrator, margin)),
    importance: importanceShares(worths),
  };
}

function weekOf(world: World, week: number, scoreOf: Learned["scoreOf"]): WatchedWindow {
  const rows = rowsBetween(world, week, week + 1);
  const { features } = tableOf(world, rows);
  const scores = scoreOf({ features, rows: rows.length });
  const endMs = START_MS + (week + 1) * WEEK_DAYS * DAY_MS;
  const startMs = endMs - WEEK_DAYS * DAY_MS;
  const payments = rows.map((row, at) => {
    const { payment, label } = world.payments[row] as SimulatedPayment;
    const { amountMinor, currency, channel, customerId } = payment;
    const reported = label?.label === "fraud" && label.recordedAtMs <= endMs;
    return { score: scores[at] ?? null, amountMinor, currency, channel, customerId, reported };
  });
  const labelDelays = world.payments.flatMap(({ payment, label }) =>
    label?.label === "fraud" && label.recordedAtMs > startMs && label.recordedAtMs <= endMs
      ? { source: label.source, days: (label.recordedAtMs - payment.occurredAtMs) / DAY_MS }
      : [],
  );
  return { payments, features, width, labelDelays };
}
