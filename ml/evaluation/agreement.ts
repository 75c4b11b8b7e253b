import { normalQuantile } from "#ml/math/normal.ts";
import type { Interval } from "./wilson-interval.ts";

/** Two verdicts on one item, and the chance with which that item was drawn to get a second one. */
export type RatedPair = {
  readonly first: string;
  readonly second: string;
  readonly propensity: number;
};

export type Agreement = {
  readonly pairs: number;
  /** Share of items on which both agree, weighted by 1/propensity. */
  readonly observed: number;
  /** The share on which they would agree by their habits alone. */
  readonly expected: number;
  /** Null when chance alone explains everything: both always say the same one thing. */
  readonly kappa: number | null;
  /** Standard error of kappa by the delta method; null without kappa. */
  readonly standardError: number | null;
  readonly interval: Interval | null;
  /** Kish's (Σw)²/Σw²: how many equally weighted pairs tell as much. */
  readonly effectivePairs: number;
};

/**
 * Cohen's kappa (1960) of pairs drawn with unequal, known chances: each weighs 1/propensity (Hájek), so it estimates
 * the kappa of all items, not of those drawn. With equal weights it is the plain kappa. The interval is kappa ±
 * z · standard error, cut to [-1, 1]; the error is linearised, each pair's pull on kappa being
 * w·((agree − po)(1 − pe) − (1 − po)(r + c − 2pe)) / (Σw·(1 − pe)²), where r and c are how often the first says what
 * the second said and the second what the first said; with equal weights that is Fleiss, Cohen and Everitt (1969).
 * Null without pairs. O(pairs + categories).
 * @throws RangeError when a propensity is not inside (0, 1] or the confidence not inside (0, 1).
 */
export function weightedAgreement(pairs: readonly RatedPair[], confidence = 0.95): Agreement | null {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError("confidence must lie between 0 and 1");
  if (pairs.length === 0) return null;
  const weights = pairs.map(weightOf);
  const total = sum(weights);
  const first = sharesOf(
    pairs.map((pair) => pair.first),
    weights,
    total,
  );
  const second = sharesOf(
    pairs.map((pair) => pair.second),
    weights,
    total,
  );
  const agreeing = sum(weights.filter((_, i) => pairs[i]?.first === pairs[i]?.second));
  const observed = agreeing / total;
  const expected = sum([...first].map(([category, share]) => share * (second.get(category) ?? 0)));
  const shape = {
    pairs: pairs.length,
    observed,
    expected,
    effectivePairs: total ** 2 / sum(weights.map(square)),
  };
  const beyond = 1 - expected;
  if (beyond < 1e-12) return { ...shape, kappa: null, standardError: null, interval: null };
  const kappa = (observed - expected) / beyond;
  const pulls = pairs.map((pair, i) => {
    const agree = pair.first === pair.second ? 1 : 0;
    const habits = (second.get(pair.first) ?? 0) + (first.get(pair.second) ?? 0) - 2 * expected;
    return (
      ((weights[i] ?? 0) * ((agree - observed) * beyond - (1 - observed) * habits)) / (total * beyond ** 2)
    );
  });
  const standardError = Math.sqrt(sum(pulls.map(square)));
  const reach = normalQuantile(1 - (1 - confidence) / 2) * standardError;
  const interval = { lower: Math.max(-1, kappa - reach), upper: Math.min(1, kappa + reach) };
  return { ...shape, kappa, standardError, interval };
}

function weightOf({ propensity }: RatedPair): number {
  if (!(propensity > 0 && propensity <= 1))
    throw new RangeError(`a propensity of ${propensity} is not in (0, 1]`);
  return 1 / propensity;
}

function sharesOf(
  ratings: readonly string[],
  weights: readonly number[],
  total: number,
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const [i, rating] of ratings.entries()) {
    shares.set(rating, (shares.get(rating) ?? 0) + (weights[i] ?? 0) / total);
  }
  return shares;
}

const square = (value: number): number => value * value;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
