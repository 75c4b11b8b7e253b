import fc from "fast-check";
import { expect, test } from "vitest";
import { allRows, balancedRows, thins } from "./imbalance.ts";
import { syntheticDataset } from "./testing/synthetic-dataset.ts";
import type { Slice } from "./time-split.ts";

const dataset = syntheticDataset({ rows: 20_000 });

/** Every second row of the dataset; one in `every` of them is fraud. */
function sliceWith(every: number): Slice {
  const rows = Uint32Array.from({ length: 10_000 }, (_, i) => 2 * i);
  const labels = Uint8Array.from(rows, (_, i) => Number(i % every === 0));
  return { window: { fromMs: 0, toMs: 1 }, rows, labels };
}

const plain = { negativesPerPositive: null, positiveWeight: 1 };

test("keeping everything copies the slice row by row and corrects nothing", () => {
  const { rows, keptShare, marginOffset } = balancedRows(dataset, sliceWith(100), plain, 1);
  expect([rows.rows, keptShare, marginOffset]).toEqual([10_000, 1, 0]);
  expect(rows.features.slice(5, 10)).toEqual(dataset.features.slice(10, 15));
  expect(rows.weights).toBeNull();
});

test("thinning keeps every fraud and exactly so many legitimate rows, and adds the log of their share", () => {
  const { rows, keptShare, marginOffset } = balancedRows(
    dataset,
    sliceWith(100),
    { negativesPerPositive: 33, positiveWeight: 1 },
    1,
  );
  const frauds = rows.labels.reduce((sum, label) => sum + label, 0);
  expect([frauds, rows.rows - frauds]).toEqual([100, 3300]);
  expect(keptShare).toBeCloseTo(1 / 3, 12);
  expect(marginOffset).toBeCloseTo(Math.log(1 / 3), 12);
});

test("a constant model fitted on thinned and weighted rows is right again after the correction", () => {
  fc.assert(
    fc.property(fc.integer({ min: 21, max: 200 }), fc.integer({ min: 1, max: 50 }), (ratio, weight) => {
      const slice = sliceWith(100);
      const { rows, marginOffset } = balancedRows(
        dataset,
        slice,
        { negativesPerPositive: ratio, positiveWeight: weight },
        7,
      );
      let [fraud, total] = [0, 0];
      for (let i = 0; i < rows.rows; i++) {
        const rowWeight = rows.weights?.[i] ?? 1;
        total += rowWeight;
        if (rows.labels[i] === 1) fraud += rowWeight;
      }
      const margin = Math.log(fraud / (total - fraud)) + marginOffset;
      expect(1 / (1 + Math.exp(-margin))).toBeCloseTo(0.01, 10);
    }),
  );
});

test("the draw depends on the seed alone, and legitimate rows are not thinned below two thousand", () => {
  const ratio = { negativesPerPositive: 30, positiveWeight: 1 };
  const features = (seed: number): Float64Array =>
    balancedRows(dataset, sliceWith(100), ratio, seed).rows.features;
  expect(features(1)).toEqual(features(1));
  expect(features(2)).not.toEqual(features(1));
  expect(balancedRows(dataset, sliceWith(1000), ratio, 1).rows.rows).toBe(10 + 2000);
});

test("all rows of an empty slice are none", () => {
  const none = { window: { fromMs: 0, toMs: 1 }, rows: new Uint32Array(0), labels: new Uint8Array(0) };
  expect(allRows(dataset, none).rows).toBe(0);
  expect(balancedRows(dataset, none, plain, 1).keptShare).toBe(1);
});

test("a ratio thins a slice only where it leaves fewer legitimate rows than there are", () => {
  expect(thins(sliceWith(100), 33)).toBe(true);
  expect(thins(sliceWith(100), 99)).toBe(false);
  expect(thins(sliceWith(100), null)).toBe(false);
  // Two thousand legitimate rows stay in any case.
  expect(thins({ ...sliceWith(100), ...shortSlice(1500) }, 1)).toBe(false);
  expect(thins({ ...sliceWith(100), ...shortSlice(4000) }, 1)).toBe(true);
});

test("draws of different names are independent, of one name the same", () => {
  const ratio = { negativesPerPositive: 30, positiveWeight: 1 };
  const drawn = (seed: string): Float64Array =>
    balancedRows(dataset, sliceWith(100), ratio, seed).rows.features;
  expect(drawn("1:0")).toEqual(drawn("1:0"));
  expect(drawn("1:0")).not.toEqual(drawn("1:1"));
  expect(drawn("1")).toEqual(balancedRows(dataset, sliceWith(100), ratio, 1).rows.features);
});

function shortSlice(rows: number): Pick<Slice, "rows" | "labels"> {
  const { rows: all, labels } = sliceWith(100);
  return { rows: all.slice(0, rows), labels: labels.slice(0, rows) };
}
