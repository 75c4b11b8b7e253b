import { breathe } from "./cooperation.ts";
import { type Encoder, type EncodingJson, fitEncoder, loadEncoder } from "./encoding.ts";
import { kindsOf } from "./feature-kind.ts";
import { minimise } from "./lbfgs.ts";
import type { FittedModel, ModelFamily, TrainingRows } from "./model.ts";
import { rowSample } from "./row-sample.ts";

export type LogisticRegressionOptions = {
  /** Penalty: l2 / 2 times the squared weights, beside the summed log loss (1 / C of scikit-learn). */
  readonly l2: number;
  /** Pieces of the piecewise linear encoding per continuous feature. */
  readonly pieces: number;
  readonly maxIterations: number;
};

type Json = {
  readonly family: "logistic_regression";
  readonly version: 1;
  readonly encoding: EncodingJson;
  readonly intercept: number;
  readonly weights: readonly number[];
  readonly means: readonly number[];
};

/** A linear model of some hundred inputs learns nothing more from more rows. */
const MOST_ROWS = 200_000;

/** L2 logistic regression on encoded inputs, by L-BFGS. The intercept is not penalised. Deterministic. */
export const logisticRegressionFamily: ModelFamily<LogisticRegressionOptions> = {
  family: "logistic_regression",
  // On earlier weeks of the Handbook 1 was best and 10 on folds of ULB; 3 is close to the best on both.
  defaults: { l2: 3, pieces: 4, maxIterations: 200 },
  async fit(all, _validation, options, context) {
    const { signal } = context;
    const training = rowSample(all, MOST_ROWS, context.seed);
    const encoder = await fitEncoder(training, kindsOf(context), { pieces: options.pieces, signal });
    const inputs = await encoder.encodeMatrix(training, signal);
    const { x } = await minimise(
      logLoss(inputs, encoder.width, training, options.l2),
      startAt(training, encoder),
      {
        maxIterations: options.maxIterations,
        tolerance: 1e-5 * Math.max(1, training.rows),
        onIteration: async (iteration, value) => {
          context.onProgress({
            step: iteration,
            steps: options.maxIterations,
            note: `iteration ${iteration}, loss ${(value / Math.max(1, training.rows)).toFixed(5)}`,
          });
          await breathe(signal);
        },
      },
    );
    return fromJson({
      family: "logistic_regression",
      version: 1,
      encoding: encoder.toJSON(),
      intercept: x[encoder.width] as number,
      weights: [...x.subarray(0, encoder.width)],
      means: columnMeans(inputs, encoder.width),
    });
  },
  load(json) {
    const { family, version } = json as Partial<Json>;
    if (family !== "logistic_regression" || version !== 1) {
      throw new RangeError(`not a logistic regression of version 1: ${family} ${version}`);
    }
    return fromJson(json as Json);
  },
};

/** Weights zero, intercept at the log-odds of the training prevalence. */
function startAt(training: TrainingRows, encoder: Encoder): Float64Array {
  let frauds = 0;
  let total = 0;
  for (let row = 0; row < training.rows; row++) {
    const weight = training.weights?.[row] ?? 1;
    total += weight;
    frauds += weight * (training.labels[row] as number);
  }
  const start = new Float64Array(encoder.width + 1);
  start[encoder.width] = Math.log((frauds + 0.5) / (total - frauds + 0.5));
  return start;
}

/**
 * Penalised log loss: sum of w (log(1 + e^z) - y z) + l2 / 2 |weights|^2, with its gradient p - y. The stable form
 * of log(1 + e^z) is max(z, 0) + log1p(e^-|z|).
 */
function logLoss(inputs: Float32Array, width: number, training: TrainingRows, l2: number) {
  const { rows, labels, weights } = training;
  return (x: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    gradient.fill(0);
    for (let row = 0; row < rows; row++) {
      const at = row * width;
      let z = x[width] as number;
      for (let c = 0; c < width; c++) z += (x[c] as number) * (inputs[at + c] as number);
      const weight = weights === null ? 1 : (weights[row] as number);
      const label = labels[row] as number;
      const e = Math.exp(-Math.abs(z));
      loss += weight * (Math.max(z, 0) + Math.log1p(e) - label * z);
      const error = weight * ((z >= 0 ? 1 / (1 + e) : e / (1 + e)) - label);
      for (let c = 0; c < width; c++) {
        gradient[c] = (gradient[c] as number) + error * (inputs[at + c] as number);
      }
      gradient[width] = (gradient[width] as number) + error;
    }
    for (let c = 0; c < width; c++) {
      loss += (l2 / 2) * (x[c] as number) ** 2;
      gradient[c] = (gradient[c] as number) + l2 * (x[c] as number);
    }
    return loss;
  };
}

function columnMeans(inputs: Float32Array, width: number): number[] {
  const means = new Array<number>(width).fill(0);
  const rows = inputs.length / Math.max(1, width);
  for (let i = 0; i < inputs.length; i++) {
    means[i % width] = (means[i % width] as number) + (inputs[i] as number) / rows;
  }
  return means;
}

function fromJson(json: Json): FittedModel {
  const encoder = loadEncoder(json.encoding);
  const weights = Float64Array.from(json.weights);
  const means = Float64Array.from(json.means);
  if (weights.length !== encoder.width || means.length !== encoder.width) {
    throw new RangeError("logistic regression has another number of weights than inputs");
  }
  const input = new Float64Array(encoder.width);
  let base = json.intercept;
  for (const [c, weight] of weights.entries()) base += weight * (means[c] as number);
  return {
    family: "logistic_regression",
    width: encoder.sourceWidth,
    margins(features, rows, out) {
      for (let row = 0; row < rows; row++) {
        encoder.encodeRow(features, row * encoder.sourceWidth, input, 0);
        let z = json.intercept;
        for (let c = 0; c < input.length; c++) z += (weights[c] as number) * (input[c] as number);
        out[row] = z;
      }
    },
    contributions(row, out) {
      out.fill(0);
      encoder.encodeRow(row, 0, input, 0);
      for (let c = 0; c < input.length; c++) {
        const source = encoder.sources[c] as number;
        const term = (weights[c] as number) * ((input[c] as number) - (means[c] as number));
        out[source] = (out[source] as number) + term;
      }
      return base;
    },
    toJSON: () => json,
  };
}
