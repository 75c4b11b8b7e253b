import type { Scalar as ScalarTensor } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { forward, layerBuffers } from "./dense-network.ts";
import { start } from "./tensorflow-backend.ts";
import { trainableNetwork } from "./trainable-network.ts";

const { core } = await start(["wasm"]);
const made = (changes: { batchNorm?: boolean; skip?: boolean } = {}, startMargin = 0) =>
  trainableNetwork(
    core,
    { width: 3, hidden: [5, 4], batchNorm: false, skip: false, ...changes },
    { rng: createRng("trainable"), startMargin },
  );
const rng = createRng("rows");
const rows = 64;
const inputs = Float32Array.from({ length: rows * 3 }, () => rng.normal() * 2 + 1);

function tensorMargins(network: ReturnType<typeof made>): Float32Array {
  return core.tidy(() => network.margins(core.tensor2d(inputs, [rows, 3]), null).dataSync<"float32">());
}

/** A few steps towards the first input, so that every variable has moved. */
function train(network: ReturnType<typeof made>): void {
  const optimizer = core.train.adam(0.05);
  for (let step = 0; step < 20; step++) {
    core.tidy(() => {
      const x = core.tensor2d(inputs, [rows, 3]);
      const target = core.slice(x, [0, 0], [rows, 1]);
      const loss = () =>
        core.mean(core.squaredDifference(target, network.margins(x, { masks: [] }))) as ScalarTensor;
      optimizer.minimize(loss, false, [...network.trained]);
    });
  }
  optimizer.dispose();
}

test.each([{}, { skip: true }, { batchNorm: true }, { batchNorm: true, skip: true }])(
  "what is read for serving gives TensorFlow's own margins after training, %j",
  (changes) => {
    const network = made(changes, -2);
    train(network);
    const served = network.read(0.25);
    const buffers = layerBuffers(served);
    for (const [row, margin] of tensorMargins(network).entries()) {
      const input = Float64Array.from(inputs.subarray(row * 3, row * 3 + 3));
      expect(Math.abs(forward(served, input, buffers) - margin - 0.25)).toBeLessThan(1e-5);
    }
    network.dispose();
  },
);

test("while training batch normalisation gives each hidden unit mean 0 and deviation 1 over the batch", () => {
  const network = trainableNetwork(
    core,
    { width: 3, hidden: [2], batchNorm: true, skip: false },
    { rng: createRng(1), startMargin: 0 },
  );
  const shifted = inputs.map((value) => value * 100 + 500);
  const margins = core.tidy(() => {
    const x = core.tensor2d(shifted, [rows, 3]);
    return network.margins(x, { masks: [] }).dataSync<"float32">();
  });
  // Unit-variance hidden values, He-normal output weights: margins of order 1, whatever the inputs' scale.
  expect(Math.max(...margins.map(Math.abs))).toBeLessThan(20);
  network.dispose();
});

test("a new network starts at the margin it is told where its hidden units are silent, without a skip's help", () => {
  const network = made({ skip: true }, -3.5);
  const margin = core.tidy(() => network.margins(core.zeros([1, 3]), null).dataSync()[0]);
  expect(margin).toBe(-3.5);
  expect([...(network.read(0).skip ?? [])]).toEqual([0, 0, 0]);
  network.dispose();
});

test("a mask silences the units it names", () => {
  const network = made({}, 0.75);
  const silenced = core.tidy(() => {
    const masks = [core.zeros([rows, 5]), null];
    return network.margins(core.tensor2d(inputs, [rows, 3]), { masks }).dataSync<"float32">();
  });
  for (const margin of silenced) expect(margin).toBe(0.75); // hidden biases are zero
  network.dispose();
});

test("everything that a network holds is given back", () => {
  const before = core.memory().numTensors;
  const network = made({ batchNorm: true, skip: true });
  expect(core.memory().numTensors).toBeGreaterThan(before);
  train(network);
  network.read(0);
  network.dispose();
  expect(core.memory().numTensors).toBe(before);
});

test.each([{}, { skip: true }])(
  "slopes are TensorFlow's own, and those of small differences, %j",
  (changes) => {
    const network = made(changes, 0.1);
    const x = core.tensor2d(inputs, [rows, 3]);
    const loss = () => core.sum(core.square(network.margins(x, { masks: [] }))) as ScalarTensor;
    const { grads } = core.variableGrads(loss, [...network.trained]);
    const at = (): number => core.tidy(() => loss().dataSync()[0] ?? Number.NaN);
    const step = 1e-2;
    for (const variable of network.kernels) {
      const slopes = grads[variable.name]?.dataSync() ?? [];
      const start = variable.dataSync().slice();
      for (const index of [0, start.length - 1]) {
        const [above, below] = [step, -step].map((shift) => {
          const nudged = start.slice();
          nudged[index] = (nudged[index] ?? 0) + shift;
          core.tidy(() => variable.assign(core.tensor(nudged, variable.shape)));
          return at();
        });
        core.tidy(() => variable.assign(core.tensor(start, variable.shape)));
        const expected = ((above ?? 0) - (below ?? 0)) / (2 * step);
        expect(Math.abs((slopes[index] ?? Number.NaN) - expected)).toBeLessThan(
          0.05 * Math.abs(expected) + 1,
        );
      }
    }
    core.dispose([x, ...Object.values(grads)]);
    network.dispose();
  },
);

test("the same generator gives the same network, and each layer has the sizes asked for", () => {
  const [first, second] = [made({ skip: true }), made({ skip: true })];
  expect(first.read(0)).toEqual(second.read(0));
  expect(first.read(0).layers.map(({ inputs: from, units }) => [from, units])).toEqual([
    [3, 5],
    [5, 4],
    [4, 1],
  ]);
  expect(first.kernels).toHaveLength(4); // three layers and the skip
  expect(first.trained).toHaveLength(7); // and a bias for each layer
  first.dispose();
  second.dispose();
});
