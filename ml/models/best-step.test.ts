import { expect, test } from "vitest";
import { bestStep } from "./best-step.ts";

test("the best step is the one with the best mean over the folds, not of any single one", () => {
  expect(bestStep([{ curve: [0.5, 0.9, 0.2] }, { curve: [0.5, 0.2, 0.8] }])).toBe(2);
  expect(bestStep([{ curve: [0.5, 0.7, 0.9] }, { curve: [0.5, 0.9, 0.6] }])).toBe(2);
});

test("of equal steps the fewest is kept", () => {
  expect(bestStep([{ curve: [0.3, 0.6, 0.6] }])).toBe(2);
});

test("a fold that stopped early counts with its last value", () => {
  expect(bestStep([{ curve: [0.9] }, { curve: [0.1, 0.2, 0.7] }])).toBe(3);
});

test("without a watched step there is no best one", () => {
  expect(bestStep([])).toBeNull();
  expect(bestStep([{}, { curve: [] }])).toBeNull();
});
