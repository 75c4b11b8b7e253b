import type { Family, FittedModel } from "../model.ts";

/** A model for tests: margin = base + weights . features, a missing value counting 0. */
export function linearModel(family: Family, base: number, weights: readonly number[]): FittedModel {
  return {
    family,
    width: weights.length,
    margins(features, rows, out) {
      for (let row = 0; row < rows; row++) {
        let margin = base;
        for (const [f, weight] of weights.entries()) {
          margin += weight * (features[row * weights.length + f] || 0);
        }
        out[row] = margin;
      }
    },
    contributions(row, out) {
      for (const [f, weight] of weights.entries()) out[f] = weight * (row[f] || 0);
      return base;
    },
    toJSON: () => ({ family, base, weights }),
    libraries: { [family]: "1.0" },
  };
}

/** Inverse of its `toJSON`. */
export function linearModelFrom(json: unknown): FittedModel {
  const { family, base, weights } = json as { family: Family; base: number; weights: number[] };
  return linearModel(family, base, weights);
}

/** Margins of row-major rows. */
export function marginsOf(model: FittedModel, features: Float64Array): number[] {
  const out = new Float64Array(features.length / model.width);
  model.margins(features, out.length, out);
  return [...out];
}
