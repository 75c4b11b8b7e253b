import { expect, test } from "vitest";
import { checkOptions, type GradientBoostingOptions, gradientBoostingDefaults } from "./options.ts";

test("the defaults are valid", () => {
  expect(() => checkOptions(gradientBoostingDefaults)).not.toThrow();
});

test.each<[keyof GradientBoostingOptions, number]>([
  ["rounds", 1.5],
  ["learningRate", 0],
  ["maxDepth", 0],
  ["maxDepth", 25],
  ["maxLeaves", 1],
  ["l2", -1],
  ["minChildHessian", 0],
  ["minGain", Number.NaN],
  ["rowSample", 1.1],
  ["columnSample", 0],
  ["maxBins", 256],
  ["patience", 0],
  ["threads", 0],
  ["focalGamma", -1],
])("%s = %d is refused by name", (name, value) => {
  expect(() => checkOptions({ ...gradientBoostingDefaults, [name]: value })).toThrow(`option ${name}`);
});

test("a deep tree needs a limit on its leaves", () => {
  expect(() => checkOptions({ ...gradientBoostingDefaults, maxDepth: 20, maxLeaves: 64 })).not.toThrow();
});

test("a loss or a direction that does not exist is refused by name", () => {
  const wrong = (changes: object): (() => void) => {
    return () => checkOptions({ ...gradientBoostingDefaults, ...changes });
  };
  expect(wrong({ loss: "hinge" })).toThrow("option loss");
  expect(wrong({ monotone: [1, 2] })).toThrow("option monotone");
  expect(wrong({ loss: "focal", monotone: [1, 0, -1] })).not.toThrow();
});
