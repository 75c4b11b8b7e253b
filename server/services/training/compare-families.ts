import { type ComparedModel, compareModels, type ModelComparison } from "#ml/evaluation/compare-models.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { scoreRows } from "#ml/training/score-dataset.ts";
import type { TrainingResult } from "#ml/training/train.ts";
import { expectedCosts } from "#server/domain/cost.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { decide, type Policy, policyFor } from "#server/domain/policy.ts";
import type { Champion } from "#server/services/model/champion.ts";
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
export function compareFamilies(
  { dataset, result, champion, policy, facts }: Compared,
  seed: number,
): FamilyComparison | null {
  const { testRows, testScores, familyScores, selected } = result;
  const { labels, customerIds, cardIds, occurredAtMs, amountMinor, transactionIds } = testScores;
  const factsAt = (at: number): PaymentFacts | undefined => facts.get(transactionIds[at] ?? "");
  const isLabelled = (at: number): boolean => dataset.labels[testRows[at] ?? -1] !== -1;
  const known = Array.from(labels.keys()).filter((at) => factsAt(at)?.isDeclined !== true || isLabelled(at));
  if (known.length === 0) return null;
  const currency = commonest(known.map((at) => factsAt(at)?.currency ?? ""));
  const costAt = (at: number, score: number): number => {
    const { currency: own = "", channel = null } = factsAt(at) ?? {};
    if (own !== currency) return Number.NaN;
    const ofSegment = policyFor(policy, { currency, channel });
    const amount = amountMinor[at] as number;
    const outcome = decide({ status: "scored", score }, amount, ofSegment);
    return expectedCosts(labels[at] as number, amount, ofSegment.cost)[outcome];
  };
  const modelOf = (scores: Float64Array): ComparedModel => ({
    scores: Float64Array.from(known, (at) => scores[at] as number),
    costMinor: Float64Array.from(known, (at) => costAt(at, scores[at] as number)),
  });
  const rivals = Object.entries(familyScores).map(([family, scores]) => ({
    family,
    scores,
    isSelected: family === selected,
  }));
  const before = championScores(champion, dataset, testRows);
  const ordered =
    before === null
      ? rivals.toSorted((a, b) => Number(b.isSelected) - Number(a.isSelected))
      : [{ family: null, scores: before, isSelected: false }, ...rivals];
  const replicates = Math.round(
    Math.min(MOST_REPLICATES, Math.max(LEAST_REPLICATES, REPLICATED_ROWS / (known.length * ordered.length))),
  );
  const compared = compareModels(
    {
      labels: Uint8Array.from(known, (at) => labels[at] as number),
      customers: numbered(known.map((at) => customerIds[at] ?? "")),
      cards: numbered(known.map((at) => cardIds[at] ?? "")),
      days: Float64Array.from(known, (at) => Math.floor((occurredAtMs[at] as number) / DAY_MS)),
    },
    ordered.map(({ scores }) => modelOf(scores)),
    { seed, replicates },
  );
  return {
    reference: { championNumber: before === null ? null : (champion?.version.number ?? null) },
    rows: known.length,
    frauds: known.reduce((sum, at) => sum + (labels[at] as number), 0),
    currency,
    replicates,
    models: ordered.flatMap(({ family, isSelected }, at) => {
      const comparison = compared[at];
      return comparison === undefined ? [] : { family, isSelected, ...comparison };
    }),
  };
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

function commonest(texts: readonly string[]): string {
  const groups = [...Map.groupBy(texts, (text) => text)];
  return groups.sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))[0]?.[0] ?? "";
}
