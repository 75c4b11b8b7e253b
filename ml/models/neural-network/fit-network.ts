import type * as core from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { createRng, type Rng } from "#ml/math/seeded-random.ts";
import { breathe } from "../cooperation.ts";
import type { DenseNetwork } from "./dense-network.ts";
import type { NeuralNetworkOptions } from "./options.ts";
import type { TensorFlow } from "./tensorflow-backend.ts";
import { dropoutMask, epochSampler, gather, heNormal } from "./training-batches.ts";

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
  readonly signal: AbortSignal | null;
  readonly onEpoch: (epoch: number, validationAp: number | null) => void;
};

const BATCHES_PER_BREATH = 16;

/**
 * Trains one dense net with Adam on the log loss and restores the weights of the epoch with the best validation
 * average precision (with none to see, the last epoch's). Weights, batches and dropout come from `seed` alone. Leaves
 * no tensor behind, also when aborted.
 * @throws the signal's reason when aborted.
 */
export async function fitNetwork(
  tf: TensorFlow,
  fit: NetworkFit,
): Promise<{ network: DenseNetwork; epochs: number }> {
  const { training, options } = fit;
  const rng = createRng(fit.seed);
  const model = buildModel(tf, training.width, options.hidden, rng);
  const optimizer = tf.core.train.adam(options.learningRate);
  try {
    const sampler = epochSampler(training.labels, options.rowsPerEpoch, rng);
    const priorShift = Math.log(sampler.keptShare);
    let best = { network: readNetwork(model, priorShift), epochs: 0, ap: Number.NEGATIVE_INFINITY };
    for (let epoch = 1; epoch <= options.epochs; epoch++) {
      await trainEpoch(tf, { ...fit, model, optimizer, order: sampler.next(), rng });
      const ap = options.patience === null ? null : validationAp(tf, model, fit.validation);
      fit.onEpoch(epoch, ap);
      if (ap === null || ap > best.ap)
        best = { network: readNetwork(model, priorShift), epochs: epoch, ap: ap ?? best.ap };
      if (options.patience !== null && epoch - best.epochs >= options.patience) break;
    }
    return best;
  } finally {
    optimizer.dispose();
    model.dispose();
  }
}

function buildModel(
  { core, layers }: TensorFlow,
  width: number,
  hidden: readonly number[],
  rng: Rng,
): LayersModel {
  const model = layers.sequential();
  for (const [l, units] of [...hidden, 1].entries()) {
    const activation = l < hidden.length ? "relu" : "linear";
    model.add(
      layers.layers.dense({
        units,
        activation,
        kernelInitializer: "zeros",
        ...(l === 0 ? { inputShape: [width] } : {}),
      }),
    );
  }
  let inputs = width;
  for (const [l, layer] of model.layers.entries()) {
    const units = hidden[l] ?? 1;
    const start = [core.tensor2d(heNormal(inputs, units, rng), [inputs, units]), core.zeros([units])];
    layer.setWeights(start);
    core.dispose(start);
    inputs = units;
  }
  return model;
}

type EpochWork = NetworkFit & {
  readonly model: LayersModel;
  readonly optimizer: core.Optimizer;
  readonly order: Uint32Array;
  readonly rng: Rng;
};

async function trainEpoch(tf: TensorFlow, work: EpochWork): Promise<void> {
  const { batchSize } = work.options;
  for (let from = 0, batch = 0; from < work.order.length; from += batchSize, batch++) {
    trainBatch(tf, work, work.order.subarray(from, from + batchSize));
    if (batch % BATCHES_PER_BREATH === 0) await breathe(work.signal);
  }
}

function trainBatch({ core }: TensorFlow, work: EpochWork, rows: Uint32Array): void {
  const { training, options, model } = work;
  const masks = model.layers.slice(0, -1).map((_, l) => {
    const units = options.hidden[l] ?? 0;
    return options.dropout > 0 ? dropoutMask(rows.length * units, options.dropout, work.rng) : null;
  });
  core.tidy(() => {
    const x = core.tensor2d(gather(training.inputs, training.width, rows), [rows.length, training.width]);
    const y = core.tensor2d(
      Float32Array.from(rows, (row) => training.labels[row] as number),
      [rows.length, 1],
    );
    const weights = Float32Array.from(rows, (row) => training.weights?.[row] ?? 1);
    const w = core.tensor2d(weights, [rows.length, 1]);
    work.optimizer.minimize(() => {
      let h: core.Tensor = x;
      for (const [l, layer] of model.layers.entries()) {
        h = layer.apply(h) as core.Tensor;
        const mask = masks[l];
        if (mask) h = core.mul(h, core.tensor2d(mask, [rows.length, mask.length / rows.length]));
      }
      const loss = core.losses.sigmoidCrossEntropy(y, h, w, 0, core.Reduction.MEAN);
      return core.add(loss, kernelPenalty(core, model, options.l2)) as core.Scalar;
    });
  });
}

function kernelPenalty(tf: typeof core, model: LayersModel, l2: number): core.Tensor {
  const squares = model.layers.map((layer) =>
    tf.sum(tf.square((layer.trainableWeights[0] as { read(): core.Tensor }).read())),
  );
  return tf.mul(tf.addN(squares), l2);
}

/** Null where the slice holds no fraud. */
function validationAp(
  { core }: TensorFlow,
  model: LayersModel,
  { inputs, width, rows, labels, weights }: NetworkRows,
): number | null {
  if (rows === 0) return null;
  const margins = core.tidy(() => {
    const x = core.tensor2d(inputs, [rows, width]);
    return (model.predict(x, { batchSize: 4096 }) as core.Tensor).dataSync<"float32">();
  });
  return averagePrecision(margins, labels, weights);
}

/** The weights as they are, `priorShift` added to the margin: epochs held that share of legitimate rows (as a log). */
function readNetwork(model: LayersModel, priorShift: number): DenseNetwork {
  return model.layers.map((layer, l) => {
    const [kernel, bias] = layer.getWeights();
    if (!kernel || !bias) throw new TypeError("a dense layer has a kernel and a bias");
    const [inputs = 0, units = 0] = kernel.shape;
    return {
      inputs,
      units,
      kernel: Float32Array.from(kernel.dataSync()),
      bias: Float32Array.from(bias.dataSync(), (b) => (l + 1 < model.layers.length ? b : b + priorShift)),
    };
  });
}
