import { z } from "zod";

/** Days back that the review's quality is told for. */
export const qualityWindows = [30, 90, 180] as const;
export const QualityInput = z.strictObject({
  days: z.union(qualityWindows.map((days) => z.literal(days))).default(90),
});
export type QualityInput = z.infer<typeof QualityInput>;

/** Under these a figure would tell more about chance than about people, so it is not shown. */
export const qualityFloors = {
  /** second reviews behind kappa */
  pairs: 30,
  /** verdicts whose truth is known behind a share */
  known: 20,
  /** cases behind a median */
  timed: 10,
} as const;
