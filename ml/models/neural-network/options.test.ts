import fc from "fast-check";
import { expect, test } from "vitest";
import { checkOptions, type NeuralNetworkOptions, neuralNetworkDefaults } from "./options.ts";

test("the defaults are in range", () => {
  expect(() => checkOptions(neuralNetworkDefaults)).not.toThrow();
});

const wrong: Partial<NeuralNetworkOptions>[] = [
  { hidden: [16, 0] },
  { members: 0 },
  { members: 9 },
  { pieces: -1 },
  { epochs: 0 },
  { stopAfter: neuralNetworkDefaults.epochs + 1 },
  { patience: 0 },
  { rowsPerEpoch: 0 },
  { batchSize: 0.5 },
  { learningRate: 0 },
  { l2: Number.NaN },
  { dropout: 1 },
  { focalGamma: -1 },
];

test.each(wrong)("%j is refused by name", (change) => {
  const [name = ""] = Object.keys(change);
  expect(() => checkOptions({ ...neuralNetworkDefaults, ...change })).toThrow(`option ${name} is out`);
});

test("no number that is not finite passes for a learning rate, a penalty or a share", () => {
  const bad = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  const name = fc.constantFrom("learningRate", "l2", "dropout", "focalGamma", "epochs", "batchSize");
  fc.assert(
    fc.property(name, bad, (option, value) => {
      expect(() => checkOptions({ ...neuralNetworkDefaults, [option]: value })).toThrow(RangeError);
    }),
  );
});
