import * as layers from "@tensorflow/tfjs-layers";
import { expect, test, vi } from "vitest";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { type DenseNetwork, forward, layerBuffers } from "./dense-network.ts";
import { fitNetwork, type NetworkFit, type NetworkRows } from "./fit-network.ts";
import { type NeuralNetworkOptions, neuralNetworkDefaults } from "./options.ts";
import { start, type TensorFlow } from "./tensorflow-backend.ts";

/** Fraud inside a ring: no straight line separates it. */
function ring(rows: number, seed: string): NetworkRows {
  const rng = createRng(seed);
  const inputs = Float32Array.from({ length: rows * 2 }, () => rng.normal());
  const labels = Uint8Array.from({ length: rows }, (_, i) =>
    Number(Math.hypot(inputs[2 * i] ?? 0, inputs[2 * i + 1] ?? 0) > 1.8),
  );
  return { width: 2, rows, inputs, labels, weights: null };
}

const options = {
  ...neuralNetworkDefaults,
  hidden: [16, 8],
  epochs: 8,
  patience: 8,
  batchSize: 64,
  learningRate: 0.01,
};
const none: NetworkRows = { ...ring(0, "none") };
const work = (changes: Partial<NetworkFit> = {}): NetworkFit => ({
  training: ring(800, "train"),
  validation: ring(500, "validation"),
  options,
  seed: "test",
  onEpoch: () => {},
  ...changes,
});
vi.setConfig({ testTimeout: 60_000 });
const wasm = await start(["wasm"]);

function marginsOf(network: DenseNetwork, rows: NetworkRows): number[] {
  const buffers = layerBuffers(network);
  return Array.from({ length: rows.rows }, (_, i) =>
    forward(network, Float64Array.from(rows.inputs.subarray(2 * i, 2 * i + 2)), buffers),
  );
}

test("a network learns what no line can, and leaves no tensor behind", async () => {
  const before = wasm.core.memory().numTensors;
  const aps: (number | null)[] = [];
  const { network } = fitNetwork(wasm, work({ onEpoch: (_, ap) => aps.push(ap) }));
  expect(wasm.core.memory().numTensors).toBe(before);
  expect(Math.max(...aps.map((ap) => ap ?? 0))).toBeGreaterThan(0.95);
  expect(network.layers.map((layer) => [layer.inputs, layer.units])).toEqual([
    [2, 16],
    [16, 8],
    [8, 1],
  ]);
});

/** Margins of the stored weights by TensorFlow.js's own layers. */
function layersMargins(
  { core }: TensorFlow,
  { layers: stored, skip }: DenseNetwork,
  rows: NetworkRows,
): Float32Array {
  const input = layers.input({ shape: [rows.width] });
  const dense = (units: number, isHidden: boolean) =>
    layers.layers.dense({ units, activation: isHidden ? "relu" : "linear" });
  const chain = stored.map((layer, l) => dense(layer.units, l < stored.length - 1));
  const direct = dense(1, false);
  const output = chain.reduce((values, layer) => layer.apply(values) as layers.SymbolicTensor, input);
  const sum = layers.layers.add().apply([output, direct.apply(input) as layers.SymbolicTensor]);
  const model = layers.model({ inputs: input, outputs: sum as layers.SymbolicTensor });
  const margins = core.tidy(() => {
    for (const [l, layer] of stored.entries()) {
      const kernel = core.tensor2d(layer.kernel, [layer.inputs, layer.units]);
      chain[l]?.setWeights([kernel, core.tensor1d(layer.bias)]);
    }
    const weights = skip ?? new Float32Array(rows.width);
    direct.setWeights([core.tensor2d(weights, [rows.width, 1]), core.zeros([1])]);
    const predicted = model.predict(core.tensor2d(rows.inputs, [rows.rows, rows.width]));
    return Array.isArray(predicted) ? new Float32Array(0) : predicted.dataSync<"float32">();
  });
  model.dispose();
  return margins;
}

