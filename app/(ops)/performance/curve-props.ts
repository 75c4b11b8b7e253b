import type { Bands, OperatingPoint, Performance } from "./types.ts";

/** What a curve with the threshold's handle is drawn from. */
export type CurveProps = {
  view: Performance;
  /** intervals by threshold; null until they came */
  bands: ReadonlyMap<number, Bands["points"][number]> | null;
  /** intervals of what is quoted; null until they came */
  ranking: Bands["ranking"] | null;
  at: number;
  point: OperatingPoint;
  onPick: (index: number) => void;
};
