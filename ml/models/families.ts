import { isBagged, loadBagged } from "./bagging.ts";
import { loadEnsemble } from "./ensemble/ensemble.ts";
import { gradientBoostingFamily } from "./gradient-boosting/gradient-boosting.ts";
import type { GradientBoostingOptions } from "./gradient-boosting/options.ts";
import { type IsolationForestOptions, isolationForestFamily } from "./isolation-forest/isolation-forest.ts";
import { type LogisticRegressionOptions, logisticRegressionFamily } from "./logistic-regression.ts";
import type { FitContext, FittedModel, ModelFamily, TrainingRows } from "./model.ts";
import { neuralNetworkFamily } from "./neural-network/neural-network.ts";
import type { NeuralNetworkOptions } from "./neural-network/options.ts";
import { type RulesOptions, rulesFamily } from "./rules-baseline.ts";
import { withTargetEncoding } from "./target-encoding.ts";

/** Options of every family that is fitted from rows, simplest first. */
export type FamilyOptions = {
  readonly rules: RulesOptions;
  readonly isolation_forest: IsolationForestOptions;
  readonly logistic_regression: LogisticRegressionOptions;
  readonly neural_network: NeuralNetworkOptions;
  readonly gradient_boosting: GradientBoostingOptions;
};
/** A family fitted from rows, and so a possible member of an ensemble. */
export type MemberFamily = keyof FamilyOptions;
/** Every family that can be trained and loaded; an ensemble is made of the others' fits. */
export type AvailableFamily = MemberFamily | "ensemble";

const registry: { readonly [F in MemberFamily]: ModelFamily<FamilyOptions[F]> } = {
  rules: rulesFamily,
  isolation_forest: isolationForestFamily,
  logistic_regression: logisticRegressionFamily,
  neural_network: neuralNetworkFamily,
  gradient_boosting: withTargetEncoding(gradientBoostingFamily),
};

/** Families fitted from rows, simplest first. */
export const memberFamilies = Object.keys(registry) as readonly MemberFamily[];

/** Whether a family learns without labels, so that there is a model before the first fraud is known. */
export function isLabelFree(family: AvailableFamily): boolean {
  return family === "isolation_forest";
}

/** Families that can be trained, simplest first: ties go to the earlier. */
export const availableFamilies: readonly AvailableFamily[] = [...memberFamilies, "ensemble"];

/** Whether a name (from a form, a command line or an artefact) is a family that can be trained and loaded. */
export function isAvailableFamily(name: string): name is AvailableFamily {
  return name === "ensemble" || Object.hasOwn(registry, name);
}

/** The family's default options, changed where `changes` says so. */
export function familyOptions<F extends MemberFamily>(
  family: F,
  changes: Partial<FamilyOptions[F]> = {},
): FamilyOptions[F] {
  return { ...registry[family].defaults, ...changes };
}

export type FamilyFit<F extends MemberFamily> = {
  readonly training: TrainingRows;
  readonly validation: TrainingRows;
  readonly options: FamilyOptions[F];
  readonly context: FitContext;
};

/** Fits one family. @throws the signal's reason when aborted. */
export function fitFamily<F extends MemberFamily>(family: F, fit: FamilyFit<F>): Promise<FittedModel> {
  const { fit: fitModel } = registry[family];
  return fitModel(fit.training, fit.validation, fit.options, fit.context);
}

/** Options for a refit on all rows, without a validation slice. */
export function refitOptions<F extends MemberFamily>(
  family: F,
  fitted: readonly FittedModel[],
  options: FamilyOptions[F],
): FamilyOptions[F] {
  return registry[family].refitOptions?.(fitted, options) ?? options;
}

/**
 * Restores a fitted model, bagged or not.
 * @throws RangeError when the family is unknown here or the JSON is not of its version.
 */
export function loadModel(family: string, json: unknown): FittedModel {
  if (!isAvailableFamily(family)) throw new RangeError(`model family ${family} is unknown to this version`);
  if (family === "ensemble") return loadEnsemble(json, loadModel);
  const { load } = registry[family];
  return isBagged(json) ? loadBagged(json, family, load) : load(json);
}
