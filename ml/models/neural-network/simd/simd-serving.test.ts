import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { type NetworkServing, networkServing, plainServing } from "../network-serving.ts";
import { randomNetworks } from "../testing/random-networks.ts";
import { simdServing } from "./simd-serving.ts";

afterEach(() => vi.unstubAllGlobals());

const shape = fc.record({
  hidden: fc.array(fc.integer({ min: 1, max: 37 }), { minLength: 1, maxLength: 3 }),
  skip: fc.boolean(),
});
const boards = fc.record({
  seed: fc.nat(1000),
  width: fc.integer({ min: 1, max: 40 }),
  shapes: fc.array(shape, { minLength: 1, maxLength: 4 }),
});
const cell = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -9, max: 9, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, Number.NaN, Number.POSITIVE_INFINITY, -1e300, 5e-324) },
);

function rowsOf(cells: readonly number[], rows: number, width: number): Float64Array {
  return Float64Array.from({ length: rows * width }, (_, i) => cells[(i * 7 + i) % cells.length] ?? 0);
}

function marginsOf(serving: NetworkServing, features: Float64Array, rows: number): Float64Array {
  const out = new Float64Array(rows);
  serving.margins(features, rows, out);
  return out;
}

function kernelsFor(...parts: Parameters<typeof simdServing>): NetworkServing {
  const serving = simdServing(...parts);
  if (serving === null) throw new Error("this runtime has no SIMD kernels");
  return serving;
}

test("kernels and plain loops give the same margins, bit for bit, whatever the layers and however many rows", () => {
  fc.assert(
    fc.property(
      boards,
      fc.array(cell, { minLength: 3, maxLength: 60 }),
      fc.integer({ min: 1, max: 60 }),
      (board, cells, rows) => {
        const { encoder, networks } = randomNetworks(board.seed, board.width, board.shapes);
        const features = rowsOf(cells, rows, encoder.sourceWidth);
        const fast = marginsOf(kernelsFor(encoder, networks), features, rows);
        expect(fast).toEqual(marginsOf(plainServing(encoder, networks), features, rows));
        expect(fast.every(Number.isFinite)).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});

test("kernels and plain loops give the same contributions and base, bit for bit", () => {
  fc.assert(
    fc.property(boards, fc.array(cell, { minLength: 3, maxLength: 60 }), (board, cells) => {
      const { encoder, networks } = randomNetworks(board.seed, board.width, board.shapes);
      const [fast, plain] = [kernelsFor(encoder, networks), plainServing(encoder, networks)];
      const [fastOut, plainOut] = [1, 2].map(() => new Float64Array(encoder.sourceWidth));
      for (const row of [0, 1]) {
        const features = rowsOf(cells, 2, encoder.sourceWidth).subarray(row * encoder.sourceWidth);
        const base = fast.contributions(features, fastOut as Float64Array);
        expect(base).toBe(plain.contributions(features, plainOut as Float64Array));
        expect(fastOut).toEqual(plainOut);
      }
    }),
    { numRuns: 150 },
  );
});

test("a row scores the same alone, in any place of any batch, and between explanations", () => {
  const { encoder, networks } = randomNetworks(3, 31, [
    { hidden: [32, 16], skip: true },
    { hidden: [5], skip: false },
  ]);
  const serving = kernelsFor(encoder, networks);
  const width = encoder.sourceWidth;
  const features = Float64Array.from({ length: 100 * width }, (_, i) => ((i * 7919) % 1013) / 100 - 5);
  const whole = marginsOf(serving, features, 100);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 100 }), (from, most) => {
      const rows = Math.min(most, 100 - from);
      serving.contributions(features.subarray(from * width, (from + 1) * width), new Float64Array(width));
      const batch = marginsOf(serving, features.subarray(from * width, (from + rows) * width), rows);
      expect(batch).toEqual(whole.slice(from, from + rows));
    }),
  );
});

test("two models side by side do not disturb one another", () => {
  const [one, two] = [1, 2].map((seed) => randomNetworks(seed, 9, [{ hidden: [20, 3], skip: false }]));
  if (one === undefined || two === undefined) throw new Error("two are there");
  const [first, second] = [kernelsFor(one.encoder, one.networks), kernelsFor(two.encoder, two.networks)];
  const row = Float64Array.of(1, -2, 3, 0, 5, 6);
  const alone = marginsOf(first, row, 1);
  expect(marginsOf(second, row, 1)).not.toEqual(alone);
  expect(marginsOf(first, row, 1)).toEqual(alone);
});

test("without hidden layers, with a weight that is not finite or without networks the plain loops serve", () => {
  const flat = randomNetworks(1, 4, [{ hidden: [], skip: true }]);
  expect(simdServing(flat.encoder, flat.networks)).toBeNull();
  expect(simdServing(flat.encoder, [])).toBeNull();
  const wild = randomNetworks(1, 4, [{ hidden: [3], skip: true }]);
  (wild.networks[0]?.layers[0]?.kernel ?? new Float32Array(1))[2] = Number.POSITIVE_INFINITY;
  expect(simdServing(wild.encoder, wild.networks)).toBeNull();
  const out = marginsOf(networkServing(flat.encoder, flat.networks), Float64Array.of(1, 2, 3), 1);
  expect(out).toEqual(marginsOf(plainServing(flat.encoder, flat.networks), Float64Array.of(1, 2, 3), 1));
});

test("a runtime without WebAssembly or without room for its memory scores the same in plain loops", () => {
  const { encoder, networks } = randomNetworks(5, 12, [{ hidden: [17, 4], skip: false }]);
  const features = Float64Array.from({ length: 3 * encoder.sourceWidth }, (_, i) => i - 9);
  const fast = marginsOf(kernelsFor(encoder, networks), features, 3);
  vi.stubGlobal("WebAssembly", undefined);
  expect(simdServing(encoder, networks)).toBeNull();
  expect(marginsOf(networkServing(encoder, networks), features, 3)).toEqual(fast);
  vi.unstubAllGlobals();
  const { Module, Instance, CompileError } = WebAssembly;
  class Memory {
    constructor() {
      throw new RangeError("WebAssembly.Memory(): could not allocate memory");
    }
  }
  const full = { Module, Instance, CompileError, Memory };
  vi.stubGlobal("WebAssembly", full);
  expect(simdServing(encoder, networks)).toBeNull();
});
