import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import type { DenseNetwork } from "./dense-network.ts";
import { networkFromJson, networkToJson } from "./network-json.ts";
import { heNormal } from "./training-batches.ts";

const rng = createRng("json");
const layer = (inputs: number, units: number) => ({
  inputs,
  units,
  kernel: heNormal(inputs, units, rng),
  bias: heNormal(units, 1, rng),
});
const layers = [layer(3, 4), layer(4, 1)];

test.each([
  ["without a skip", null],
  ["with a skip", Float32Array.of(0.1, -2, 3e-8)],
])("a network %s comes back from JSON bit for bit", (_, skip) => {
  const network: DenseNetwork = { layers, skip };
  const restored = networkFromJson(JSON.parse(JSON.stringify(networkToJson(network))), 3);
  expect(restored).toEqual(network);
});

test("layers that do not fit the inputs, one another or the one output are refused", () => {
  const json = networkToJson({ layers, skip: null });
  expect(() => networkFromJson(json, 4)).toThrow("differ in width");
  expect(() => networkFromJson(json.toReversed(), 4)).toThrow("differ in width");
  expect(() => networkFromJson(json.slice(0, 1), 3)).toThrow("differ in width");
  expect(() => networkFromJson([], 1)).toThrow("differ in width");
});

test("weights of another number than the layer's sizes say are refused", () => {
  const [first, last] = networkToJson({ layers, skip: Float32Array.of(1, 2) });
  if (!first || !last) throw new Error("two layers");
  expect(() => networkFromJson([first, last], 3)).toThrow("expected 3 float32 values");
  expect(() => networkFromJson([{ ...first, bias: last.bias }, last], 3)).toThrow("expected 4 float32");
});

test("any finite float32 weights survive, down to the least", () => {
  const weights = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
    minLength: 2,
    maxLength: 2,
  });
  fc.assert(
    fc.property(weights, weights, (kernel, skip) => {
      const output = { inputs: 2, units: 1, kernel: Float32Array.from(kernel), bias: Float32Array.of(-0) };
      const network: DenseNetwork = { layers: [output], skip: Float32Array.from(skip) };
      expect(networkFromJson(JSON.parse(JSON.stringify(networkToJson(network))), 2)).toEqual(network);
    }),
  );
});
