import { z } from "zod";
import { availableFamilies } from "#ml/models/families.ts";
import { imbalanceMethods } from "#ml/training/imbalance-method.ts";
import { type TrainOptions, trainDefaults } from "#ml/training/train-options.ts";
import { ExperimentSettings, FamilyChanges } from "./experiment-options.ts";

/** A model version whose calibration is made anew. */
const Recalibrated = z.strictObject({
  versionId: z.string().min(1).max(64),
  number: z.int(),
  artifactHash: z.string().regex(/^[0-9a-f]{64}$/),
});

const Options = z.strictObject({
  families: z
    .array(z.enum(availableFamilies))
    .min(1)
    .default([...availableFamilies]),
  seed: z.int().min(0).max(2_147_483_647).default(1),
  /** Ways to treat rare frauds that each family tries; validation chooses among several. */
  imbalanceMethods: z
    .array(z.enum(imbalanceMethods))
    .min(1)
    .default([...trainDefaults.imbalanceMethods]),
  /** Whether variants of each family's own options are tried too: better, and several times slower. */
  search: z.enum(["off", "on"]).default(trainDefaults.search),
  /** Under-sampling: legitimate payments kept per fraud; null keeps all. Scores are corrected for it. */
  negativesPerPositive: z
    .number()
    .min(1)
    .max(100_000)
    .nullable()
    .default(trainDefaults.imbalance.negativesPerPositive),
  /**
   * Class weights: weight of a fraud against a legitimate payment's 1; null is the root of legitimate payments per
   * fraud. Scores are corrected for it.
   */
  positiveWeight: z.number().min(0.01).max(10_000).nullable().default(trainDefaults.imbalance.positiveWeight),
  /** Whether a leak in the rows refuses the run, or is told in its report alone. */
  leaks: z.enum(["refuse", "report"]).default("refuse"),
  /** What a candidate has to lower to take the champion's place, named before the run. */
  metric: z.enum(["expected_cost"]).default("expected_cost"),
  /** Fitting that a learning curve may cost once the choice is made; 0 leaves it out. */
  learningCurveSeconds: z.int().min(0).max(3_600).default(20),
  /** An experiment searches configurations first, and trains the best; null trains what the other options say. */
  experiment: ExperimentSettings.nullable().default(null),
  /** Changes to the families' own options, as an experiment's winner has them. */
  familyOptions: FamilyChanges.default({}),
  /** A model that gets another calibration and is not trained; null trains. */
  recalibrates: Recalibrated.nullable().default(null),
});

/** What a person chooses for a run; the rest comes from the policy in force and the defaults of ml/training. */
export const TrainingOptions = Options.refine(
  ({ families }) => !families.includes("ensemble") || families.length > 2,
  { path: ["families"], error: "An ensemble needs at least two other families." },
);
export type TrainingOptions = z.infer<typeof TrainingOptions>;
/** The same before defaults are filled in. */
export type TrainingOptionsInput = z.input<typeof TrainingOptions>;

/** A search among many configurations would suit itself to a single validation window. */
const SEARCH_FOLDS = 3;

/** Options of ml/training for a run under a policy whose labels mature in `maturityDays`. */
export function trainOptionsOf(options: TrainingOptions, maturityDays: number): TrainOptions {
  return {
    ...trainDefaults,
    families: options.families,
    seed: options.seed,
    maturityDays,
    split: { ...trainDefaults.split, gapDays: maturityDays },
    imbalanceMethods: options.imbalanceMethods,
    search: options.search,
    familyOptions: options.familyOptions as TrainOptions["familyOptions"],
    folds: options.search === "on" ? SEARCH_FOLDS : trainDefaults.folds,
    imbalance: {
      ...trainDefaults.imbalance,
      negativesPerPositive: options.negativesPerPositive,
      positiveWeight: options.positiveWeight,
    },
  };
}
