import type { CalibrationBin } from "./calibration-scores.ts";

/** Parts of a Brier score: reliability - resolution + uncertainty + withinBins is the score itself. */
export type BrierParts = {
  /** how far the bins' scores stand from their event rates; 0 is best */
  readonly reliability: number;
  /** how far the bins' event rates stand from the overall one; more is better */
  readonly resolution: number;
  /** of the base rate alone */
  readonly uncertainty: number;
  /** what scores differ inside a bin (Stephenson et al. 2008): small when the bins are narrow */
  readonly withinBins: number;
};

/** Murphy's decomposition (1973) on reliability bins, with the remainder that binning leaves. Null without rows. O(bins). */
export function brierParts(bins: readonly CalibrationBin[], brier: number | null): BrierParts | null {
  const rows = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (rows === 0 || brier === null) return null;
  const base = bins.reduce((sum, bin) => sum + bin.count * (bin.eventRate ?? 0), 0) / rows;
  let [reliability, resolution] = [0, 0];
  for (const { count, meanScore, eventRate } of bins) {
    if (meanScore === null || eventRate === null) continue;
    reliability += (count / rows) * (meanScore - eventRate) ** 2;
    resolution += (count / rows) * (eventRate - base) ** 2;
  }
  const uncertainty = base * (1 - base);
  return {
    reliability,
    resolution,
    uncertainty,
    withinBins: brier - (reliability - resolution + uncertainty),
  };
}
