import { z } from "zod";

/** When a model is trained anew, and what becomes of the result, under the setting "retraining". Changes are audited. */
export const RetrainingSettings = z.strictObject({
  schedule: z
    .strictObject({
      every: z.enum(["off", "day", "week"]).default("off"),
      hourUtc: z.int().min(0).max(23).default(3),
      /** 0 is Sunday; heeded for a week */
      weekday: z.int().min(0).max(6).default(1),
    })
    .prefault({}),
  /** so many mature labels since the last run ask for one; null: labels alone ask for none */
  matureLabels: z.int().min(1).max(10_000_000).nullable().default(null),
  /** whether an alert of drift or performance asks for one */
  onAlert: z.boolean().default(false),
  /** what labels and alerts ask for starts no sooner after the last run */
  leastHoursBetween: z.int().min(0).max(720).default(6),
  /** automatic: what the gate lets through is promoted; four eyes still apply where they are set */
  promotion: z.enum(["manual", "automatic"]).default("manual"),
  /** whether a champion that breaks a live guardrail is taken back by itself in its first week */
  rollback: z.enum(["off", "automatic"]).default("automatic"),
});
export type RetrainingSettings = z.infer<typeof RetrainingSettings>;

export const defaultRetrainingSettings: RetrainingSettings = RetrainingSettings.parse({});
