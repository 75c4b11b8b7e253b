import { expect, test } from "vitest";
import { gradientBoostingFamily } from "./gradient-boosting.ts";
import { noisyRows } from "./testing/training-rows.ts";

const [training, validation] = [noisyRows(1500, 1), noisyRows(800, 2)];
const notes: string[] = [];
const context = {
  featureNames: ["a", "b", "c", "d"],
  seed: 7,
  signal: null,
  onProgress: ({ note }: { note: string }) => notes.push(note),
};
const options = { ...gradientBoostingFamily.defaults, rounds: 25, minChildHessian: 1 };
const model = await gradientBoostingFamily.fit(training, validation, options, context);

test("a row scores the same alone, in a batch and after a round trip through JSON", () => {
  const restored = gradientBoostingFamily.load(JSON.parse(JSON.stringify(model.toJSON())));
  const batch = new Float64Array(validation.rows);
  model.margins(validation.features, validation.rows, batch);
  const alone = new Float64Array(1);
  for (const row of [0, 17, 799]) {
    const features = validation.features.slice(row * 4, row * 4 + 4);
    model.margins(features, 1, alone);
    expect(alone[0]).toBe(batch[row]);
    restored.margins(features, 1, alone);
    expect(alone[0]).toBe(batch[row]);
  }
});

test("wild and missing values give finite margins", () => {
  const out = new Float64Array(1);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1e308]) {
    model.margins(new Float64Array(4).fill(value), 1, out);
    expect(Number.isFinite(out[0])).toBe(true);
  }
});

test("contributions and the base sum to the margin", () => {
  const [out, margin] = [new Float64Array(4), new Float64Array(1)];
  for (let row = 0; row < 200; row++) {
    const features = validation.features.slice(row * 4, row * 4 + 4);
    const base = model.contributions(features, out);
    model.margins(features, 1, margin);
    expect(out.reduce((sum, share) => sum + share, base)).toBeCloseTo(margin[0] ?? Number.NaN, 9);
  }
});

test("the same seed gives the same JSON, and progress names the tree", async () => {
  const again = await gradientBoostingFamily.fit(training, validation, options, context);
  expect(JSON.stringify(again.toJSON())).toBe(JSON.stringify(model.toJSON()));
  expect(notes[0]).toMatch(/^tree 1 of 25, AP 0\.\d{4}$/);
});

test("a refit grows the trees that early stopping kept, without stopping", async () => {
  const refit = gradientBoostingFamily.refitOptions?.([model], options) ?? options;
  expect(refit.patience).toBeNull();
  const again = await gradientBoostingFamily.fit(training, validation, refit, context);
  expect(again.toJSON()).toMatchObject({ trees: refit.rounds });
});

test("JSON of another family is refused", () => {
  expect(() => gradientBoostingFamily.load({ family: "rules", version: 1 })).toThrow(RangeError);
});

test("gains are kept with the model: the column of noise gains least", () => {
  const { gain = [] } = gradientBoostingFamily.load(model.toJSON());
  expect(gain).toEqual(model.gain);
  expect(gain).toHaveLength(4);
  expect(gain[0]).toBe(Math.max(...gain));
  expect(gain[3]).toBeLessThan((gain[0] ?? 0) / 4);
});

test("a prepared model explains a row as one that was not", () => {
  const prepared = gradientBoostingFamily.load(model.toJSON());
  const steps = prepared.prepare?.();
  if (steps === undefined) throw new Error("nothing to prepare");
  expect([...steps].length).toBeGreaterThan(1); // in slices, where somebody waits
  const [a, b] = [new Float64Array(4), new Float64Array(4)];
  const row = validation.features.subarray(0, 4);
  expect(prepared.contributions(row, a)).toBe(model.contributions(row, b));
  expect(a).toEqual(b);
});
