import fc from "fast-check";
import { expect, test } from "vitest";
import { bestSplit, type Found, leafGain, leafValue, nodeGain } from "./best-split.ts";
import { noBounds } from "./bounded-split.ts";
import { gradientBoostingDefaults } from "./options.ts";
import { pack, type Sums, unpack } from "./packed-gradients.ts";
import { noRows } from "./testing/training-rows.ts";
import { trainingMemory } from "./training-memory.ts";

type Feature = { readonly bins: readonly (readonly [number, number])[]; readonly hasMissing?: boolean };
/** Steps of a quarter, so that gradients of a half are whole. */
const scale = { gradient: 4, hessian: 4 };
const free = { ...gradientBoostingDefaults, l2: 1, minChildHessian: 1e-6, minGain: 0 };

/** The best split of a node with these bins: gradient and Hessian of each, that of missing values last. */
function splitOf(features: readonly Feature[], changes: Partial<typeof free> = {}) {
  const options = { ...free, ...changes };
  const memory = trainingMemory(noRows(features.length), options, 1);
  let offset = 0;
  for (const [column, { bins, hasMissing = false }] of features.entries()) {
    memory.columns[column] = column;
    memory.offsets[column] = offset;
    memory.hasMissing[column] = Number(hasMissing);
    memory.cutCounts[column] = bins.length - 1 - Number(hasMissing);
    for (const [gradient, hessian] of bins) memory.histograms[offset++] = pack(4 * gradient, 4 * hessian, 0);
  }
  const found = bestSplit(memory, { from: 0, to: features.length }, { slot: 0, scale, bounds: noBounds });
  const own = nodeGain(sumsOf(features[0]?.bins ?? []), options, noBounds);
  return found === null ? null : { ...found, gain: found.gain - own, left: unpack(found.left, scale) };
}

function sumsOf(bins: readonly (readonly [number, number])[]): Sums {
  const sum = (k: 0 | 1): number => bins.reduce((total, bin) => total + bin[k], 0);
  return { gradient: sum(0), hessian: sum(1) };
}

test("leaf value and gain are XGBoost's -G / (H + lambda) and G^2 / (H + lambda)", () => {
  expect(leafValue({ gradient: -1.5, hessian: 0.5 }, 1)).toBe(1);
  expect(leafGain({ gradient: -1.5, hessian: 0.5 }, 1)).toBe(1.5);
  expect(leafValue({ gradient: 0, hessian: 0 }, 0)).toBe(0);
  expect(leafGain({ gradient: 0, hessian: 0 }, 0)).toBe(0);
});

test("the split of a six-row example has the gain worked out by hand", () => {
  // Labels 0 0 0 1 0 1 at p = 0.5: gradients +-0.5, Hessians 0.25; one row per bin.
  const bins = [0.5, 0.5, 0.5, -0.5, 0.5, -0.5].map((gradient) => [gradient, 0.25] as const);
  const split = splitOf([{ bins }]);
  // 1.5^2 / 1.75 + 0.5^2 / 1.75 - 1 / 2.5
  expect(split).toMatchObject({ column: 0, code: 2, left: { gradient: 1.5, hessian: 0.75 } });
  expect(split?.gain).toBeCloseTo(2.5 / 1.75 - 0.4, 12);
});

test("missing values take the side that gains more, and may stand alone", () => {
  const at = (known: [number, number], missing: number) =>
    splitOf([
      {
        bins: [
          [known[0], 1],
          [known[1], 1],
          [missing, 1],
        ],
        hasMissing: true,
      },
    ]);
  expect(at([2, -2], 2)).toMatchObject({ code: 0, missingRight: false, left: { gradient: 4 } });
  expect(at([2, -2], -2)).toMatchObject({ code: 0, missingRight: true, left: { gradient: 2 } });
  expect(at([2, 2], -4)).toMatchObject({ code: 1, missingRight: true, left: { gradient: 4 } });
});

test("where nothing is missing, a missing value would follow the heavier child", () => {
  expect(
    splitOf([
      {
        bins: [
          [2, 1],
          [-2, 5],
        ],
      },
    ])?.missingRight,
  ).toBe(true);
  expect(
    splitOf([
      {
        bins: [
          [2, 5],
          [-2, 1],
        ],
      },
    ])?.missingRight,
  ).toBe(false);
});

test("no split is made that is too light, gains too little, or has one bin only", () => {
  const bins: [number, number][] = [
    [2, 1],
    [-2, 1],
  ];
  expect(splitOf([{ bins }])?.gain).toBe(4);
  expect(splitOf([{ bins }], { minChildHessian: 1.01 })).toBeNull();
  expect(splitOf([{ bins }], { minGain: 4 })).toBeNull();
  expect(splitOf([{ bins: [[1, 1]] }])).toBeNull();
});

test("equal gains go to the first feature and the lowest cut", () => {
  const bins: [number, number][] = [
    [2, 1],
    [0, 0],
    [-2, 1],
  ];
  expect(splitOf([{ bins }, { bins }])).toMatchObject({ column: 0, code: 0 });
});

test("no cut of any histogram gains more than the one found", () => {
  const cell = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 20 }));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 12 }), fc.boolean(), (bins, hasMissing) => {
      const all = sumsOf(bins);
      const last = bins.at(-1) ?? [0, 0];
      let best = 0;
      for (let cut = 1; cut < bins.length; cut++) {
        for (const withMissing of hasMissing ? [false, true] : [false]) {
          const left = sumsOf([...bins.slice(0, cut), ...(withMissing ? [last] : [])]);
          const right = { gradient: all.gradient - left.gradient, hessian: all.hessian - left.hessian };
          if (left.hessian <= 0 || right.hessian <= 0) continue;
          best = Math.max(best, leafGain(left, 1) + leafGain(right, 1) - leafGain(all, 1));
        }
      }
      const split = splitOf([{ bins, hasMissing }]);
      if (best > 1e-5) expect(split?.gain).toBeCloseTo(best, 9);
      else expect(split?.gain ?? 0).toBeLessThan(1e-5 + best);
    }),
  );
});

test("constraints that never bind change nothing", () => {
  const cell = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 20 }));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 12 }), fc.boolean(), (bins, hasMissing) => {
      const [plain, bounded] = [
        splitOf([{ bins, hasMissing }]),
        splitOf([{ bins, hasMissing }], { monotone: [0] }),
      ];
      const place = (found: Pick<Found, "column"> | null) => found?.column;
      expect(place(bounded)).toEqual(place(plain));
      if (plain !== null) expect(bounded?.gain).toBeCloseTo(plain.gain, 9);
    }),
  );
});
