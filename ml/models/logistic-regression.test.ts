import fc from "fast-check";
import { expect, test } from "vitest";
import { logisticRegressionFamily } from "./logistic-regression.ts";
import type { FitContext, TrainingRows } from "./model.ts";

const context = (width: number): FitContext => ({
  featureNames: Array.from({ length: width }, (_, i) => `f${i}`),
  seed: 1,
  signal: null,
  onProgress: () => {},
});

/** Flags and labels with the given counts of [flag 0 legitimate, flag 0 fraud, flag 1 legitimate, flag 1 fraud]. */
function twoByTwo(counts: readonly [number, number, number, number]): TrainingRows {
  const cells = counts.flatMap((count, cell) => new Array<number>(count).fill(cell));
  return {
    width: 1,
    rows: cells.length,
    features: Float64Array.from(cells, (cell) => Math.floor(cell / 2)),
    labels: Uint8Array.from(cells, (cell) => cell % 2),
    weights: null,
  };
}

const none: TrainingRows = { ...twoByTwo([0, 0, 0, 0]) };
const trained = (rows: TrainingRows, l2 = 0, signal: AbortSignal | null = null) =>
  logisticRegressionFamily.fit(
    rows,
    none,
    { l2, pieces: 0, maxIterations: 500 },
    { ...context(rows.width), signal },
  );

const marginAt = (model: Awaited<ReturnType<typeof trained>>, ...row: number[]): number => {
  const out = new Float64Array(1);
  model.margins(Float64Array.from(row), 1, out);
  return out[0] ?? Number.NaN;
};

test("without a penalty a two-by-two table gives its own log-odds", async () => {
  const model = await trained(twoByTwo([90, 10, 40, 60]));
  expect(marginAt(model, 0)).toBeCloseTo(Math.log(10 / 90), 3);
  expect(marginAt(model, 1)).toBeCloseTo(Math.log(60 / 40), 3);
});

test("the penalty shrinks the slope of the standardised input as Newton's solution says", async () => {
  // Balanced table, input ±1: the slope solves 200 (0.75 - sigmoid(b)) = l2 b.
  const model = await trained(twoByTwo([75, 25, 25, 75]), 10);
  expect((marginAt(model, 1) - marginAt(model, 0)) / 2).toBeCloseTo(slopeOf(10), 4);
});

function slopeOf(l2: number): number {
  let [low, high] = [0, 2];
  for (let i = 0; i < 100; i++) {
    const b = (low + high) / 2;
    if (200 * (0.75 - 1 / (1 + Math.exp(-b))) > l2 * b) low = b;
    else high = b;
  }
  return low;
}

test("a row of weight three counts as three rows", async () => {
  const thrice = await trained(twoByTwo([30, 30, 30, 10]), 1);
  const once = twoByTwo([30, 10, 30, 10]);
  const weights = Float64Array.from(once.labels, (label, i) =>
    label === 1 && once.features[i] === 0 ? 3 : 1,
  );
  const weighted = await trained({ ...once, weights }, 1);
  // Standardisation is over rows, so the penalised slopes differ a little; the fitted odds hardly do.
  expect(marginAt(weighted, 0)).toBeCloseTo(marginAt(thrice, 0), 1);
});

test("contributions and base sum to the margin, exactly enough, whatever the row", async () => {
  const rows = 300;
  const features = Float64Array.from({ length: rows * 2 }, (_, i) => ((i * 31) % 17) - 3);
  const labels = Uint8Array.from({ length: rows }, (_, i) => Number((features[2 * i] ?? 0) > 8));
  const model = await logisticRegressionFamily.fit(
    { width: 2, rows, features, labels, weights: null },
    none,
    logisticRegressionFamily.defaults,
    context(2),
  );
  fc.assert(
    fc.property(fc.double(), fc.double(), (a, b) => {
      const out = new Float64Array(2);
      const base = model.contributions(Float64Array.of(a, b), out);
      expect(base + (out[0] ?? 0) + (out[1] ?? 0)).toBeCloseTo(marginAt(model, a, b), 9);
    }),
  );
});

