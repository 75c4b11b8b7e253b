import type { QualityShares } from "./drift-baseline.ts";
import type { WindowCounts } from "./feature-reference.ts";

/** What is unlike before about a feature's values. */
export type QualityChange = "missing" | "unseen" | "outside";

/** Smallest share of rows whose missing, unseen or outside values make a difference. */
const leastChange = { missing: 0.05, unseen: 0.02, outside: 0.05 } as const;
/** Standard errors of a share by chance. */
const CHANCE = 5;

/**
 * What of a window's values lies beyond the shares of every usual window, by more than both chance at this many rows and
 * the least change worth telling; far fewer missing values count too. Null without rows or change.
 */
export function qualityChange(
  counts: Pick<WindowCounts, QualityChange>,
  rows: number,
  usual: QualityShares,
): QualityChange | null {
  if (rows === 0) return null;
  for (const kind of ["missing", "unseen", "outside"] as const) {
    const share = counts[kind] / rows;
    const [least, most] = usual[kind];
    const reach = (from: number): number =>
      Math.max(leastChange[kind], 2 * (most - least), CHANCE * Math.sqrt((from * (1 - from)) / rows));
    if (share > most + reach(most)) return kind;
    if (kind === "missing" && share < least - reach(least)) return kind;
  }
  return null;
}