const probability = (margin: number): number => 1 / (1 + Math.exp(-margin));

test.each<Partial<NeuralNetworkOptions>>([{}, { skip: true }, { batchNorm: true, dropout: 0.2 }])(
  "typed arrays score as TensorFlow's layers do to 1e-6, on WebAssembly and in plain JS, %j",
  async (changes) => {
    const { network } = fitNetwork(wasm, work({ options: { ...options, epochs: 3, ...changes } }));
    const rows = ring(200, "parity");
    const served = marginsOf(network, rows);
    for (const backend of ["wasm", "cpu"] as const) {
      const predicted = layersMargins(await start([backend]), network, rows);
      for (const [i, margin] of served.entries()) {
        const theirs = probability(predicted[i] ?? Number.NaN);
        expect(Math.abs(probability(margin) - theirs)).toBeLessThan(1e-6);
      }
    }
    await start(["wasm"]);
  },
);

const native = await start(["tensorflow"]).catch(() => null);
await start(["wasm"]);
test.skipIf(native === null)(
  "native TensorFlow scores the same weights to 1e-5 (skipped where @tensorflow/tfjs-node is not installed)",
  async () => {
    const { network } = fitNetwork(wasm, work());
    const rows = ring(200, "parity");
    const predicted = layersMargins(await start(["tensorflow"]), network, rows);
    await start(["wasm"]);
    for (const [i, margin] of marginsOf(network, rows).entries()) {
      const theirs = probability(predicted[i] ?? Number.NaN);
      expect(Math.abs(probability(margin) - theirs)).toBeLessThan(1e-5);
    }
  },
);

test("the same seed gives the same weights bit for bit, another seed others", async () => {
  const [first, second, other] = [
    fitNetwork(wasm, work()),
    fitNetwork(wasm, work()),
    fitNetwork(wasm, work({ seed: "other" })),
  ];
  expect(second).toEqual(first);
  expect(other.network.layers[0]?.kernel).not.toEqual(first.network.layers[0]?.kernel);
});

test("WebAssembly and plain JS train to nearly the same network", async () => {
  const short = work({ options: { ...options, epochs: 1 } });
  const onWasm = fitNetwork(wasm, short);
  const cpu: TensorFlow = await start(["cpu"]);
  const onCpu = fitNetwork(cpu, short);
  await start(["wasm"]);
  const rows = ring(50, "backends");
  const [a, b] = [marginsOf(onWasm.network, rows), marginsOf(onCpu.network, rows)];
  for (const [i, margin] of a.entries()) expect(margin).toBeCloseTo(b[i] ?? Number.NaN, 3);
});

test("early stopping keeps the best epoch, not the last", async () => {
  const aps: number[] = [];
  const noisy = { ...options, learningRate: 0.3, epochs: 12, patience: 2 };
  const { epochs } = fitNetwork(wasm, work({ options: noisy, onEpoch: (_, ap) => aps.push(ap ?? 0) }));
  expect(epochs).toBe(aps.indexOf(Math.max(...aps)) + 1);
  expect(aps.length).toBeLessThanOrEqual(epochs + 2);
});

test("without validation rows all epochs are trained when patience is null", async () => {
  const { epochs } = fitNetwork(
    wasm,
    work({ validation: none, options: { ...options, epochs: 3, patience: null } }),
  );
  expect(epochs).toBe(3);
});

test("weighting frauds raises their margins", async () => {
  const training = ring(800, "train");
  const weights = Float64Array.from(training.labels, (label) => (label === 1 ? 20 : 1));
  const rows = ring(200, "weights");
  const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const plain = fitNetwork(wasm, work());
  const weighted = fitNetwork(wasm, work({ training: { ...training, weights } }));
  expect(mean(marginsOf(weighted.network, rows))).toBeGreaterThan(mean(marginsOf(plain.network, rows)) + 1);
});

