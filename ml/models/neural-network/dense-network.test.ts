import fc from "fast-check";
import { expect, test } from "vitest";
import { type DenseNetwork, forward, layerBuffers } from "./dense-network.ts";

const layers = [
  { inputs: 2, units: 2, kernel: Float32Array.of(1, -1, 2, 0.5), bias: Float32Array.of(0.5, 0) },
  { inputs: 2, units: 1, kernel: Float32Array.of(3, 4), bias: Float32Array.of(-1) },
];
const network: DenseNetwork = { layers, skip: null };

test("a forward pass is bias plus weighted inputs, with ReLU between the layers only", () => {
  const sums = layerBuffers(network);
  // Hidden sums: 0.5 + 1 + 2 = 3.5 and -1 + 0.5 = -0.5, of which ReLU keeps the first.
  expect(forward(network, Float64Array.of(1, 1), sums)).toBe(3 * 3.5 - 1);
  expect([...(sums[0] ?? [])]).toEqual([3.5, -0.5]);
  // All hidden units off: the bias of the output alone, which may be negative.
  expect(forward(network, Float64Array.of(-1, 0), sums)).toBe(4 * 1 - 1);
  expect(forward(network, Float64Array.of(0, -1), sums)).toBe(-1);
});

test("buffers hold nothing over from the row before", () => {
  const sums = layerBuffers(network);
  const fresh = forward(network, Float64Array.of(0.3, -0.2), layerBuffers(network));
  forward(network, Float64Array.of(100, 100), sums);
  expect(forward(network, Float64Array.of(0.3, -0.2), sums)).toBe(fresh);
});

test("an input that is not a number is not hidden", () => {
  expect(forward(network, Float64Array.of(Number.NaN, 1), layerBuffers(network))).toBeNaN();
});

test("a skip adds a linear model of the inputs to the margin", () => {
  const skipping: DenseNetwork = { layers, skip: Float32Array.of(10, -0.5) };
  for (const input of [Float64Array.of(1, 1), Float64Array.of(-1, 0), Float64Array.of(0.25, -4)]) {
    const linear = 10 * (input[0] ?? 0) - 0.5 * (input[1] ?? 0);
    const plain = forward(network, input, layerBuffers(network));
    expect(forward(skipping, input, layerBuffers(skipping))).toBeCloseTo(plain + linear, 12);
  }
});

const value = fc.double({ min: -20, max: 20, noNaN: true });

test("without biases a network doubles its margin with its inputs", () => {
  const unbiased: DenseNetwork = {
    layers: layers.map((layer) => ({ ...layer, bias: new Float32Array(layer.units) })),
    skip: Float32Array.of(0.5, -2),
  };
  const sums = layerBuffers(unbiased);
  fc.assert(
    fc.property(value, value, (a, b) => {
      const margin = forward(unbiased, Float64Array.of(a, b), sums);
      expect(forward(unbiased, Float64Array.of(2 * a, 2 * b), sums)).toBeCloseTo(2 * margin, 9);
    }),
  );
});

test("the margin is that of the definition written out", () => {
  const sums = layerBuffers(network);
  fc.assert(
    fc.property(value, value, (a, b) => {
      const hidden = [0.5 + a + 2 * b, -a + 0.5 * b].map((sum) => Math.max(0, sum));
      const expected = -1 + 3 * (hidden[0] ?? 0) + 4 * (hidden[1] ?? 0);
      expect(forward(network, Float64Array.of(a, b), sums)).toBeCloseTo(expected, 9);
    }),
  );
});
