import { evaluateScores } from "#ml/evaluation/evaluation-report.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import type { Dataset } from "./dataset.ts";
import { scoreRows } from "./score-dataset.ts";
import { testRowsWith } from "./test-scores.ts";
import type { Slice } from "./time-split.ts";
import type { FamilyReport } from "./train.ts";
import type { TrainedFamily } from "./train-family.ts";
import type { TrainOptions } from "./train-options.ts";

/** How a trained family does on the test slice, scored row by row by the scorer that would serve it. */
export function evaluateFamily(
  candidate: TrainedFamily,
  dataset: Dataset,
  test: Slice,
  options: Pick<TrainOptions, "seed" | "bootstrapReplicates">,
): { report: FamilyReport; scores: Float64Array } {
  const scorer = loadScorer({
    ...candidate,
    model: candidate.model.toJSON(),
    featureSet: dataset.featureSet,
  });
  const started = performance.now();
  const scores = scoreRows(scorer, dataset, test.rows);
  const predictSeconds = (performance.now() - started) / 1000;
  const { family, validationAveragePrecision, trainRows, fitSeconds } = candidate;
  const report = {
    family,
    validationAveragePrecision,
    test: evaluateScores({
      ...testRowsWith(scores, dataset, test),
      seed: options.seed,
      replicates: options.bootstrapReplicates,
    }),
    calibrator: candidate.calibrator.kind,
    trainRows,
    fitSeconds,
    predictSeconds,
  };
  return { report, scores };
}
