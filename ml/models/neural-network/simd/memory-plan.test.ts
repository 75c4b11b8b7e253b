import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { heNormal } from "../training-batches.ts";
import { type Kernels, kernelsOver } from "./kernels.ts";
import { DOUBLE, MemoryPlan, padded, placeLayer, runLayer } from "./memory-plan.ts";

function runtimeOf(plan: MemoryPlan): { kernels: Kernels; cells: Float64Array } {
  const runtime = kernelsOver(plan.bytes);
  if (runtime === null) throw new Error("this runtime has no SIMD kernels");
  plan.fill(runtime.cells);
  return runtime;
}

test("places do not overlap, begin at a pair of doubles, and hold what is kept", () => {
  const plan = new MemoryPlan();
  const [first, second, third] = [
    plan.keep(Float64Array.of(1, 2, 3)),
    plan.take(1),
    plan.keep(Float64Array.of(4)),
  ];
  expect([first, second, third, plan.bytes]).toEqual([0, 32, 48, 64]);
  const { cells } = runtimeOf(plan);
  expect([...cells.slice(0, 8)]).toEqual([1, 2, 3, 0, 0, 0, 4, 0]);
});

test("a layer takes wide panels first, then narrow ones, the last filled up with zeros", () => {
  const plan = new MemoryPlan();
  const kernel = Float32Array.from({ length: 2 * 19 }, (_, i) => i);
  const layer = placeLayer(plan, { inputs: 2, units: 19, kernel, bias: new Float32Array(19).fill(7) });
  expect(layer).toMatchObject({ inputs: 2, wide: 1, narrow: 2 });
  const { cells } = runtimeOf(plan);
  const weights = [...cells.slice(layer.kernel / DOUBLE, layer.kernel / DOUBLE + 2 * padded(19))];
  expect(weights.slice(0, 32)).toEqual([...kernel.slice(0, 16), ...kernel.slice(19, 35)]);
  expect(weights.slice(32)).toEqual([16, 17, 35, 36, 18, 0, 37, 0]);
  expect([...cells.slice(layer.bias / DOUBLE, layer.bias / DOUBLE + 20)]).toEqual([
    ...new Array(19).fill(7),
    0,
  ]);
});

test("every sum is the plain loop's, bit for bit, with and without ReLU, and nothing else is written", () => {
  const size = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(
      size,
      fc.integer({ min: 1, max: 40 }),
      fc.nat(5),
      fc.boolean(),
      (inputs, units, rows, rectify) => {
        const rng = createRng(`${inputs}:${units}`);
        const [kernel, bias] = [heNormal(Math.max(1, inputs), units, rng), heNormal(units, 1, rng)];
        const plan = new MemoryPlan();
        const layer = placeLayer(plan, { inputs, units, kernel: kernel.subarray(0, inputs * units), bias });
        const x = Float64Array.from({ length: Math.max(1, rows * inputs) }, () => 3 * rng.normal());
        const [xAt, outAt] = [
          plan.keep(x),
          plan.keep(new Float64Array(rows * (padded(units) + 2) + 2).fill(99)),
        ];
        const { kernels, cells } = runtimeOf(plan);
        runLayer(kernels, layer, {
          rows,
          x: { at: xAt, stride: inputs * DOUBLE },
          out: { at: outAt, stride: (padded(units) + 2) * DOUBLE },
          floor: rectify ? 0 : Number.NEGATIVE_INFINITY,
        });
        const expected: number[] = [];
        for (let row = 0; row < rows; row++) {
          for (let u = 0; u < units; u++) {
            let sum = bias[u] ?? Number.NaN;
            for (let i = 0; i < inputs; i++) {
              const value = x[row * inputs + i] ?? Number.NaN;
              sum += (rectify ? Math.max(0, value) : value) * (kernel[i * units + u] ?? Number.NaN);
            }
            expected.push(sum);
          }
          expected.push(...new Array<number>(padded(units) - units).fill(0), 99, 99);
        }
        const written = [...cells.slice(outAt / DOUBLE, outAt / DOUBLE + expected.length + 2)];
        expect(written).toEqual([...expected, 99, 99]);
      },
    ),
    { numRuns: 200 },
  );
});
