import { familyOptions, isLabelFree, type MemberFamily } from "#ml/models/families.ts";
import type { Dataset } from "./dataset.ts";
import { type BalancedRows, balancedRows, type Sampling, thins } from "./imbalance.ts";
import type { Slice } from "./time-split.ts";

/**
 * What to do about frauds being rare; which one is compared by validation, never assumed.
 * - none: all rows, each weighs 1.
 * - class_weight: all rows, a fraud weighs more; corrected by minus the log of the weight.
 * - focal: all rows under the focal loss (Lin et al. 2017); what it does to the margins is left to calibration.
 * - under_sampling: a share of the legitimate rows, with prior correction.
 * - balanced_bagging: several fits, each on all frauds and another draw of legitimate rows; margins are averaged.
 */
export const imbalanceMethods = [
  "none",
  "class_weight",
  "focal",
  "under_sampling",
  "balanced_bagging",
] as const;
export type ImbalanceMethod = (typeof imbalanceMethods)[number];

export type ImbalanceOptions = {
  /** under_sampling: legitimate rows kept per fraud; null keeps all. */
  readonly negativesPerPositive: number | null;
  /**
   * class_weight: weight of a fraud; null is the square root of legitimate rows per fraud, since the full inverse
   * prevalence costs boosted trees several points of average precision.
   */
  readonly positiveWeight: number | null;
  readonly bagging: { readonly members: number; readonly negativesPerPositive: number };
};

export const imbalanceDefaults: ImbalanceOptions = {
  negativesPerPositive: 120,
  positiveWeight: null,
  bagging: { members: 5, negativesPerPositive: 20 },
};

/**
 * Methods other than the focal loss that can change what a family learns. Rules learn no weights and an isolation
 * forest no labels; a logistic regression only grows less sure with fewer rows, and varies too little from draw to draw
 * for a bag to help; the network draws other legitimate rows in each epoch as it is.
 */
const methodsOf: Record<MemberFamily, readonly ImbalanceMethod[]> = {
  rules: [],
  isolation_forest: [],
  logistic_regression: ["none", "class_weight"],
  neural_network: ["none", "class_weight"],
  gradient_boosting: ["none", "class_weight", "under_sampling", "balanced_bagging"],
};

/**
 * The methods worth trying for a family among those asked for, in that order, at least one. Of several that come to the
 * same on the slice the first is kept; where none can matter the family sees as few rows as was asked for.
 */
export function methodsFor(
  family: MemberFamily,
  asked: readonly ImbalanceMethod[],
  slice: Slice,
  options: ImbalanceOptions,
): readonly ImbalanceMethod[] {
  if (isLabelFree(family)) return ["none"]; // what it samples itself is already few
  const isAble = (method: ImbalanceMethod): boolean =>
    method === "focal" ? "loss" in familyOptions(family) : methodsOf[family].includes(method);
  const isPlain = (method: ImbalanceMethod): boolean =>
    method === "none" ||
    (method === "under_sampling" && !thins(slice, options.negativesPerPositive)) ||
    (method === "balanced_bagging" && !thins(slice, options.bagging.negativesPerPositive));
  const able = asked.filter(isAble);
  if (able.length === 0) return [asked.includes("under_sampling") ? "under_sampling" : "none"];
  return able.filter((method, at) => !isPlain(method) || able.findIndex(isPlain) === at);
}

/** A family's options as the method needs them: under the focal loss, or as they are. */
export function optionsFor<O extends object>(method: ImbalanceMethod, options: O): O {
  return method === "focal" ? { ...options, loss: "focal" } : options;
}

/** The rows each fit of the method learns from: one sample, or one per member of a bag. Deterministic. */
export function samplesFor(
  method: ImbalanceMethod,
  dataset: Dataset,
  slice: Slice,
  { imbalance, seed }: { readonly imbalance: ImbalanceOptions; readonly seed: number },
): (() => BalancedRows)[] {
  const sampled =
    (sampling: Sampling, drawSeed: number | string = seed) =>
    (): BalancedRows =>
      balancedRows(dataset, slice, sampling, drawSeed);
  const { negativesPerPositive, positiveWeight, bagging } = imbalance;
  switch (method) {
    case "none":
    case "focal":
      return [sampled({ negativesPerPositive: null, positiveWeight: 1 })];
    case "class_weight": {
      const weight = positiveWeight ?? rootOfRatio(slice);
      return [sampled({ negativesPerPositive: null, positiveWeight: weight })];
    }
    case "under_sampling":
      return [sampled({ negativesPerPositive, positiveWeight: 1 })];
    case "balanced_bagging": {
      const sampling = { negativesPerPositive: bagging.negativesPerPositive, positiveWeight: 1 };
      return Array.from({ length: bagging.members }, (_, member) => sampled(sampling, `${seed}:${member}`));
    }
  }
}

function rootOfRatio({ labels }: Slice): number {
  const frauds = labels.reduce((sum, label) => sum + label, 0);
  return Math.sqrt(Math.max(1, (labels.length - frauds) / Math.max(1, frauds)));
}
