import fc from "fast-check";
import { expect, test } from "vitest";
import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { gradientBoostingFamily } from "./gradient-boosting/gradient-boosting.ts";
import type { FitContext, FittedModel, ModelFamily, TrainingRows } from "./model.ts";
import { withTargetEncoding } from "./target-encoding.ts";
import { encodeInOrder, fitTargetTables } from "./target-encoding-table.ts";

const family = withTargetEncoding(gradientBoostingFamily);
const options = { ...gradientBoostingFamily.defaults, rounds: 20, minChildHessian: 1 };

const definition = (name: string, unit: FeatureDefinition["unit"]): FeatureDefinition => ({
  name,
  entity: "transaction",
  aggregate: unit === "category" ? "merchant_category" : "amount",
  window: null,
  unit,
  text: name,
});
const contextOf = (units: readonly FeatureDefinition["unit"][]): FitContext => ({
  featureNames: units.map((_, f) => `f${f}`),
  definitions: units.map((unit, f) => definition(`f${f}`, unit)),
  seed: 1,
  signal: null,
  onProgress: () => {},
});
const context = contextOf(["category", "number"]);

/** Fraud depends on the category, whose codes are in no order of it, and a little on the number. */
function shop(rows: number, seed: string, recode: (code: number) => number = (code) => code): TrainingRows {
  const rng = createRng(seed);
  const features = new Float64Array(rows * 2);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const code = rng.integer(30);
    const x = rng.normal();
    const margin = -3 + (code % 3 === 0 ? 3 : 0) + 0.5 * x;
    features.set([recode(code * 7_919 + 11), x], 2 * row);
    labels[row] = Number(rng.next() < 1 / (1 + Math.exp(-margin)));
  }
  return { width: 2, rows, features, labels, weights: null };
}

function marginsOf(model: FittedModel, { features, rows }: TrainingRows): Float64Array {
  const out = new Float64Array(rows);
  model.margins(features, rows, out);
  return out;
}

/** Keeps what it was fitted on: shows what a family inside the encoding sees. */
function spyFamily(): {
  seen: { training?: TrainingRows; validation?: TrainingRows; context?: FitContext };
  family: ModelFamily<null>;
} {
  const seen: { training?: TrainingRows; validation?: TrainingRows; context?: FitContext } = {};
  const fitted: FittedModel = {
    family: "rules",
    width: 2,
    margins: (features, rows, out) => {
      for (let row = 0; row < rows; row++) out[row] = features[2 * row] ?? Number.NaN;
    },
    contributions: (row, out) => {
      out.set(row);
      return 0;
    },
    toJSON: () => ({ family: "rules" }),
    curve: [0.5],
  };
  return {
    seen,
    family: {
      family: "rules",
      defaults: null,
      async fit(training, validation, _options, fitContext) {
        Object.assign(seen, { training, validation, context: fitContext });
        return fitted;
      },
      load: () => fitted,
    },
  };
}

test("the family inside sees evidence for codes: rows by those before them, validation by the table", async () => {
  const spy = spyFamily();
  const [training, validation] = [shop(300, "train"), shop(100, "later")];
  const before = Float64Array.from(training.features);
  const wrapped = withTargetEncoding(spy.family);
  const model = await wrapped.fit(training, validation, null, context);
  const expected = Float64Array.from(training.features);
  encodeInOrder(training, [0], expected);
  expect(spy.seen.training?.features).toEqual(expected);
  expect(training.features).toEqual(before);
  const table = fitTargetTables(training, [0])[0]?.evidence;
  const encoded = Array.from({ length: 100 }, (_, row) => table?.get(validation.features[2 * row] ?? 0) ?? 0);
  expect(Array.from({ length: 100 }, (_, row) => spy.seen.validation?.features[2 * row])).toEqual(encoded);
  expect(Array.from(marginsOf(model, validation))).toEqual(encoded);
  expect(spy.seen.context?.definitions?.map(({ unit }) => unit)).toEqual(["number", "number"]);
  expect(model.curve).toEqual([0.5]);
});

test("validation labels change nothing that is learnt from categories", async () => {
  const spy = spyFamily();
  const training = shop(200, "train");
  const validation = shop(50, "later");
  const wrapped = withTargetEncoding(spy.family);
  const model = await wrapped.fit(training, validation, null, context);
  const turned = { ...validation, labels: validation.labels.map((label) => 1 - label) };
  const again = await wrapped.fit(training, turned, null, context);
  expect(again.toJSON()).toEqual(model.toJSON());
});

