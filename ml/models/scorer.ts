import { calibrate } from "#ml/calibration/calibrator.ts";
import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { ModelArtifact } from "./artifact.ts";
import { loadModel } from "./families.ts";
import { largestShares } from "./largest-shares.ts";
import { finish, type Steps } from "./steps.ts";

/** What one feature adds to the log-odds of fraud, before calibration. */
export type Contribution = { readonly feature: string; readonly contribution: number };

/** The same, with the feature's place in the feature set. */
export type PlacedContribution = Contribution & { readonly place: number };

/** A model version ready to serve: typed arrays only, nothing asynchronous, one instance per thread. */
export interface Scorer {
  readonly featureSet: FeatureSet;
  /**
   * Writes the calibrated probability of fraud of each row into `out`. `features` is row-major, rows x features of
   * the set, NaN where missing. A score that cannot be computed is NaN: its payment belongs in review.
   * @throws RangeError when `features` or `out` is too short.
   */
  score(features: Float64Array, rows: number, out: Float64Array): void;
  /** Contributions of one row's features, largest first; with `baseMargin` they sum to the margin. */
  explain(row: Float64Array): Contribution[];
  /** The `count` largest contributions above 0, largest first: what `explain` begins with, without the rest. */
  explainTop(row: Float64Array, count: number): PlacedContribution[];
  /** Margins (log-odds before calibration) of rows, for calibrating and comparing. */
  margins(features: Float64Array, rows: number, out: Float64Array): void;
}

/**
 * Makes a scorer of an artefact.
 * @throws RangeError when the model's family or version is unknown, or its width is not the feature set's.
 */
export function loadScorer(artifact: Scored): Scorer {
  return finish(loadScorerSteps(artifact));
}

/** What of an artefact a scorer is made of. */
type Scored = Pick<ModelArtifact, "family" | "featureSet" | "model" | "marginOffset" | "calibrator">;

/** `loadScorer` in steps of about a millisecond, for a thread that has payments to answer meanwhile. */
export function* loadScorerSteps(artifact: Scored): Steps<Scorer> {
  const { featureSet, calibrator, marginOffset } = artifact;
  const model = loadModel(artifact.family, artifact.model);
  const width = featureSet.definitions.length;
  if (model.width !== width) {
    throw new RangeError(`the model reads ${model.width} features, its feature set has ${width}`);
  }
  // Whoever loads can wait; the first payment to be explained cannot.
  yield* model.prepare?.() ?? [];
  const shares = new Float64Array(width);
  const margins = (features: Float64Array, rows: number, out: Float64Array): void => {
    if (features.length < rows * width || out.length < rows)
      throw new RangeError("too few features or too short an output");
    model.margins(features, rows, out);
    for (let row = 0; row < rows; row++) out[row] = (out[row] as number) + marginOffset;
  };
  return {
    featureSet,
    margins,
    score(features, rows, out) {
      margins(features, rows, out);
      for (let row = 0; row < rows; row++) {
        const margin = out[row] as number;
        out[row] = Number.isFinite(margin) ? calibrate(calibrator, margin) : Number.NaN;
      }
    },
    explain(row) {
      model.contributions(row, shares);
      return featureSet.definitions
        .map((definition, f) => ({ feature: definition.name, contribution: shares[f] ?? 0 }))
        .sort((a, b) => b.contribution - a.contribution);
    },
    explainTop(row, count) {
      model.contributions(row, shares);
      return largestShares(shares, count).map((place) => ({
        feature: featureSet.definitions[place]?.name ?? "",
        contribution: shares[place] ?? 0,
        place,
      }));
    },
  };
}
