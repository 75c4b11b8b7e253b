import { expect, test, vi } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { forward, layerBuffers } from "./dense-network.ts";
import { fitNetwork, type NetworkFit, type NetworkRows } from "./fit-network.ts";
import { neuralNetworkDefaults } from "./options.ts";
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
  signal: null,
  onEpoch: () => {},
  ...changes,
});
vi.setConfig({ testTimeout: 60_000 });
const wasm = await start(["wasm"]);

function marginsOf(network: Awaited<ReturnType<typeof fitNetwork>>["network"], rows: NetworkRows): number[] {
  const buffers = layerBuffers(network);
  return Array.from({ length: rows.rows }, (_, i) =>
    forward(network, Float64Array.from(rows.inputs.subarray(2 * i, 2 * i + 2)), buffers),
  );
}

test("a network learns what no line can, and leaves no tensor behind", async () => {
  const before = wasm.core.memory().numTensors;
  const aps: (number | null)[] = [];
  const { network } = await fitNetwork(wasm, work({ onEpoch: (_, ap) => aps.push(ap) }));
  expect(wasm.core.memory().numTensors).toBe(before);
  expect(Math.max(...aps.map((ap) => ap ?? 0))).toBeGreaterThan(0.95);
  expect(network.map((layer) => [layer.inputs, layer.units])).toEqual([
    [2, 16],
    [16, 8],
    [8, 1],
  ]);
});

test("the forward pass over typed arrays is TensorFlow's own prediction to 1e-6", async () => {
  const { network } = await fitNetwork(wasm, work());
  const { core, layers } = wasm;
  const model = layers.sequential();
  for (const [l, layer] of network.entries()) {
    const activation = l < network.length - 1 ? "relu" : "sigmoid";
    model.add(layers.layers.dense({ units: layer.units, activation, inputShape: [layer.inputs] }));
    model.layers[l]?.setWeights([
      core.tensor2d(layer.kernel, [layer.inputs, layer.units]),
      core.tensor1d(layer.bias),
    ]);
  }
  const rows = ring(200, "parity");
  const predicted = core.tidy(() => {
    const out = model.predict(core.tensor2d(rows.inputs, [rows.rows, 2]));
    return Array.isArray(out) ? new Float32Array(0) : out.dataSync<"float32">();
  });
  model.dispose();
  for (const [i, margin] of marginsOf(network, rows).entries()) {
    expect(Math.abs(1 / (1 + Math.exp(-margin)) - (predicted[i] ?? Number.NaN))).toBeLessThan(1e-6);
  }
});

test("the same seed gives the same weights bit for bit, another seed others", async () => {
  const [first, second, other] = [
    await fitNetwork(wasm, work()),
    await fitNetwork(wasm, work()),
    await fitNetwork(wasm, work({ seed: "other" })),
  ];
  expect(second).toEqual(first);
  expect(other.network[0]?.kernel).not.toEqual(first.network[0]?.kernel);
});

test("WebAssembly and plain JS train to nearly the same network", async () => {
  const short = work({ options: { ...options, epochs: 1 } });
  const onWasm = await fitNetwork(wasm, short);
  const cpu: TensorFlow = await start(["cpu"]);
  const onCpu = await fitNetwork(cpu, short);
  await start(["wasm"]);
  const rows = ring(50, "backends");
  const [a, b] = [marginsOf(onWasm.network, rows), marginsOf(onCpu.network, rows)];
  for (const [i, margin] of a.entries()) expect(margin).toBeCloseTo(b[i] ?? Number.NaN, 3);
});

test("early stopping keeps the best epoch, not the last", async () => {
  const aps: number[] = [];
  const noisy = { ...options, learningRate: 0.3, epochs: 12, patience: 2 };
  const { epochs } = await fitNetwork(wasm, work({ options: noisy, onEpoch: (_, ap) => aps.push(ap ?? 0) }));
  expect(epochs).toBe(aps.indexOf(Math.max(...aps)) + 1);
  expect(aps.length).toBeLessThanOrEqual(epochs + 2);
});

test("without validation rows all epochs are trained when patience is null", async () => {
  const { epochs } = await fitNetwork(
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
  const plain = await fitNetwork(wasm, work());
  const weighted = await fitNetwork(wasm, work({ training: { ...training, weights } }));
  expect(mean(marginsOf(weighted.network, rows))).toBeGreaterThan(mean(marginsOf(plain.network, rows)) + 1);
});

test("an aborted fit rejects at once and leaves no tensor behind", async () => {
  const before = wasm.core.memory().numTensors;
  const controller = new AbortController();
  const onEpoch = (): void => controller.abort(new Error("stopped by hand"));
  await expect(fitNetwork(wasm, work({ signal: controller.signal, onEpoch }))).rejects.toThrow(
    "stopped by hand",
  );
  expect(wasm.core.memory().numTensors).toBe(before);
});

test("thinning legitimate rows per epoch leaves the mean probability where it was", async () => {
  const training = ring(9000, "train");
  const rare = Uint8Array.from(training.labels, (label, i) => (i % 20 === 0 ? label : 0));
  const thinned = { ...options, epochs: 4, rowsPerEpoch: 1500 };
  const { network } = await fitNetwork(
    wasm,
    work({ training: { ...training, labels: rare }, options: thinned }),
  );
  const margins = marginsOf(network, ring(2000, "mean"));
  const mean = margins.reduce((sum, margin) => sum + 1 / (1 + Math.exp(-margin)), 0) / margins.length;
  const share = rare.reduce((sum, label) => sum + label, 0) / rare.length; // about 1 %
  expect(mean).toBeGreaterThan(share * 0.6);
  expect(mean).toBeLessThan(share * 1.6);
});
