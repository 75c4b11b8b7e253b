import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { integratedGradients } from "./attribution.ts";
import { type DenseNetwork, forward, layerBuffers } from "./dense-network.ts";
import { heNormal } from "./training-batches.ts";

const rng = createRng("attribution");
const layer = (inputs: number, units: number) => ({
  inputs,
  units,
  kernel: heNormal(inputs, units, rng),
  bias: heNormal(units, 1, rng),
});
const layers = [layer(6, 16), layer(16, 8), layer(8, 1)];
const network: DenseNetwork = { layers, skip: null };
const skipping: DenseNetwork = { layers, skip: heNormal(6, 1, rng) };
const zero = new Float64Array(6);

test("of a linear network each input gets its weight times its distance from the baseline", () => {
  const output = { inputs: 2, units: 1, kernel: Float32Array.of(2, -3), bias: Float32Array.of(0.5) };
  const linear: DenseNetwork = { layers: [output], skip: null };
  const out = new Float64Array(2);
  expect(integratedGradients(linear, Float64Array.of(1, 1))(Float64Array.of(4, 0), out)).toBe(-0.5);
  expect([...out]).toEqual([6, 3]);
  const skipped: DenseNetwork = { layers: [output], skip: Float32Array.of(1, -1) };
  expect(integratedGradients(skipped, Float64Array.of(1, 1))(Float64Array.of(4, 0), out)).toBe(-0.5);
  expect([...out]).toEqual([9, 4]);
});

test.each([
  ["", network],
  [" with a skip", skipping],
])("attributions%s and the baseline's margin sum to the row's margin", (_, net) => {
  const attribute = integratedGradients(net, zero);
  const sums = layerBuffers(net);
  const rows = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(rows, (values) => {
      const out = new Float64Array(6);
      const row = Float64Array.from(values);
      const base = attribute(row, out);
      expect(out.reduce((sum, share) => sum + share, base)).toBeCloseTo(forward(net, row, sums), 9);
    }),
  );
});

test("attributions agree with the path integral of numerical gradients on a fine grid", () => {
  const row = Float64Array.of(1.5, -2, 0.3, 0, 3, -1);
  const out = new Float64Array(6);
  integratedGradients(network, zero)(row, out);
  const sums = layerBuffers(network);
  const steps = 2000;
  for (let i = 0; i < 6; i++) {
    let total = 0;
    for (let step = 0; step < steps; step++) {
      const at = row.map((value) => (value * (step + 0.5)) / steps);
      const nudged = at.map((value, j) => (j === i ? value + 1e-6 : value));
      total += (forward(network, nudged, sums) - forward(network, at, sums)) / 1e-6;
    }
    expect(Math.abs((out[i] ?? 0) - (total / steps) * (row[i] ?? 0))).toBeLessThan(0.05);
  }
});

test("a skip adds to each input its weight times its distance, and no more", () => {
  const row = Float64Array.of(1.5, -2, 0.3, 0, 3, -1);
  const [plain, skipped] = [new Float64Array(6), new Float64Array(6)];
  integratedGradients(network, zero)(row, plain);
  integratedGradients(skipping, zero)(row, skipped);
  // What the numerical integral leaves over is spread in proportion, so the two differ by a little more.
  for (const [i, weight] of (skipping.skip ?? []).entries()) {
    expect((skipped[i] ?? 0) - (plain[i] ?? 0)).toBeCloseTo(weight * (row[i] ?? 0), 1);
  }
});

test("an input at its baseline gets nothing when the rest explains the margin", () => {
  const out = new Float64Array(6);
  integratedGradients(network, zero)(Float64Array.of(1, 0, -1, 2, 0, 0), out);
  for (const i of [1, 4, 5]) expect(out[i]).toBeCloseTo(0, 15);
});

test("the baseline itself has no attributions, and the same row always has the same", () => {
  const attribute = integratedGradients(network, zero);
  const out = new Float64Array(6);
  attribute(zero, out);
  for (const share of out) expect(share).toBeCloseTo(0, 15);
  const [first, second] = [new Float64Array(6), new Float64Array(6)];
  attribute(Float64Array.of(1, 2, 3, 4, 5, 6), first);
  attribute(Float64Array.of(-1, 0, 3, 9, 5, 6), out);
  attribute(Float64Array.of(1, 2, 3, 4, 5, 6), second);
  expect(second).toEqual(first);
});
