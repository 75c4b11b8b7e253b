import { z } from "zod";
import { availableFamilies } from "#ml/models/families.ts";
import { type TrainOptions, trainDefaults } from "#ml/training/train-options.ts";

/** What a person chooses for a run; the rest comes from the policy in force and the defaults of ml/training. */
export const TrainingOptions = z.strictObject({
  families: z
    .array(z.enum(availableFamilies))
    .min(1)
    .default([...availableFamilies]),
  seed: z.int().min(0).max(2_147_483_647).default(1),
  /** Legitimate payments kept per fraud in training; null keeps all. Scores are corrected for it. */
  negativesPerPositive: z
    .number()
    .min(1)
    .max(100_000)
    .nullable()
    .default(trainDefaults.imbalance.negativesPerPositive),
  /** Weight of a fraud against a legitimate payment's 1. Scores are corrected for it. */
  positiveWeight: z.number().min(0.01).max(10_000).default(trainDefaults.imbalance.positiveWeight),
});
export type TrainingOptions = z.infer<typeof TrainingOptions>;
/** The same before defaults are filled in. */
export type TrainingOptionsInput = z.input<typeof TrainingOptions>;

/** Options of ml/training for a run under a policy whose labels mature in `maturityDays`. */
export function trainOptionsOf(options: TrainingOptions, maturityDays: number): TrainOptions {
  return {
    ...trainDefaults,
    families: options.families,
    seed: options.seed,
    maturityDays,
    split: { ...trainDefaults.split, gapDays: maturityDays },
    imbalance: {
      negativesPerPositive: options.negativesPerPositive,
      positiveWeight: options.positiveWeight,
    },
  };
}
