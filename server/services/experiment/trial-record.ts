import { z } from "zod";
import { searchMetrics } from "#ml/training/search/metric.ts";

/**
 * What became of a configuration. waiting, running; measured: on its last rung so far; behind: others of its rung went
 * on; late: time was over; failed: it could not be fitted; won: it became the candidate.
 */
const trialStates = ["waiting", "running", "measured", "behind", "late", "failed", "won"] as const;
export const TrialState = z.enum(trialStates);
export type TrialState = z.infer<typeof TrialState>;

const Interval = z.object({ lower: z.number(), upper: z.number(), replicates: z.int() });
const Figure = z.object({ value: z.number().nullable(), interval: Interval.nullable() });

/** What a rung measured on the validation days, as the column keeps it (TrialMeasurement). */
export const TrialRung = z.object({
  rung: z.int(),
  share: z.number(),
  trainRows: z.int(),
  trainFrauds: z.int(),
  seconds: z.number(),
  steps: z.int().nullable(),
  figures: z.record(z.enum(searchMetrics), Figure),
  curve: z.array(z.object({ step: z.int(), value: z.number() })),
});
export type TrialRung = z.infer<typeof TrialRung>;

export const TrialParameters = z.record(z.string(), z.union([z.number(), z.array(z.number())]));

/** What a trial that learned from all rows has beside its figures. */
export const TrialDetails = z.object({
  importance: z
    .array(
      z.object({
        name: z.string(),
        permutation: z.number().nullable(),
        meanContribution: z.number().nullable(),
        gain: z.number().nullable(),
      }),
    )
    .nullable(),
  curve: z.array(z.object({ recall: z.number(), precision: z.number() })),
});
export type TrialDetails = z.infer<typeof TrialDetails>;
