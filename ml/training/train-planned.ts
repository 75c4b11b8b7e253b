import type { Dataset } from "./dataset.ts";
import type { TrainingResult } from "./train.ts";
import type { TrainContext, TrainOptions } from "./train-options.ts";
import { checkPlan, type TrainingPlan } from "./training-plan.ts";

/**
 * Chooses family, options, imbalance method, steps, calibrator and ensemble weights on the plan's folds, fits what was
 * chosen on its final slice and evaluates every family on the test slice once. `options.windows`, `split`, `refit` and
 * the label rules are not read: the plan says what is looked at. `split.train` of the result is what the final models
 * were fitted on, `split.validation` every validated row.
 * @throws RangeError when no family is asked for or the plan cannot teach anything (see `checkPlan`).
 * @throws the signal's reason soon after it aborts.
 */
export async function trainPlanned(
  _dataset: Dataset,
  plan: TrainingPlan,
  _options: TrainOptions,
  _context: TrainContext,
): Promise<TrainingResult> {
  checkPlan(plan);
  throw new RangeError("not available yet");
}
