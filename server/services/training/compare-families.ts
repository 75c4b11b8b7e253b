import { compareModels, type ModelComparison } from "#ml/evaluation/compare-models.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { scoreRows } from "#ml/training/score-dataset.ts";
import type { TrainingResult } from "#ml/training/train.ts";
import { expectedCosts } from "#server/domain/cost.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { decide, type Policy, policyFor } from "#server/domain/policy.ts";
import type { Champion } from "#server/services/model/champion.ts";
import { commonest } from "#server/services/promotion/judged-rows.ts";
import type { PaymentFacts } from "#server/services/promotion/payment-facts.ts";

/** Every family of a run on the same test rows, with its paired difference to the champion of that time. */
export type FamilyComparison = {
  /** the champion where it reads the same features, else the family that the run chose */
  readonly reference: { readonly championNumber: number | null };
  readonly rows: number;
  readonly frauds: number;
  /** of the expected cost, which leaves payments of other currencies out */
  readonly currency: string;
  readonly replicates: number;
  readonly models: readonly (ModelComparison & {
    /** null for the champion */
    readonly family: string | null;
    readonly isSelected: boolean;
  })[];
};

type Compared = {
  readonly dataset: Dataset;
  readonly result: Pick<TrainingResult, "selected" | "testRows" | "testScores" | "familyScores">;
  readonly champion: Champion | null;
  readonly policy: Policy;
  readonly facts: ReadonlyMap<string, PaymentFacts>;
};

/** Replicates so that rows x models x replicates stay within some seconds. */
const MOST_REPLICATES = 200;
const LEAST_REPLICATES = 50;
const REPLICATED_ROWS = 60_000_000;

/**
 * Compares the run's families on the test rows whose outcome is known: a declined payment without a label is left out.
 * Null without such rows.
 */
export function compareFamilies(compared: Compared, seed: number): FamilyComparison | null {
  const { labels, customerIds, cardIds, occurredAtMs, transactionIds } = compared.result.testScores;
  const known = knownOf(compared);
  if (known.length === 0) return null;
  const currency = commonest(known.map((at) => compared.facts.get(transactionIds[at] ?? "")?.currency ?? ""));
  const ordered = orderedModels(compared);
  const replicates = replicatesFor(known.length * ordered.length);
  const found = compareModels(
    {
      labels: Uint8Array.from(known, (at) => labels[at] as number),
      customers: numbered(known.map((at) => customerIds[at] ?? "")),
      cards: numbered(known.map((at) => cardIds[at] ?? "")),
      days: Float64Array.from(known, (at) => Math.floor((occurredAtMs[at] as number) / DAY_MS)),
    },
    ordered.map(({ scores }) => ({
      scores: Float64Array.from(known, (at) => scores[at] as number),
      costMinor: Float64Array.from(known, (at) =>
        costOf(compared, { at, score: scores[at] as number, currency }),
      ),
    })),
    { seed, replicates },
  );
  const [reference] = ordered;
  return {
    reference: {
      championNumber: reference?.family === null ? (compared.champion?.version.number ?? null) : null,
    },
    rows: known.length,
    frauds: known.reduce((sum, at) => sum + (labels[at] as number), 0),
    currency,
    replicates,
    models: ordered.flatMap(({ family, isSelected }, at) => {
      const comparison = found[at];
      return comparison === undefined ? [] : { family, isSelected, ...comparison };
    }),
  };
}

/** Test rows whose outcome is known. */
function knownOf({ dataset, result, facts }: Compared): number[] {
  const { labels, transactionIds } = result.testScores;
  return Array.from(labels.keys()).filter(
    (at) =>
      facts.get(transactionIds[at] ?? "")?.isDeclined !== true ||
      dataset.labels[result.testRows[at] ?? -1] !== -1,
  );
}

type ScoredBy = {
  readonly family: string | null;
  readonly scores: Float64Array;
  readonly isSelected: boolean;
};

/** The reference first: the champion, or where it can't score these rows what the run chose. */
function orderedModels({ dataset, result, champion }: Compared): ScoredBy[] {
  const rivals = Object.entries(result.familyScores).map(([family, scores]) => ({
    family,
    scores,
    isSelected: family === result.selected,
  }));
  const before = championScores(champion, dataset, result.testRows);
  return before === null
    ? rivals.toSorted((a, b) => Number(b.isSelected) - Number(a.isSelected))
    : [{ family: null, scores: before, isSelected: false }, ...rivals];
}

/** What the policy's decision on a score came to; NaN for a payment of another currency. */
function costOf(
  { result, facts, policy }: Compared,
  { at, score, currency }: { readonly at: number; readonly score: number; readonly currency: string },
): number {
  const { labels, amountMinor, transactionIds } = result.testScores;
  const { currency: own = "", channel = null } = facts.get(transactionIds[at] ?? "") ?? {};
  if (own !== currency) return Number.NaN;
  const ofSegment = policyFor(policy, { currency, channel });
  const amount = amountMinor[at] as number;
  const outcome = decide({ status: "scored", score }, amount, ofSegment);
  return expectedCosts(labels[at] as number, amount, ofSegment.cost)[outcome];
}

function replicatesFor(scores: number): number {
  return Math.round(Math.min(MOST_REPLICATES, Math.max(LEAST_REPLICATES, REPLICATED_ROWS / scores)));
}

/** Null where the champion reads other features, or can't score every row. */
function championScores(
  champion: Champion | null,
  dataset: Dataset,
  testRows: Uint32Array,
): Float64Array | null {
  if (champion === null || champion.version.featureSetVersion !== dataset.featureSet.version) return null;
  const scores = scoreRows(loadScorer(champion.artifact), dataset, testRows);
  return scores.every(Number.isFinite) ? scores : null;
}

function numbered(ids: readonly string[]): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(ids, (id) => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  });
}
