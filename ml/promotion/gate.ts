import { clusteredMean, type MeanInterval } from "./clustered-mean.ts";
import { checkGateRows, costDifferences, type GateRows } from "./gate-rows.ts";
import {
  availabilityCheck,
  calibrationCheck,
  type FeaturePresence,
  featureCheck,
  type GateCheck,
  type GuardrailLimits,
  guardrailDefaults,
  latencyCheck,
  recallCheck,
  segmentCheck,
} from "./guardrails.ts";

export type GateOptions = {
  readonly seed: number;
  readonly replicates: number;
  /** of the two-sided interval whose upper end must lie under minus the least saving */
  readonly confidence: number;
  /** share of the champion's cost that must be saved beyond chance, so that luck in training rows is not enough */
  readonly leastSaving: number;
  /** with fewer frauds in the window nothing is promoted */
  readonly leastFrauds: number;
  /** nor where the two models' costs differ for fewer customers */
  readonly leastDiffering: number;
  readonly limits: GuardrailLimits;
};

export const gateDefaults: GateOptions = {
  seed: 1,
  replicates: 1_000,
  confidence: 0.99,
  leastSaving: 0.02,
  leastFrauds: 50,
  leastDiffering: 30,
  limits: guardrailDefaults,
};

/** What the gate is told beside the rows; null where it is not known. */
export type GateFacts = {
  readonly scoringMicros: number | null;
  readonly features: readonly FeaturePresence[] | null;
};

export type GateVerdict = {
  readonly promote: boolean;
  /** candidate minus champion, minor units a payment; null where it cannot be told */
  readonly costDifference: MeanInterval | null;
  /** the same as a share of the champion's cost; null without cost */
  readonly relativeDifference: number | null;
  readonly payments: number;
  readonly frauds: number;
  readonly checks: readonly GateCheck[];
  /** the decision and what decided it */
  readonly because: string;
};

/** Named before any run: what a candidate has to lower. */
export const gateMetric = "expected cost a payment under the active policy";

/**
 * Whether a candidate may take the champion's place. It must lower the cost a payment on the same mature window by a
 * least saving, with confidence (paired bootstrap-t over customers, rows weighted by 1 / propensity), and break no
 * guardrail. Too few frauds, or too few customers whom the two treat differently, promote nothing. Why 99 % and 2 %:
 * two retrainings of one recipe differ by the luck of their rows, which at 95 % and 0 would pass far too often
 * (`npm run simulate:gate`).
 * @throws RangeError for rows that do not fit together.
 */
export function judge(rows: GateRows, facts: GateFacts, options: GateOptions = gateDefaults): GateVerdict {
  checkGateRows(rows);
  const sums = costDifferences(rows);
  const frauds = rows.labels.reduce((sum, label) => sum + label, 0);
  const differing = sums.values.reduce((count, value) => count + Number(value !== 0), 0);
  const { seed, replicates, confidence, limits } = options;
  const interval = clusteredMean(sums, { seed, replicates, confidence });
  const before = weightedMean(rows.championCostMinor, rows.weights);
  const checks = [
    enough(frauds, differing, options),
    costCheck(interval, before, options),
    recallCheck(rows, limits),
    calibrationCheck(rows, limits),
    segmentCheck(rows, limits, options),
    availabilityCheck(rows, limits),
    latencyCheck(facts.scoringMicros, limits),
    featureCheck(facts.features, limits),
  ];
  const against = checks.filter(({ passed }) => passed === false);
  return {
    promote: against.length === 0,
    costDifference: interval,
    relativeDifference: interval === null || !(before > 0) ? null : interval.mean / before,
    payments: rows.labels.length,
    frauds,
    checks,
    because: becauseOf(against, interval),
  };
}

function enough(frauds: number, differing: number, options: GateOptions): GateCheck {
  const passed = frauds >= options.leastFrauds && differing >= options.leastDiffering;
  const says = `${frauds} frauds in the window (${options.leastFrauds} needed), ${differing} customers whom the two treat differently (${options.leastDiffering} needed).`;
  return { name: "enough", passed, value: frauds, limit: options.leastFrauds, says };
}

function costCheck(
  interval: MeanInterval | null,
  before: number,
  { confidence, leastSaving }: GateOptions,
): GateCheck {
  const limit = -leastSaving * before;
  const level = `${(100 * confidence).toFixed(0)} %`;
  if (interval === null)
    return { name: "cost", passed: false, value: null, limit, says: "The cost cannot be compared." };
  const { mean, lower, upper } = interval;
  const change = `${Math.abs(mean).toFixed(2)} minor units ${mean < 0 ? "less" : "more"}`;
  const says = `A payment costs ${change} than under the champion (${level} interval ${lower.toFixed(2)} to ${upper.toFixed(2)}); the upper end must lie under ${limit.toFixed(2)}, ${(100 * leastSaving).toFixed(0)} % of the champion's cost.`;
  return { name: "cost", passed: upper < limit, value: upper, limit, says };
}

function becauseOf(against: readonly GateCheck[], interval: MeanInterval | null): string {
  const [first] = against;
  if (first === undefined)
    return `Promoted: the cost falls by ${(-(interval?.mean ?? 0)).toFixed(2)} minor units a payment, beyond chance, and no guardrail is broken.`;
  const rest = against.length - 1;
  return `Not promoted. ${first.says}${rest === 0 ? "" : ` And ${rest} more.`}`;
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let [sum, weight] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += (weights[i] as number) * (values[i] as number);
    weight += weights[i] as number;
  }
  return weight === 0 ? 0 : sum / weight;
}
