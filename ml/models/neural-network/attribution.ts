import { type DenseLayer, type DenseNetwork, dense, forward, layerBuffers } from "./dense-network.ts";

/** Points on the path; the midpoint rule over a piecewise linear net of this size leaves little residual. */
export const STEPS = 24;

/**
 * Attributes the margin of one row to the network's inputs, relative to a baseline input.
 * Writes one value per input into `out` and returns the baseline's margin; they sum to the row's margin.
 */
export type Attribute = (input: Float64Array, out: Float64Array) => number;

/**
 * Integrated gradients (Sundararajan, Taly and Yan 2017) from `baseline` along the straight line, midpoint rule.
 * The first layer's sums are linear on the path, so each step costs the upper layers only. What numerical integration leaves
 * over is spread in proportion to the absolute attributions, which keeps completeness exact.
 */
export function integratedGradients(network: DenseNetwork, baseline: Float64Array): Attribute {
  const first = network.layers[0] as DenseLayer;
  const { skip } = network;
  const atBaseline = layerBuffers(network);
  const atRow = layerBuffers(network);
  const sums = layerBuffers(network);
  const slopes = layerBuffers(network);
  const total = new Float64Array(first.units);
  const baseMargin = forward(network, baseline, atBaseline);
  const from = atBaseline[0] as Float64Array;
  const to = atRow[0] as Float64Array;
  const onPath = sums[0] as Float64Array;
  return (input, out) => {
    const margin = forward(network, input, atRow);
    total.fill(0);
    for (let step = 0; step < STEPS; step++) {
      const share = (step + 0.5) / STEPS;
      for (let u = 0; u < first.units; u++) {
        onPath[u] = (from[u] as number) + share * ((to[u] as number) - (from[u] as number));
      }
      addSlopes(network, sums, slopes, total);
    }
    for (let i = 0; i < first.inputs; i++) {
      let slope = 0;
      for (let u = 0; u < first.units; u++) {
        slope += (total[u] as number) * (first.kernel[i * first.units + u] as number);
      }
      if (skip !== null) slope += STEPS * (skip[i] as number);
      out[i] = (slope / STEPS) * ((input[i] as number) - (baseline[i] as number));
    }
    spreadResidual(out, margin - baseMargin);
    return baseMargin;
  };
}

/** Adds the margin's derivative by the first layer's sums at the point given by those sums. */
function addSlopes(
  { layers }: DenseNetwork,
  sums: readonly Float64Array[],
  slopes: readonly Float64Array[],
  total: Float64Array,
): void {
  const last = layers.length - 1;
  for (let l = 1; l <= last; l++) {
    dense(layers[l] as DenseLayer, sums[l - 1] as Float64Array, true, sums[l] as Float64Array);
  }
  (slopes[last] as Float64Array)[0] = 1;
  for (let l = last; l >= 1; l--) {
    const { inputs, units, kernel } = layers[l] as DenseLayer;
    const above = slopes[l] as Float64Array;
    const below = slopes[l - 1] as Float64Array;
    const active = sums[l - 1] as Float64Array;
    for (let i = 0; i < inputs; i++) {
      let slope = 0;
      if ((active[i] as number) > 0) {
        for (let u = 0; u < units; u++) slope += (above[u] as number) * (kernel[i * units + u] as number);
      }
      below[i] = slope;
    }
  }
  const bottom = slopes[0] as Float64Array;
  for (let u = 0; u < total.length; u++) total[u] = (total[u] as number) + (bottom[u] as number);
}

export function spreadResidual(out: Float64Array, target: number): void {
  let sum = 0;
  let size = 0;
  for (let i = 0; i < out.length; i++) {
    sum += out[i] as number;
    size += Math.abs(out[i] as number);
  }
  const residual = target - sum;
  for (let i = 0; i < out.length; i++) {
    const share = size > 0 ? Math.abs(out[i] as number) / size : 1 / out.length;
    out[i] = (out[i] as number) + residual * share;
  }
}
