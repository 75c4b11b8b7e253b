import { z } from "zod";

/** Longest window that the performance and cost pages read at once. */
export const MAX_WINDOW_DAYS = 92;

/** `matured` is the last 30 days whose disputes are over; the numbers are days up to the newest scored payment. */
export const windowPresets = ["matured", "7", "30", "90", "custom"] as const;

/** Which labels count: those of payments old enough for every dispute, or every label there is so far. */
export const labelBases = ["mature", "labelled"] as const;
export const LabelBasis = z.enum(labelBases);
export type LabelBasis = z.infer<typeof LabelBasis>;

/** Which payments to look at. Days are UTC and inclusive; `version` is a model version's id, `all` or `auto`. */
export const AnalysisWindow = z.strictObject({
  preset: z.enum(windowPresets).default("matured"),
  from: z.iso.date().nullable().default(null),
  to: z.iso.date().nullable().default(null),
  basis: LabelBasis.default("mature"),
  version: z.string().min(1).max(64).default("auto"),
});
export type AnalysisWindow = z.infer<typeof AnalysisWindow>;
export type AnalysisWindowInput = z.input<typeof AnalysisWindow>;

/** Labelled frauds under which a rate of the window is not shown. */
export const MIN_LABELLED_FRAUDS = 50;
