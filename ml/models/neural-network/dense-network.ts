/** One dense layer; `kernel` is inputs x units, row-major, as TensorFlow.js keeps it. */
export type DenseLayer = {
  readonly inputs: number;
  readonly units: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
};

/** ReLU between layers and one linear output unit, the margin, to which `skip` adds a linear model of the inputs. */
export type DenseNetwork = {
  readonly layers: readonly DenseLayer[];
  /** One weight per input, or null for none. */
  readonly skip: Float32Array | null;
};

/** One buffer per layer for its sums before ReLU. */
export function layerBuffers({ layers }: DenseNetwork): Float64Array[] {
  return layers.map((layer) => new Float64Array(layer.units));
}

/**
 * The margin of one encoded row, in double precision, leaving each layer's sums before ReLU in `sums`.
 * No allocation; the same row gives the same bits.
 */
export function forward(network: DenseNetwork, input: Float64Array, sums: readonly Float64Array[]): number {
  const { layers, skip } = network;
  let values = input;
  for (let l = 0; l < layers.length; l++) {
    const out = sums[l] as Float64Array;
    dense(layers[l] as DenseLayer, values, l > 0, out);
    values = out;
  }
  let margin = values[0] as number;
  if (skip !== null) {
    for (let i = 0; i < skip.length; i++) margin += (skip[i] as number) * (input[i] as number);
  }
  return margin;
}

/** out = bias + kernel' x, with ReLU applied to x first when `rectify`. */
export function dense(layer: DenseLayer, x: Float64Array, rectify: boolean, out: Float64Array): void {
  const { inputs, units, kernel, bias } = layer;
  for (let u = 0; u < units; u++) out[u] = bias[u] as number;
  for (let i = 0; i < inputs; i++) {
    const value = x[i] as number;
    if (value === 0 || (rectify && value < 0)) continue;
    const at = i * units;
    for (let u = 0; u < units; u++) {
      out[u] = (out[u] as number) + value * (kernel[at + u] as number);
    }
  }
}
