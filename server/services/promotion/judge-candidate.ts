import type { Pool } from "pg";
import { loadScorer } from "#ml/models/scorer.ts";
import { gateDefaults, gateMetric, judge } from "#ml/promotion/gate.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { scoreRows } from "#ml/training/score-dataset.ts";
import type { TrainingResult } from "#ml/training/train.ts";
import { StoredVerdict } from "#server/domain/gate-verdict.ts";
import type { Champion } from "#server/services/model/champion.ts";
import type { PolicyView } from "#server/services/policy/view.ts";
import { featurePresence } from "./feature-presence.ts";
import { judgedRows } from "./judged-rows.ts";
import { readPaymentFacts } from "./payment-facts.ts";
import { scoringMicros } from "./scoring-time.ts";

export type Judged = {
  readonly dataset: Dataset;
  readonly result: Pick<TrainingResult, "artifact" | "testRows" | "testScores" | "split">;
  readonly champion: Champion | null;
  readonly policy: PolicyView;
};

/**
 * What the gate says of a freshly trained candidate against the champion, on the run's test window. Null where there
 * is nothing to judge against: no champion, or one that reads other features.
 */
export async function judgeCandidate(
  pool: Pool,
  { dataset, result, champion, policy }: Judged,
  { seed, now }: { readonly seed: number; readonly now: Date },
): Promise<StoredVerdict | null> {
  if (champion === null || champion.version.featureSetVersion !== dataset.featureSet.version) return null;
  const { testRows, testScores, artifact, split } = result;
  const judged = judgedRows(
    {
      ...testScores,
      isLabelled: (at) => dataset.labels[testRows[at] ?? -1] !== -1,
      championScores: scoreRows(loadScorer(champion.artifact), dataset, testRows),
      candidateScores: testScores.scores,
    },
    await readPaymentFacts(pool, testScores.transactionIds),
    policy.policy,
  );
  const facts = {
    scoringMicros: scoringMicros(loadScorer(artifact), dataset, testRows),
    features: featurePresence(dataset, artifact.reference.features, now),
  };
  const verdict = judge(judged.rows, facts, { ...gateDefaults, seed });
  return StoredVerdict.parse({
    ...verdict,
    metric: gateMetric,
    confidence: gateDefaults.confidence,
    championId: champion.version.id,
    championNumber: champion.version.number,
    policyVersionId: policy.id,
    currency: judged.currency,
    from: new Date(split.test.fromMs).toISOString(),
    to: new Date(split.test.toMs).toISOString(),
    leftOut: { declined: judged.declined, otherCurrency: judged.otherCurrency },
    weighted: judged.weighted,
  });
}
