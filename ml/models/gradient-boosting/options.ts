import type { Direction } from "./bounded-split.ts";
import type { LossName } from "./loss.ts";
import type { StartMargin } from "./start-margin.ts";

export type GradientBoostingOptions = {
  /** Most trees to grow; early stopping may keep fewer. */
  readonly rounds: number;
  /** Share of each tree's leaf values that enters the margin. */
  readonly learningRate: number;
  /** `depth`: every leaf is split while that pays. `leaf`: always the leaf with the largest gain, up to `maxLeaves`. */
  readonly growth: "depth" | "leaf";
  readonly maxDepth: number;
  /** Leaves per tree at most; null: as many as `maxDepth` allows. */
  readonly maxLeaves: number | null;
  /** L2 penalty on leaf values (XGBoost's lambda). */
  readonly l2: number;
  /** Least sum of Hessians in a leaf (XGBoost's min_child_weight). */
  readonly minChildHessian: number;
  /** Least gain of a split (XGBoost's gamma). */
  readonly minGain: number;
  /** Share of rows that each tree sees. */
  readonly rowSample: number;
  /** Share of features that each tree sees. */
  readonly columnSample: number;
  /** Bins per feature, missing values not counted; 2 to 255. */
  readonly maxBins: number;
  /** Loss that the trees descend; the margin of a focal fit is no log-odds until it is calibrated. */
  readonly loss: LossName;
  /** Focal loss: how much less a row counts that is already on its side; 0 is the logistic loss. */
  readonly focalGamma: number;
  /** Margin that the first tree corrects: the log-odds of the prevalence, or 0, even odds (XGBoost 1.7's base_score). */
  readonly startMargin: StartMargin;
  /** Per feature, whether the margin may only rise (1) or fall (-1) with it; 0: either. null: no constraint. */
  readonly monotone: readonly Direction[] | null;
  /** Threads that train; the trees are the same for any number. Few rows are trained on one. */
  readonly threads: number;
  /** Trees without a better validation average precision before stopping; null grows all of them. */
  readonly patience: number | null;
};

/**
 * Chosen on four earlier weeks of the Handbook, the first 70 % of ULB and the earlier years of the vehicle claims: slow
 * trees on samples of rows and features, with leaves that hold some Hessian. Sampling rows gained most; depths of 4 to 6
 * are equals.
 */
export const gradientBoostingDefaults: GradientBoostingOptions = {
  rounds: 400,
  learningRate: 0.05,
  growth: "depth",
  maxDepth: 5,
  maxLeaves: null,
  l2: 1,
  minChildHessian: 2,
  minGain: 0,
  rowSample: 0.7,
  columnSample: 0.8,
  maxBins: 255,
  loss: "logistic",
  focalGamma: 2,
  startMargin: "prevalence",
  monotone: null,
  threads: 1,
  patience: 80,
};

/** Deeper paths would overflow the bit masks of TreeSHAP. */
const DEEPEST = 24;

/** @throws RangeError that names the first option out of its range. */
export function checkOptions(options: GradientBoostingOptions): void {
  const whole = (value: number, from: number, to: number): boolean =>
    Number.isInteger(value) && value >= from && value <= to;
  const share = (value: number): boolean => value > 0 && value <= 1;
  const valid: Record<keyof GradientBoostingOptions, boolean> = {
    rounds: whole(options.rounds, 0, 10_000),
    learningRate: share(options.learningRate),
    growth: options.growth === "depth" || options.growth === "leaf",
    maxDepth: whole(options.maxDepth, 1, DEEPEST),
    maxLeaves: options.maxLeaves === null ? options.maxDepth <= 12 : whole(options.maxLeaves, 2, 4096),
    l2: options.l2 >= 0 && options.l2 < Number.POSITIVE_INFINITY,
    minChildHessian: options.minChildHessian > 0 && options.minChildHessian < Number.POSITIVE_INFINITY,
    minGain: options.minGain >= 0,
    rowSample: share(options.rowSample),
    columnSample: share(options.columnSample),
    maxBins: whole(options.maxBins, 2, 255),
    loss: options.loss === "logistic" || options.loss === "focal",
    focalGamma: options.focalGamma >= 0 && options.focalGamma <= 10,
    startMargin: options.startMargin === "prevalence" || options.startMargin === "even",
    monotone: options.monotone?.every((direction) => [-1, 0, 1].includes(direction)) ?? true,
    threads: whole(options.threads, 1, 64),
    patience: options.patience === null || whole(options.patience, 1, 10_000),
  };
  for (const [name, isValid] of Object.entries(valid)) {
    if (!isValid) throw new RangeError(`gradient boosting: option ${name} is out of its range`);
  }
}
