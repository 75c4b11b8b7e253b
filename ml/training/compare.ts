import { type EvaluationReport, evaluateScores } from "#ml/evaluation/evaluation-report.ts";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { descendingOrder } from "#ml/math/order.ts";
import { quantileOfSorted } from "#ml/math/quantile.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import type { TestScores } from "./test-scores.ts";

export type Comparison = {
  readonly champion: EvaluationReport;
  readonly candidate: EvaluationReport;
  /** Candidate minus champion in average precision on the same rows; null without a fraud. */
  readonly difference: number | null;
  /** 95 % percentile interval over resampled customers; null when undefined on half of the replicates or more. */
  readonly differenceInterval: {
    readonly lower: number;
    readonly upper: number;
    readonly replicates: number;
  } | null;
};

export type CompareOptions = { readonly seed: number; readonly replicates: number };

/** Rows of known customers with the score that ranks them. */
export type RankedRows = Pick<TestScores, "scores" | "labels" | "customerIds">;

/**
 * Compares two models on the same test rows. The difference in average precision is paired: each bootstrap replicate
 * draws whole customers with replacement and ranks the same rows by both models.
 * @throws RangeError when the two score other rows.
 */
export function compare(champion: TestScores, candidate: TestScores, options: CompareOptions): Comparison {
  const sameRows =
    champion.transactionIds.length === candidate.transactionIds.length &&
    champion.transactionIds.every((id, row) => id === candidate.transactionIds[row]);
  if (!sameRows) throw new RangeError("champion and candidate must score the same rows in the same order");
  const reports = {
    champion: evaluateScores({ ...champion, ...options }),
    candidate: evaluateScores({ ...candidate, ...options }),
  };
  const [before, after] = [reports.champion.averagePrecision, reports.candidate.averagePrecision];
  return {
    ...reports,
    difference: before === null || after === null ? null : after - before,
    differenceInterval: pairedInterval(champion, candidate, options),
  };
}

/** Candidate minus champion in average precision, of rows ranked by any score; null without a fraud. */
export function pooledDifference(champion: RankedRows, candidate: Pick<RankedRows, "scores">): number | null {
  const before = averagePrecision(champion.scores, champion.labels);
  const after = averagePrecision(candidate.scores, champion.labels);
  return before === null || after === null ? null : after - before;
}

/**
 * Percentile interval of candidate minus champion in average precision, of rows ranked by any score.
 * Null when undefined on half of the replicates or more.
 */
export function pairedInterval(
  champion: RankedRows,
  candidate: Pick<RankedRows, "scores">,
  { seed, replicates }: CompareOptions,
): Comparison["differenceInterval"] {
  const customerOf = numbered(champion.customerIds);
  const draws = new Float64Array(customerOf.reduce((most, customer) => Math.max(most, customer + 1), 0));
  const rankings = [champion, candidate].map(({ scores }) => ({ scores, order: descendingOrder(scores) }));
  const rng = createRng(`compare:${seed}`);
  const differences: number[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    draws.fill(0);
    for (let i = 0; i < draws.length; i++) {
      const customer = rng.integer(draws.length);
      draws[customer] = (draws[customer] as number) + 1;
    }
    const [before, after] = rankings.map((ranking) =>
      weightedAp(ranking, champion.labels, (row) => draws[customerOf[row] as number] as number),
    );
    if (before != null && after != null) differences.push(after - before);
  }
  if (differences.length === 0 || differences.length < replicates / 2) return null;
  const sorted = Float64Array.from(differences).sort();
  return {
    lower: quantileOfSorted(sorted, 0.025),
    upper: quantileOfSorted(sorted, 0.975),
    replicates: sorted.length,
  };
}

/** Average precision of rows sorted before, tied scores entering together; rows count as often as they were drawn. */
function weightedAp(
  { scores, order }: { scores: Float64Array; order: Uint32Array },
  labels: Uint8Array,
  weightOf: (row: number) => number,
): number | null {
  let [hits, seen, counted, sum] = [0, 0, 0, 0];
  for (let rank = 0; rank < order.length; rank++) {
    const row = order[rank] as number;
    const weight = weightOf(row);
    seen += weight;
    if (labels[row] === 1) hits += weight;
    const tied = rank + 1 < order.length && scores[order[rank + 1] as number] === scores[row];
    if (tied || hits === counted) continue;
    sum += ((hits - counted) * hits) / seen;
    counted = hits;
  }
  return hits === 0 ? null : sum / hits;
}

function numbered(ids: readonly string[]): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(ids, (id) => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  });
}