test("weights count in proportion: doubling all of them changes nothing", () => {
  const training = ring(400, "train");
  const scaled = (factor: number) =>
    work({
      training: { ...training, weights: Float64Array.from(training.labels, (label) => factor * (1 + label)) },
      options: { ...options, epochs: 2 },
    });
  expect(fitNetwork(wasm, scaled(2))).toEqual(fitNetwork(wasm, scaled(1)));
});

test("a row of weight two counts as two rows, of weight zero as none", () => {
  const one = ring(300, "once");
  const twice: NetworkRows = {
    ...one,
    rows: 600,
    inputs: Float32Array.of(...one.inputs, ...one.inputs),
    labels: Uint8Array.of(...one.labels, ...one.labels),
  };
  const weights = Float64Array.from({ length: 600 }, (_, row) => (row < 300 ? 2 : 0));
  // All rows in one batch, so that both descend the same loss.
  const whole = { ...options, epochs: 5, batchSize: 600 };
  const [a, b] = [{ ...twice, weights }, twice].map((training) =>
    marginsOf(fitNetwork(wasm, work({ training, options: whole })).network, ring(50, "weights")),
  );
  for (const [i, margin] of (a ?? []).entries()) expect(margin).toBeCloseTo(b?.[i] ?? Number.NaN, 3);
});

test("a fit that fails between epochs, or in its first batch, leaves no tensor behind", () => {
  const before = wasm.core.memory().numTensors;
  const onEpoch = (): void => {
    throw new Error("stopped by hand");
  };
  const changes = { batchNorm: true, skip: true, dropout: 0.1 };
  expect(() => fitNetwork(wasm, work({ onEpoch, options: { ...options, ...changes } }))).toThrow(
    "stopped by hand",
  );
  expect(wasm.core.memory().numTensors).toBe(before);
  const torn = { ...ring(100, "torn"), width: 3 };
  expect(() => fitNetwork(wasm, work({ training: torn }))).toThrow();
  expect(wasm.core.memory().numTensors).toBe(before);
});

test("under the focal loss a network still learns the ring, with margins nearer to zero", () => {
  const rows = ring(400, "focal");
  const size = (margins: number[]): number => margins.reduce((sum, m) => sum + Math.abs(m), 0);
  const plain = marginsOf(fitNetwork(wasm, work()).network, rows);
  const focal = { ...options, loss: "focal" as const, focalGamma: 2 };
  const margins = marginsOf(fitNetwork(wasm, work({ options: focal })).network, rows);
  expect(averagePrecision(margins, rows.labels)).toBeGreaterThan(0.9);
  expect(size(margins)).toBeLessThan(size(plain));
});

test("stopping after an epoch gives that epoch's weights of the full schedule", () => {
  const kept: number[] = [];
  const full = fitNetwork(
    wasm,
    work({ options: { ...options, epochs: 4, patience: 4 }, onEpoch: (epoch) => kept.push(epoch) }),
  );
  expect(kept).toEqual([1, 2, 3, 4]);
  const stopped = { ...options, epochs: 4, patience: null, stopAfter: full.epochs };
  expect(fitNetwork(wasm, work({ options: stopped })).network).toEqual(full.network);
});

test("thinning legitimate rows per epoch leaves the mean probability where it was", async () => {
  const training = ring(9000, "train");
  const rare = Uint8Array.from(training.labels, (label, i) => (i % 20 === 0 ? label : 0));
  const thinned = { ...options, epochs: 4, rowsPerEpoch: 1500 };
  const { network } = fitNetwork(wasm, work({ training: { ...training, labels: rare }, options: thinned }));
  const margins = marginsOf(network, ring(2000, "mean"));
  const mean = margins.reduce((sum, margin) => sum + 1 / (1 + Math.exp(-margin)), 0) / margins.length;
  const share = rare.reduce((sum, label) => sum + label, 0) / rare.length; // about 1 %
  expect(mean).toBeGreaterThan(share * 0.6);
  expect(mean).toBeLessThan(share * 1.6);
});
