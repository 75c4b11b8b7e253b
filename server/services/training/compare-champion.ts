import { loadScorer } from "#ml/models/scorer.ts";
import { compare } from "#ml/training/compare.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { scoreRows } from "#ml/training/score-dataset.ts";
import { testRowsWith } from "#ml/training/test-scores.ts";
import type { TrainingResult } from "#ml/training/train.ts";
import type { Champion } from "#server/services/model/champion.ts";
import type { ChampionComparison } from "./report.ts";

export type AgainstChampion = {
  readonly champion: ChampionComparison | null;
  readonly championNote: string | null;
};

/** Scores the candidate's test rows with the champion too; says why where that can't be done. */
export function compareWithChampion(
  champion: Champion | null,
  { dataset, result }: { readonly dataset: Dataset; readonly result: TrainingResult },
  options: { readonly seed: number; readonly replicates: number },
): AgainstChampion {
  if (champion === null) return { champion: null, championNote: "There is no champion yet." };
  const { id, number, featureSetVersion } = champion.version;
  if (featureSetVersion !== dataset.featureSet.version) {
    const championNote = `The champion, version ${number}, reads other features (${featureSetVersion}).`;
    return { champion: null, championNote };
  }
  const scores = scoreRows(loadScorer(champion.artifact), dataset, result.testRows);
  if (!scores.every(Number.isFinite)) {
    return { champion: null, championNote: `The champion, version ${number}, can't score every test row.` };
  }
  const slice = { rows: result.testRows, labels: result.testScores.labels };
  const comparison = compare(testRowsWith(scores, dataset, slice), result.testScores, options);
  return { champion: { versionId: id, number, comparison }, championNote: null };
}
