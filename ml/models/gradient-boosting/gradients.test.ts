import { expect, test } from "vitest";
import { packBlocks, packGradients } from "./gradients.ts";
import { gradientBoostingDefaults } from "./options.ts";
import { unpack } from "./packed-gradients.ts";
import { meanLogLoss } from "./testing/mean-log-loss.ts";
import { noisyRows, rowsOf } from "./testing/training-rows.ts";
import { trainingMemory } from "./training-memory.ts";

const fine = { gradient: 2 ** 24, hessian: 2 ** 24 };
const rows = { ...rowsOf([[0], [0], [0], [0]], [1, 0, 0, 0]), weights: Float64Array.of(2, 1, 0.5, 1) };
const margins = [0.3, -1, 2, -4];

function packedAt(loss: "logistic" | "focal") {
  const memory = trainingMemory(rows, { ...gradientBoostingDefaults, loss, focalGamma: 0 }, 1);
  memory.margins.set(margins);
  packBlocks(memory, { round: 1, scale: fine }, { index: 0, of: 1 });
  return [...memory.packed].map((packed) => unpack(packed, fine));
}

test("gradients and Hessians are the derivatives of the weighted log loss, and of the focal loss at gamma 0", () => {
  const step = 1e-3;
  for (const [row, margin] of margins.entries()) {
    const loss = (shift: number): number => {
      const one = { rows: 1, labels: rows.labels.subarray(row, row + 1), weights: null };
      return (rows.weights[row] ?? 0) * (meanLogLoss(one, Float64Array.of(margin + shift)) ?? 0);
    };
    const slope = (loss(step) - loss(-step)) / (2 * step);
    const curvature = (loss(step) - 2 * loss(0) + loss(-step)) / step ** 2;
    for (const name of ["logistic", "focal"] as const) {
      expect(packedAt(name)[row]?.gradient).toBeCloseTo(slope, 5);
      expect(packedAt(name)[row]?.hessian).toBeCloseTo(curvature, 5);
    }
  }
});

test("margins beyond the range of exp leave gradients of a whole row and no Hessian below zero", () => {
  const memory = trainingMemory(rows, gradientBoostingDefaults, 1);
  memory.margins.set([-1e4, 1e4, 1e4, 1e4]);
  packBlocks(memory, { round: 1, scale: fine }, { index: 0, of: 1 });
  expect(unpack(memory.packed[0] ?? 0, fine)).toEqual({ gradient: -2, hessian: 0 });
  expect(unpack(memory.packed[1] ?? 0, fine).gradient).toBeCloseTo(1, 6);
});

test("blocks of rows may be packed by any number of threads", () => {
  const many = noisyRows(20_000, 1);
  const [alone, shared] = [1, 2].map(() => trainingMemory(many, gradientBoostingDefaults, 1));
  if (alone === undefined || shared === undefined) throw new Error("two memories were made");
  packBlocks(alone, { round: 4, scale: fine }, { index: 0, of: 1 });
  for (const index of [2, 0, 1]) packBlocks(shared, { round: 4, scale: fine }, { index, of: 3 });
  expect(shared.packed).toEqual(alone.packed);
  expect(shared.blockSizes).toEqual(alone.blockSizes);
});

test("a scale that the sums have outgrown is replaced at once", () => {
  const memory = trainingMemory(rows, gradientBoostingDefaults, 1);
  const scales: number[] = [];
  const tooFine = { gradient: 2 ** 40, hessian: 2 ** 40 };
  const { scale, next } = packGradients(memory, { round: 1, scale: tooFine }, (pass) => {
    scales.push(pass.scale.gradient);
    packBlocks(memory, pass, { index: 0, of: 1 });
  });
  expect(scales).toEqual([2 ** 40, next.gradient]);
  expect(scale).toEqual(next);
});
