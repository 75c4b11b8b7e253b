import { bestStep } from "../best-step.ts";
import type { FittedModel, ModelFamily } from "../model.ts";
import { fitForest } from "./fit-forest.ts";
import { forestFromJson, forestToJson } from "./forest-json.ts";
import { forestWalk } from "./forest-walk.ts";
import type { Forest } from "./nodes.ts";
import { type GradientBoostingOptions, gradientBoostingDefaults } from "./options.ts";
import { type TreeShap, treeShap, treeShapSteps } from "./tree-shap.ts";

/**
 * Gradient-boosted histogram trees on the features as they are: no encoding, missing values allowed. Contributions are
 * exact path-dependent Shapley values; their tables are built by `prepare`, or when the first row is explained.
 */
export const gradientBoostingFamily: ModelFamily<GradientBoostingOptions> = {
  family: "gradient_boosting",
  defaults: gradientBoostingDefaults,
  async fit(training, validation, options, context) {
    const { forest, curve } = await fitForest({
      training,
      validation,
      options,
      seed: context.seed,
      signal: context.signal,
      onRound: (round, ap) => {
        context.onProgress({
          step: round,
          steps: options.rounds,
          note: `tree ${round} of ${options.rounds}${ap === null ? "" : `, AP ${ap.toFixed(4)}`}`,
        });
      },
    });
    return { ...fromForest(forest), curve };
  },
  refitOptions: (fitted, options) => ({
    ...options,
    rounds: bestStep(fitted) ?? options.rounds,
    patience: null,
  }),
  load: (json) => fromForest(forestFromJson(json)),
};

function fromForest(forest: Forest): FittedModel {
  let shap: TreeShap | null = null;
  const explain = (): TreeShap => {
    shap ??= treeShap(forest);
    return shap;
  };
  return {
    family: "gradient_boosting",
    width: forest.width,
    margins: forestWalk(forest),
    contributions: (row, out) => explain()(row, out),
    *prepare() {
      shap ??= yield* treeShapSteps(forest);
    },
    ...(forest.gain === null ? {} : { gain: Array.from(forest.gain) }),
    toJSON: () => forestToJson(forest),
  };
}
