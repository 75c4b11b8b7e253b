import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { cbpe } from "./cbpe.ts";
import { cbpeIntervals, type ExpectedSums } from "./cbpe-interval.ts";

type Row = { readonly p: number; readonly c: number };

function sumsOf(rows: readonly Row[]): ExpectedSums {
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    rows: rows.length,
    p: sum(({ p }) => p),
    pp: sum(({ p }) => p * p),
    inverse: sum(({ c }) => 1 / c),
    pInverse: sum(({ p, c }) => p / c),
  };
}

function rowsOf(seed: string, chance: (p: number) => number): Row[] {
  const rng = createRng(seed);
  return Array.from({ length: 4_000 }, () => {
    const p = rng.next() < 0.06 ? rng.next() : rng.next() * 0.02;
    return { p, c: chance(p) };
  });
}

const split = (rows: readonly Row[]) =>
  [sumsOf(rows.filter(({ p }) => p >= 0.3)), sumsOf(rows.filter(({ p }) => p < 0.3))] as const;

test("the values are those of confidence-based estimation on all rows", () => {
  const rows = rowsOf("values", () => 1);
  const { precision, recall } = cbpeIntervals(...split(rows));
  const whole = cbpe(
    rows.map(({ p }) => p),
    0.3,
  );
  expect(precision.value).toBeCloseTo(whole.precision ?? 0, 12);
  expect(recall.value).toBeCloseTo(whole.recall ?? 0, 12);
});

test("by hand: two alerts of 0.5 have precision 0.5 with a deviation of √0.5 / 2", () => {
  const above = sumsOf([
    { p: 0.5, c: 1 },
    { p: 0.5, c: 1 },
  ]);
  const { precision } = cbpeIntervals(above, sumsOf([]), 0.5);
  const reach = 0.6744897501960817 * (Math.SQRT1_2 / 2);
  expect(precision.interval?.lower).toBeCloseTo(0.5 - reach, 9);
  expect(precision.interval?.upper).toBeCloseTo(0.5 + reach, 9);
});

test.each([
  ["every row is seen", () => 1],
  ["of the highest scores one in five is seen", (p: number) => (p > 0.8 ? 0.2 : 1)],
] as const)("95 %% intervals hold what is realised about 95 times of 100 when %s", (name, chance) => {
  const rows = rowsOf(`coverage ${name}`, chance);
  const { precision, recall } = cbpeIntervals(...split(rows));
  const rng = createRng(`draws ${name}`);
  const inside = { precision: 0, recall: 0 };
  for (let draw = 0; draw < 400; draw++) {
    const sums = { hits: 0, alerts: 0, frauds: 0 };
    for (const { p, c } of rows) {
      const isFraud = rng.next() < p;
      if (rng.next() >= c) continue;
      if (p >= 0.3) sums.alerts += 1 / c;
      if (isFraud) sums.frauds += 1 / c;
      if (isFraud && p >= 0.3) sums.hits += 1 / c;
    }
    for (const [measure, whole] of [
      ["precision", sums.alerts],
      ["recall", sums.frauds],
    ] as const) {
      const interval = { precision, recall }[measure].interval;
      const realised = sums.hits / whole;
      if (interval !== null && realised >= interval.lower && realised <= interval.upper) inside[measure]++;
    }
  }
  for (const count of [inside.precision, inside.recall]) {
    expect(count).toBeGreaterThan(364); // 0.91
    expect(count).toBeLessThan(396); // 0.99
  }
});

test("no alerts and no chance of fraud are null", () => {
  const nothing = cbpeIntervals(sumsOf([]), sumsOf([{ p: 0, c: 1 }]));
  expect(nothing.precision).toEqual({ value: null, interval: null });
  expect(nothing.recall).toEqual({ value: null, interval: null });
});
