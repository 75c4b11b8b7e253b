import type * as core from "@tensorflow/tfjs-core";
import type { Rng } from "#ml/math/seeded-random.ts";
import type { DenseLayer, DenseNetwork } from "./dense-network.ts";
import type { NeuralNetworkOptions } from "./options.ts";
import { heNormal } from "./training-batches.ts";

/** Added to a variance before its root, and weight of a batch in the running mean and variance of its sums. */
const EPSILON = 1e-3;
const BATCH_SHARE = 0.02;

/** A layer's batch normalisation: scale and shift are learnt, mean and variance run along. */
type Normalisation = {
  readonly scale: core.Variable;
  readonly shift: core.Variable;
  readonly mean: core.Variable;
  readonly variance: core.Variable;
};
type Layer = {
  readonly kernel: core.Variable;
  readonly bias: core.Variable;
  readonly norm: Normalisation | null;
};

/** A dense net in TensorFlow.js's variables. Whoever makes one disposes of it. */
export type TrainableNetwork = {
  readonly trained: readonly core.Variable[];
  readonly kernels: readonly core.Variable[];
  /** Margins (rows x 1) of encoded rows; `masks` silences units after each hidden layer, while training only. */
  margins(
    inputs: core.Tensor,
    training: { readonly masks: readonly (core.Tensor | null)[] } | null,
  ): core.Tensor;
  /** The weights as they are, batch normalisation folded in, `marginShift` added to the margin. */
  read(marginShift: number): DenseNetwork;
  dispose(): void;
};

/**
 * He-normal kernels from `rng`, zero biases but for the output's, which starts at `startMargin`; a linear skip starts
 * at zero.
 */
export function trainableNetwork(
  tf: typeof core,
  shape: Pick<NeuralNetworkOptions, "hidden" | "batchNorm" | "skip"> & { readonly width: number },
  { rng, startMargin }: { readonly rng: Rng; readonly startMargin: number },
): TrainableNetwork {
  const fill = (units: number, value: number, trainable = true): core.Variable =>
    tf.tidy(() => tf.variable(tf.fill([units], value), trainable));
  const units = [shape.width, ...shape.hidden];
  const layers = [...shape.hidden, 1].map((width, l): Layer => {
    const inputs = units[l] ?? 0;
    const isOutput = l === shape.hidden.length;
    return {
      kernel: tf.tidy(() => tf.variable(tf.tensor2d(heNormal(inputs, width, rng), [inputs, width]))),
      bias: fill(width, isOutput ? startMargin : 0),
      norm: isOutput || !shape.batchNorm ? null : normalisation(fill, width),
    };
  });
  const skip = shape.skip ? tf.tidy(() => tf.variable(tf.zeros([shape.width, 1]))) : null;
  const kernels = layers.map(({ kernel }) => kernel).concat(skip ?? []);
  const norms = layers.flatMap(({ norm }) => norm ?? []);
  const trained = [
    ...kernels,
    ...layers.map(({ bias }) => bias),
    ...norms.flatMap((norm) => [norm.scale, norm.shift]),
  ];
  return {
    trained,
    kernels,
    margins(inputs, training) {
      let values = inputs;
      for (const [l, { kernel, bias, norm }] of layers.entries()) {
        values = tf.add(product(tf, values, kernel), bias);
        if (l === layers.length - 1) break;
        if (norm !== null) values = normalised(tf, values, norm, training !== null);
        values = tf.relu(values);
        const mask = training?.masks[l];
        if (mask) values = tf.mul(values, mask);
      }
      return skip === null ? values : tf.add(values, product(tf, inputs, skip));
    },
    read: (marginShift) => ({
      layers: layers.map((layer, l) => readLayer(layer, l === layers.length - 1 ? marginShift : 0)),
      skip: skip === null ? null : Float32Array.from(skip.dataSync()),
    }),
    dispose: () => tf.dispose([...trained, ...norms.flatMap(({ mean, variance }) => [mean, variance])]),
  };
}

/**
 * Matrix product whose slopes transpose before they multiply: WebAssembly's product of an argument to be transposed takes
 * four times as long.
 */
function product(tf: typeof core, rows: core.Tensor, kernel: core.Tensor): core.Tensor {
  return tf.customGrad((...all) => {
    const [x, k, save] = all as [core.Tensor2D, core.Tensor2D, (tensors: core.Tensor[]) => void];
    save([x, k]);
    return {
      value: tf.matMul(x, k),
      gradFunc: (slopes: core.Tensor, saved: core.Tensor[]) => {
        const [inputs, weights] = saved as [core.Tensor2D, core.Tensor2D];
        const above = slopes as core.Tensor2D;
        return [tf.matMul(above, tf.transpose(weights)), tf.matMul(tf.transpose(inputs), above)];
      },
    };
  })(rows, kernel);
}

function normalisation(
  fill: (units: number, value: number, trainable?: boolean) => core.Variable,
  units: number,
): Normalisation {
  return {
    scale: fill(units, 1),
    shift: fill(units, 0),
    mean: fill(units, 0, false),
    variance: fill(units, 1, false),
  };
}

function normalised(
  tf: typeof core,
  sums: core.Tensor,
  { scale, shift, mean, variance }: Normalisation,
  isTraining: boolean,
): core.Tensor {
  const apply = (center: core.Tensor, spread: core.Tensor): core.Tensor =>
    tf.add(tf.mul(tf.mul(tf.sub(sums, center), tf.rsqrt(tf.add(spread, EPSILON))), scale), shift);
  if (!isTraining) return apply(mean, variance);
  const batch = tf.moments(sums, 0);
  for (const [running, now] of [
    [mean, batch.mean],
    [variance, batch.variance],
  ] as const) {
    running.assign(tf.add(tf.mul(running, 1 - BATCH_SHARE), tf.mul(now, BATCH_SHARE)));
  }
  return apply(batch.mean, batch.variance);
}

/** scale (k x + b - mean) / root + shift is a dense layer too: kernel k scale / root, bias (b - mean) scale / root + shift. */
function readLayer({ kernel, bias, norm }: Layer, biasShift: number): DenseLayer {
  const [inputs = 0, units = 0] = kernel.shape;
  const [kernels, biases] = [kernel.dataSync(), bias.dataSync()];
  const [scale, shift, mean, variance] = norm
    ? [norm.scale, norm.shift, norm.mean, norm.variance].map((variable) => variable.dataSync())
    : [];
  const factor = (u: number): number =>
    (scale?.[u] ?? 1) / (variance ? Math.sqrt((variance[u] ?? 0) + EPSILON) : 1);
  return {
    inputs,
    units,
    kernel: Float32Array.from(kernels, (weight, i) => weight * factor(i % units)),
    bias: Float32Array.from(
      biases,
      (b, u) => (b - (mean?.[u] ?? 0)) * factor(u) + (shift?.[u] ?? 0) + biasShift,
    ),
  };
}
