import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { replay } from "#ml/features/replay.ts";
import { ensembleModel } from "#ml/models/ensemble/ensemble.ts";
import { familyOptions, fitFamily, type MemberFamily, memberFamilies } from "#ml/models/families.ts";
import type { Family, FitContext, FittedModel, TrainingRows } from "#ml/models/model.ts";
import { simulation } from "../features/stream.ts";

/** Fitted models by name, and rows that none of them learned from. */
export type Bench = {
  readonly models: ReadonlyMap<string, { readonly family: Family; readonly json: unknown }>;
  readonly rows: TrainingRows;
};

const { definitions } = defaultFeatureSet;
/** What the demo's training ends with, roughly; a network needs no skill for its speed to be measured. */
const sizes = {
  rules: {},
  isolation_forest: {},
  logistic_regression: { maxIterations: 30 },
  neural_network: { epochs: 2, patience: null },
  gradient_boosting: { rounds: 250, patience: null },
} as const;

/** Every family fitted on simulated payments, and the blend of trees and network that training mostly chooses. */
export async function fittedModels(payments: number, seed: number): Promise<Bench> {
  const all = simulatedRows(payments, seed);
  const training = slice(all, 0, Math.floor(payments / 2));
  const rows = slice(all, training.rows, payments);
  const context: FitContext = {
    featureNames: definitions.map(({ name }) => name),
    definitions,
    seed,
    signal: null,
    onProgress: () => {},
  };
  const fitted = new Map<Family, FittedModel>();
  for (const family of memberFamilies) fitted.set(family, await fittedOf(family));
  const [trees, network] = [fitted.get("gradient_boosting"), fitted.get("neural_network")];
  if (trees !== undefined && network !== undefined) {
    const members = [trees, network].map((model) => ({ model, weight: 0.5, offset: 0 }));
    fitted.set("ensemble", ensembleModel(members, 0));
  }
  // Through text and back, as an artefact comes from the database.
  const models = [...fitted].map(
    ([family, model]) => [family, { family, json: JSON.parse(JSON.stringify(model.toJSON())) }] as const,
  );
  return { models: new Map(models), rows };

  function fittedOf<F extends MemberFamily>(family: F): Promise<FittedModel> {
    const options = { ...familyOptions(family), ...sizes[family] };
    return fitFamily(family, { training, validation: training, options, context });
  }
}

function simulatedRows(payments: number, seed: number): TrainingRows {
  const simulated = [...simulation(seed, payments)];
  return {
    width: definitions.length,
    rows: payments,
    features: replay(
      defaultFeatureSet,
      simulated.map(({ payment }) => payment),
      [],
    ),
    labels: Uint8Array.from(simulated, ({ fraudKind }) => Number(fraudKind !== null)),
    weights: null,
  };
}

function slice({ width, features, labels }: TrainingRows, from: number, to: number): TrainingRows {
  return {
    width,
    rows: to - from,
    features: features.slice(from * width, to * width),
    labels: labels.slice(from, to),
    weights: null,
  };
}
