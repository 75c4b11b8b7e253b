import { z } from "zod";
import { isLabelFree, type MemberFamily, memberFamilies } from "#ml/models/families.ts";
import { imbalanceMethods } from "#ml/training/imbalance-method.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { ExperimentSettings } from "#server/services/training/experiment-options.ts";
import { requestTraining } from "#server/services/training/request-training.ts";
import type { TrainingRunView } from "#server/services/training/view.ts";

/** Families that an experiment can try: those that learn from labels. */
const searchedFamilies = memberFamilies.filter((family) => !isLabelFree(family)) as [
  MemberFamily,
  ...MemberFamily[],
];

export const StartExperimentInput = z.strictObject({
  ...ExperimentSettings.shape,
  families: z.array(z.enum(searchedFamilies)).min(1),
  imbalanceMethods: z.array(z.enum(imbalanceMethods)).min(1),
  seed: z.int().min(0).max(2_147_483_647).default(1),
});
export type StartExperimentInput = z.input<typeof StartExperimentInput>;

/**
 * Asks for an experiment: a training run that searches configurations before it trains the best. A worker takes it up;
 * its winner is a candidate like any other.
 * @throws ServiceError "forbidden", "invalid" or "conflict" (a training or an experiment is under way)
 */
export function startExperiment(ctx: ServiceContext, input: StartExperimentInput): Promise<TrainingRunView> {
  const { families, imbalanceMethods: methods, seed, ...settings } = StartExperimentInput.parse(input);
  return requestTraining(ctx, {
    families,
    imbalanceMethods: methods,
    seed,
    learningCurveSeconds: 0,
    experiment: settings,
  });
}
