import fc from "fast-check";
import { expect, test } from "vitest";
import { weightedLoss } from "./network-loss.ts";
import { start } from "./tensorflow-backend.ts";

const { core } = await start(["cpu"]);
type Rows = { margins: number[]; labels: number[]; weights?: number[] };
const tensorsOf = ({ margins, labels, weights = margins.map(() => 1) }: Rows) => ({
  margins: core.tensor1d(margins),
  labels: core.tensor1d(labels),
  weights: core.tensor1d(weights),
});
const lossOf = (rows: Rows, focalGamma: number | null = null): number =>
  core.tidy(() => {
    const loss = focalGamma === null ? "logistic" : "focal";
    return (
      weightedLoss(core, tensorsOf(rows), { loss, focalGamma: focalGamma ?? 1 }).dataSync()[0] ?? Number.NaN
    );
  });

const p = (z: number, label: number): number => 1 / (1 + Math.exp(label === 1 ? -z : z));

test("the logistic loss is minus the log of the probability of the true label, weighted", () => {
  const expected = (-Math.log(p(1, 1)) - 3 * Math.log(p(-2, 1)) - 2 * Math.log(p(0.5, 0))) / 3;
  const rows = { margins: [1, -2, 0.5], labels: [1, 1, 0], weights: [1, 3, 2] };
  expect(lossOf(rows)).toBeCloseTo(expected, 5);
});

test("the focal loss is the logistic one times the missing probability to the power gamma", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -8, max: 8, noNaN: true }),
      fc.constantFrom(0, 1),
      fc.constantFrom(0.5, 1, 2, 5),
      (z, label, gamma) => {
        const expected = (1 - p(z, label)) ** gamma * -Math.log(p(z, label));
        expect(lossOf({ margins: [z], labels: [label] }, gamma)).toBeCloseTo(expected, 3);
      },
    ),
  );
  expect(lossOf({ margins: [1.25], labels: [0] }, 0)).toBeCloseTo(
    lossOf({ margins: [1.25], labels: [0] }),
    6,
  );
});

test.each([null, 0.5, 2])("slopes are those of small differences and finite far out, gamma %s", (gamma) => {
  const margins = [-60, -3, -0.4, 0.7, 2.5, 60];
  for (const label of [0, 1]) {
    const labels = margins.map(() => label);
    const slopes = core.tidy(() => {
      const { weights, labels: y, margins: z } = tensorsOf({ margins, labels });
      const loss = { loss: gamma === null ? "logistic" : "focal", focalGamma: gamma ?? 1 } as const;
      const gradient = core.grad((at) => weightedLoss(core, { margins: at, labels: y, weights }, loss));
      return [...gradient(z).dataSync()];
    });
    expect(slopes.every(Number.isFinite)).toBe(true);
    for (const [i, z] of margins.entries()) {
      if (Math.abs(z) > 10) continue;
      const at = (shift: number): number => {
        const q = p(z + shift, label);
        return (gamma === null ? 1 : (1 - q) ** gamma) * -Math.log(q);
      };
      expect(slopes[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5 / margins.length, 3);
    }
  }
});
