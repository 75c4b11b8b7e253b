import type { Slice } from "./time-split.ts";
import type { SelectionFold } from "./training-plan.ts";

/** Margins of the folds' validation rows one after the other. */
export function pooledMargins(outOfFold: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(outOfFold.reduce((sum, margins) => sum + margins.length, 0));
  let at = 0;
  for (const margins of outOfFold) {
    all.set(margins, at);
    at += margins.length;
  }
  return all;
}

/** The validation rows of the folds one after the other, in the order of `pooledMargins`. */
export function pooledValidation(folds: readonly SelectionFold[]): Pick<Slice, "rows" | "labels"> {
  return {
    rows: Uint32Array.from(folds.flatMap(({ validation }) => [...validation.rows])),
    labels: Uint8Array.from(folds.flatMap(({ validation }) => [...validation.labels])),
  };
}