test("a renaming of the categories changes no margin", async () => {
  const noRows = { ...shop(0, "none"), rows: 0 };
  const recode = (code: number): number => (code * 2_654_435_761) % 4_294_967_296;
  const [plain, renamed] = await Promise.all([
    family.fit(shop(2_000, "train"), noRows, options, context),
    family.fit(shop(2_000, "train", recode), noRows, options, context),
  ]);
  expect(marginsOf(renamed, shop(500, "test", recode))).toEqual(marginsOf(plain, shop(500, "test")));
});

test("contributions keep their columns and sum to the margin; a batch gives the bits of single rows", async () => {
  const model = await family.fit(shop(3_000, "train"), shop(0, "none"), options, context);
  const rows = shop(600, "test");
  const margins = marginsOf(model, rows);
  const shares = new Float64Array(2);
  let fromCategory = 0;
  for (let row = 0; row < 50; row++) {
    const one = rows.features.slice(2 * row, 2 * row + 2);
    const alone = new Float64Array(1);
    model.margins(one, 1, alone);
    expect(alone[0]).toBe(margins[row]);
    const base = model.contributions(one, shares);
    expect(base + (shares[0] ?? 0) + (shares[1] ?? 0)).toBeCloseTo(alone[0] ?? Number.NaN, 9);
    fromCategory += Math.abs(shares[0] ?? 0) - Math.abs(shares[1] ?? 0);
  }
  expect(fromCategory).toBeGreaterThan(0);
});

test("the artefact scores as the model does, also a category never seen and a missing one", async () => {
  const training = shop(1_000, "train");
  for (let row = 0; row < 40; row++) training.features[2 * row] = Number.NaN;
  const model = await family.fit(training, shop(0, "none"), options, context);
  const loaded = family.load(JSON.parse(JSON.stringify(model.toJSON())));
  const queries = { ...shop(3, "test"), rows: 3 };
  queries.features.set([424_242, 0, Number.NaN, 0], 0);
  expect(marginsOf(loaded, queries)).toEqual(marginsOf(model, queries));
  expect(loaded.toJSON()).toEqual(model.toJSON());
});

test("without category columns the JSON is the bare family's, and either form loads", async () => {
  const numbers = contextOf(["number", "number"]);
  const training = shop(500, "train");
  const bare = await gradientBoostingFamily.fit(training, shop(0, "none"), options, numbers);
  const wrapped = await family.fit(training, shop(0, "none"), options, numbers);
  expect(wrapped.toJSON()).toEqual(bare.toJSON());
  expect(marginsOf(family.load(bare.toJSON()), training)).toEqual(marginsOf(bare, training));
});

test("damaged or foreign JSON is refused", async () => {
  const model = await family.fit(shop(300, "train"), shop(0, "none"), options, context);
  const json = model.toJSON() as { encoding: { column: number; codes: string }[] };
  expect(() => family.load({ ...json, version: 2 })).toThrow(RangeError);
  expect(() => family.load({ ...json, family: "rules" })).toThrow("not target-encoded");
  const [table] = json.encoding;
  expect(() => family.load({ ...json, encoding: [{ ...table, column: 2 }] })).toThrow("not a column");
  expect(() => family.load({ ...json, encoding: [{ ...table, codes: "" }] })).toThrow("damaged");
  expect(() => family.load({ ...json, encoding: [{ ...table, codes: "AAAA" }] })).toThrow("half a number");
});

test("a category that says nothing is not learnt by heart", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), (seed) => {
      const rng = createRng(seed);
      const rows = 400;
      // Every category holds one or two rows: a naive encoding would give each label away.
      const features = Float64Array.from({ length: rows }, () => rng.integer(300));
      const labels = Uint8Array.from({ length: rows }, () => Number(rng.next() < 0.3));
      const encoded = Float64Array.from(features);
      encodeInOrder({ width: 1, rows, features, labels, weights: null }, [0], encoded);
      const meanOf = (label: number): number => {
        const values = encoded.filter((_, row) => labels[row] === label);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      };
      expect(Math.abs(meanOf(1) - meanOf(0))).toBeLessThan(0.05);
    }),
    { numRuns: 30 },
  );
});
