import { recallAtFpr } from "#ml/evaluation/recall-at-fpr.ts";
import { clusteredMean } from "./clustered-mean.ts";
import { costDifferences, type GateRows } from "./gate-rows.ts";
import { percent } from "./percent.ts";

/** One thing that was looked at. `passed` is null where there was too little to look at: said, and no obstacle. */
export type GateCheck = {
  readonly name: string;
  readonly passed: boolean | null;
  readonly value: number | null;
  readonly limit: number | null;
  /** with its numbers, in words */
  readonly says: string;
};

export type GuardrailLimits = {
  readonly recallFpr: number;
  /** by how much recall at that false-positive rate may fall */
  readonly recallLoss: number;
  /** expected over observed frauds may lie between 1 / this and this */
  readonly calibrationFactor: number;
  /** a segment with fewer frauds is not looked at */
  readonly leastSegmentFrauds: number;
  /** share of payments that the candidate may fail to score beyond those of the champion */
  readonly unscoredShare: number;
  /** microseconds a payment */
  readonly scoringMicros: number;
  /** by how much the share of payments without a feature may have risen since training */
  readonly missingShare: number;
};

export const guardrailDefaults: GuardrailLimits = {
  recallFpr: 0.01,
  recallLoss: 0.02,
  calibrationFactor: 1.5,
  leastSegmentFrauds: 20,
  unscoredShare: 0.001,
  scoringMicros: 200,
  missingShare: 0.1,
};

/** Recall of known frauds at a fixed false-positive rate, beside the champion's on the same rows. */
export function recallCheck(rows: GateRows, limits: GuardrailLimits): GateCheck {
  const rate = percent(limits.recallFpr);
  const name = "recall";
  const [before, after] = [rows.championScores, rows.candidateScores].map((scores) =>
    recallAtFpr(scores.map(unscoredLast), rows.labels, limits.recallFpr),
  );
  if (before == null || after == null)
    return unknown(name, `Recall at ${rate} false positives cannot be told: a class is missing.`);
  const change = after - before;
  const passed = change >= -limits.recallLoss;
  const says = `Recall at ${rate} false positives is ${percent(after)}, the champion's ${percent(before)}; it may fall by ${percent(limits.recallLoss)}.`;
  return { name, passed, value: change, limit: -limits.recallLoss, says };
}

/** Frauds that the candidate's scores promise, over those there were. */
export function calibrationCheck(rows: GateRows, { calibrationFactor: limit }: GuardrailLimits): GateCheck {
  const name = "calibration";
  let [candidate, champion, observed] = [0, 0, 0];
  for (let row = 0; row < rows.labels.length; row++) {
    const weight = rows.weights[row] as number;
    candidate += weight * known(rows.candidateScores[row] as number);
    champion += weight * known(rows.championScores[row] as number);
    observed += weight * (rows.labels[row] as number);
  }
  if (observed === 0 || candidate === 0) return unknown(name, "Calibration cannot be told: no fraud.");
  const factor = candidate / observed;
  const isNear = factor <= limit && factor >= 1 / limit;
  const isNearer = Math.abs(Math.log(factor)) <= Math.abs(Math.log(champion / observed));
  const says = `The candidate expects ${factor.toFixed(2)} frauds for each that there was, the champion ${(champion / observed).toFixed(2)}; between ${(1 / limit).toFixed(2)} and ${limit.toFixed(2)}, or nearer to 1 than the champion, is right.`;
  return { name, passed: isNear || isNearer, value: factor, limit, says };
}

/** No segment may become dearer beyond chance; each interval is widened for their number (Bonferroni). */
export function segmentCheck(
  rows: GateRows,
  limits: GuardrailLimits,
  { seed, replicates, confidence }: { seed: number; replicates: number; confidence: number },
): GateCheck {
  const name = "segments";
  const frauds = new Map<string, number>();
  for (const [row, segment] of rows.segments.entries())
    frauds.set(segment, (frauds.get(segment) ?? 0) + (rows.labels[row] as number));
  const looked = [...frauds].filter(([, count]) => count >= limits.leastSegmentFrauds).map(([key]) => key);
  if (looked.length === 0)
    return unknown(name, `No segment has ${limits.leastSegmentFrauds} frauds: none is looked at alone.`);
  const level = 1 - (1 - confidence) / looked.length;
  const dearer = looked.sort().flatMap((segment) => {
    const sums = costDifferences(rows, (row) => rows.segments[row] === segment);
    const interval = clusteredMean(sums, { seed: `${seed}:${segment}`, replicates, confidence: level });
    return interval !== null && interval.lower > 0 ? [{ segment, mean: interval.mean }] : [];
  });
  const [worst] = dearer.sort((a, b) => b.mean - a.mean);
  const says =
    worst === undefined
      ? `None of ${looked.length} segments becomes dearer beyond chance.`
      : `${worst.segment} becomes dearer by ${worst.mean.toFixed(2)} minor units a payment, beyond chance.`;
  return { name, passed: worst === undefined, value: worst?.mean ?? 0, limit: 0, says };
}

/** Payments that the candidate could not score would all go to review. */
export function availabilityCheck(rows: GateRows, { unscoredShare: limit }: GuardrailLimits): GateCheck {
  const share = (scores: Float64Array): number =>
    scores.reduce((sum, score) => sum + Number(!Number.isFinite(score)), 0) / Math.max(1, scores.length);
  const value = share(rows.candidateScores) - share(rows.championScores);
  const says = `The candidate leaves ${percent(share(rows.candidateScores))} of payments unscored, the champion ${percent(share(rows.championScores))}.`;
  return { name: "scored", passed: value <= limit, value, limit, says };
}

/** CPU microseconds a payment, measured by the caller on the machine that trained. */
export function latencyCheck(micros: number | null, { scoringMicros: limit }: GuardrailLimits): GateCheck {
  if (micros === null) return unknown("latency", "The time to score a payment was not measured.");
  const says = `A payment takes ${micros.toFixed(1)} µs to score; ${limit} µs are allowed.`;
  return { name: "latency", passed: micros <= limit, value: micros, limit, says };
}

/** A feature of the model, with the share of payments without it at training and in the last days. */
export type FeaturePresence = {
  readonly feature: string;
  readonly missingAtTraining: number;
  readonly missingNow: number;
};

export function featureCheck(
  features: readonly FeaturePresence[] | null,
  { missingShare: limit }: GuardrailLimits,
): GateCheck {
  if (features === null || features.length === 0)
    return unknown("features", "How often features are missing now is not known.");
  const rise = (one: FeaturePresence): number => one.missingNow - one.missingAtTraining;
  const worst = features.reduce((most, one) => (rise(one) > rise(most) ? one : most));
  const says = `${worst.feature} is missing in ${percent(worst.missingNow)} of the last days' payments, ${percent(worst.missingAtTraining)} when it was trained.`;
  return { name: "features", passed: rise(worst) <= limit, value: rise(worst), limit, says };
}

function unknown(name: string, says: string): GateCheck {
  return { name, passed: null, value: null, limit: null, says };
}

/** An unscored payment goes to review whatever the threshold; for ranking it comes last, so that it earns nothing. */
function unscoredLast(score: number): number {
  return Number.isFinite(score) ? score : -1;
}

function known(score: number): number {
  return Number.isFinite(score) ? score : 0;
}