test("a row scores the same alone, in a batch and after a round trip through JSON", async () => {
  const table = twoByTwo([50, 5, 20, 25]);
  const model = await trained(table, 1);
  const batch = new Float64Array(table.rows);
  model.margins(table.features, table.rows, batch);
  const restored = logisticRegressionFamily.load(JSON.parse(JSON.stringify(model.toJSON())));
  for (const row of [0, 60, 99]) {
    expect(marginAt(model, table.features[row] ?? 0)).toBe(batch[row]);
    expect(marginAt(restored, table.features[row] ?? 0)).toBe(batch[row]);
  }
});

test("fitting the same rows twice gives the same bytes", async () => {
  const [a, b] = [await trained(twoByTwo([50, 5, 20, 25]), 1), await trained(twoByTwo([50, 5, 20, 25]), 1)];
  expect(JSON.stringify(a.toJSON())).toBe(JSON.stringify(b.toJSON()));
});

test("an aborted fit rejects with the reason, and other JSON is refused", async () => {
  await expect(trained(twoByTwo([75, 25, 25, 75]), 1, AbortSignal.abort(new Error("stop")))).rejects.toThrow(
    "stop",
  );
  expect(() => logisticRegressionFamily.load({ family: "rules", version: 1 })).toThrow(RangeError);
});

/** Rows of one category feature with the given [code, legitimate, frauds]. */
function categoryTable(cells: readonly (readonly [number, number, number])[]): TrainingRows {
  const rows = cells.flatMap(([code, legitimate, frauds]) =>
    Array.from({ length: legitimate + frauds }, (_, i) => [code, Number(i < frauds)] as const),
  );
  return {
    width: 1,
    rows: rows.length,
    features: Float64Array.from(rows, ([code]) => code),
    labels: Uint8Array.from(rows, ([, label]) => label),
    weights: null,
  };
}
const byCategory = (rows: TrainingRows, l2: number) =>
  logisticRegressionFamily.fit(
    rows,
    none,
    { l2, pieces: 4, maxIterations: 500 },
    {
      ...context(1),
      definitions: [
        {
          name: "f0",
          entity: "transaction",
          aggregate: "merchant_category",
          window: null,
          unit: "category",
          text: "merchant category",
        },
      ],
    },
  );

test("without a penalty each category has its own log-odds, rare ones together, missing ones apart", async () => {
  const table = categoryTable([
    [4_000_000_007, 80, 20],
    [17, 50, 50],
    [5, 190, 10],
    [1, 8, 2],
    [2, 6, 4],
    [Number.NaN, 30, 70],
  ]);
  const model = await byCategory(table, 0);
  expect(marginAt(model, 4_000_000_007)).toBeCloseTo(Math.log(20 / 80), 3);
  expect(marginAt(model, 17)).toBeCloseTo(0, 3);
  expect(marginAt(model, 5)).toBeCloseTo(Math.log(10 / 190), 3);
  expect(marginAt(model, Number.NaN)).toBeCloseTo(Math.log(70 / 30), 3);
  for (const rare of [1, 2, 999]) expect(marginAt(model, rare)).toBeCloseTo(Math.log(6 / 14), 3);
});

test("the stronger the penalty, the nearer a category's log-odds come to the mean's", async () => {
  const table = categoryTable([
    [7, 40, 60],
    [8, 300, 20],
    [9, 280, 20],
  ]);
  const gaps: number[] = [];
  for (const l2 of [0, 1, 10, 100, 10_000]) {
    const model = await byCategory(table, l2);
    gaps.push(marginAt(model, 7) - marginAt(model, 8));
  }
  expect(gaps).toEqual(gaps.toSorted((a, b) => b - a));
  expect(gaps[0]).toBeCloseTo(Math.log(60 / 40) - Math.log(20 / 300), 2);
  expect(gaps.at(-1)).toBeLessThan(0.2);
});
