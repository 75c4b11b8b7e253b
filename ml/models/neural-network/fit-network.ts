import type * as core from "@tensorflow/tfjs-core";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { createRng, type Rng } from "#ml/math/seeded-random.ts";
import type { DenseNetwork } from "./dense-network.ts";
import { weightedLoss } from "./network-loss.ts";
import type { NeuralNetworkOptions } from "./options.ts";
import type { TensorFlow } from "./tensorflow-backend.ts";
import { type TrainableNetwork, trainableNetwork } from "./trainable-network.ts";
import { dropoutMask, epochSampler, gather } from "./training-batches.ts";

/** Encoded rows as the network sees them: row-major float32. */
export type NetworkRows = {
  readonly width: number;
  readonly rows: number;
  readonly inputs: Float32Array;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | null;
};

export type NetworkFit = {
  readonly training: NetworkRows;
  readonly validation: NetworkRows;
  readonly options: NeuralNetworkOptions;
  readonly seed: string;
  /** Told after each epoch; what it throws ends the fit. */
  readonly onEpoch: (epoch: number, validationAp: number | null) => void;
};

/** Epochs are counted from 1; `epochs` is the one whose weights were kept. */
export type FittedNetwork = { readonly network: DenseNetwork; readonly epochs: number };

const PREDICTED_ROWS = 8192;

/**
 * Trains one dense net with Adam and restores the weights of the epoch with the best validation average precision
 * (with none to see, the last epoch's). Weights, batches and dropout come from `seed` alone. Blocks its thread, and
 * leaves no tensor behind, also when it fails.
 */
export function fitNetwork(tf: TensorFlow, fit: NetworkFit): FittedNetwork {
  const { training, options } = fit;
  const rng = createRng(fit.seed);
  const sampler = epochSampler(training.labels, options.rowsPerEpoch, rng);
  const priorShift = Math.log(sampler.keptShare);
  const { startMargin, meanWeight } = prevalence(training);
  const shape = { ...options, width: training.width };
  const network = trainableNetwork(tf.core, shape, { rng, startMargin: startMargin - priorShift });
  const optimizer = tf.core.train.adam(options.learningRate);
  const trainer: Trainer = { ...fit, tf: tf.core, network, optimizer, rng, meanWeight };
  const { patience } = options;
  try {
    let best = { network: network.read(priorShift), epochs: 0, ap: Number.NEGATIVE_INFINITY };
    for (let epoch = 1; epoch <= (options.stopAfter ?? options.epochs); epoch++) {
      trainEpoch(trainer, epoch, sampler.next());
      const ap = patience === null ? null : validationAp(trainer);
      fit.onEpoch(epoch, ap);
      if (ap === null || ap > best.ap) {
        best = { network: network.read(priorShift), epochs: epoch, ap: ap ?? best.ap };
      }
      if (patience !== null && epoch - best.epochs >= patience) break;
    }
    return { network: best.network, epochs: best.epochs };
  } finally {
    optimizer.dispose();
    network.dispose();
  }
}

type Trainer = NetworkFit & {
  readonly tf: typeof core;
  readonly network: TrainableNetwork;
  readonly optimizer: core.Optimizer;
  readonly rng: Rng;
  readonly meanWeight: number;
};

/** Log-odds of the weighted rows, where the output's bias starts, and the mean weight, which is to count as 1. */
function prevalence({ rows, labels, weights }: NetworkRows): { startMargin: number; meanWeight: number } {
  let total = 0;
  let frauds = 0;
  for (let row = 0; row < rows; row++) {
    const weight = weights?.[row] ?? 1;
    total += weight;
    frauds += weight * (labels[row] as number);
  }
  const meanWeight = total > 0 ? total / rows : 1;
  const [weighted, all] = [frauds / meanWeight, total / meanWeight];
  return { startMargin: Math.log((weighted + 0.5) / (all - weighted + 0.5)), meanWeight };
}

function trainEpoch(trainer: Trainer, epoch: number, order: Uint32Array): void {
  const { batchSize, epochs, learningRate } = trainer.options;
  for (let from = 0; from < order.length; from += batchSize) {
    const done = (epoch - 1 + from / order.length) / epochs;
    Object.assign(trainer.optimizer, { learningRate: (learningRate / 2) * (1 + Math.cos(Math.PI * done)) });
    trainBatch(trainer, order.subarray(from, from + batchSize));
  }
}

function trainBatch(trainer: Trainer, rows: Uint32Array): void {
  const { tf, training, options, network, meanWeight } = trainer;
  const column = (read: (row: number) => number): core.Tensor =>
    tf.tensor2d(Float32Array.from(rows, read), [rows.length, 1]);
  tf.tidy(() => {
    const inputs = tf.tensor2d(gather(training.inputs, training.width, rows), [rows.length, training.width]);
    const labels = column((row) => training.labels[row] as number);
    const weights = column((row) => (training.weights?.[row] ?? 1) / meanWeight);
    const masks = dropoutMasks(trainer, rows.length);
    trainer.optimizer.minimize(
      () => {
        const margins = network.margins(inputs, { masks });
        const loss = weightedLoss(tf, { margins, labels, weights }, options);
        if (options.l2 === 0) return loss as core.Scalar;
        const squares = network.kernels.map((kernel) => tf.sum(tf.square(kernel)));
        return tf.add(loss, tf.mul(tf.addN(squares), options.l2)) as core.Scalar;
      },
      false,
      [...network.trained],
    );
  });
}

function dropoutMasks({ tf, options, rng }: Trainer, rows: number): (core.Tensor | null)[] {
  return options.hidden.map((units) =>
    options.dropout > 0 ? tf.tensor2d(dropoutMask(rows * units, options.dropout, rng), [rows, units]) : null,
  );
}

/** Null where the slice holds no fraud. */
function validationAp({ tf, network, validation }: Trainer): number | null {
  const { inputs, width, rows, labels, weights } = validation;
  const margins = new Float32Array(rows);
  for (let from = 0; from < rows; from += PREDICTED_ROWS) {
    const to = Math.min(rows, from + PREDICTED_ROWS);
    const batch = inputs.slice(from * width, to * width);
    margins.set(
      tf.tidy(() => network.margins(tf.tensor2d(batch, [to - from, width]), null).dataSync<"float32">()),
      from,
    );
  }
  return averagePrecision(margins, labels, weights);
}
