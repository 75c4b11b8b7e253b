import fc from "fast-check";
import { expect, test } from "vitest";
import type { TrainingRows } from "./model.ts";
import {
  encodeByTables,
  encodeInOrder,
  fitTargetTables,
  SMOOTHING,
  targetTableFromJson,
  targetTableToJson,
} from "./target-encoding-table.ts";

type Row = { readonly code: number; readonly label: number; readonly weight: number };

const rowsOf = (rows: readonly Row[]): TrainingRows => ({
  width: 1,
  rows: rows.length,
  features: Float64Array.from(rows, ({ code }) => code),
  labels: Uint8Array.from(rows, ({ label }) => label),
  weights: Float64Array.from(rows, ({ weight }) => weight),
});

function inOrder(rows: readonly Row[]): Float64Array {
  const out = Float64Array.from(rows, ({ code }) => code);
  encodeInOrder(rowsOf(rows), [0], out);
  return out;
}

const logOdds = (rate: number): number => Math.log(rate / (1 - rate));

/** The definition, by looking through all of `known` for one code. */
function bruteForce(known: readonly Row[], code: number): number {
  const weigh = (rows: readonly Row[]): { frauds: number; weight: number } => ({
    frauds: rows.reduce((sum, { label, weight }) => sum + label * weight, 0),
    weight: rows.reduce((sum, { weight }) => sum + weight, 0),
  });
  const all = weigh(known);
  const own = weigh(known.filter((row) => Object.is(row.code, code)));
  const prior = (all.frauds + 0.5) / (all.weight + 1);
  return logOdds((own.frauds + SMOOTHING * prior) / (own.weight + SMOOTHING)) - logOdds(prior);
}

const arbitraryRows = fc.array(
  fc.record({
    code: fc.constantFrom(3, 17, 4_294_967_295, Number.NaN),
    label: fc.integer({ min: 0, max: 1 }),
    weight: fc.constantFrom(0.5, 1, 3),
  }),
  { minLength: 1, maxLength: 40 },
);

test("two frauds of four payments against one of ten overall", () => {
  const rows = Array.from({ length: 20 }, (_, i) => ({
    code: i < 4 ? 7 : 8,
    label: i < 2 ? 1 : 0,
    weight: 1,
  }));
  const [table] = fitTargetTables(rowsOf(rows), [0]);
  const prior = 2.5 / 21;
  expect(table?.evidence.get(7)).toBeCloseTo(logOdds((2 + 50 * prior) / 54) - logOdds(prior), 12);
  expect(table?.evidence.get(8)).toBeLessThan(0);
});

test("a row is encoded by the rows before it, the table by all rows: equal to brute force", () => {
  fc.assert(
    fc.property(arbitraryRows, (rows) => {
      const encoded = inOrder(rows);
      rows.forEach(({ code }, i) => {
        expect(encoded[i]).toBeCloseTo(bruteForce(rows.slice(0, i), code), 10);
      });
      for (const [code, evidence] of fitTargetTables(rowsOf(rows), [0])[0]?.evidence ?? []) {
        expect(evidence).toBeCloseTo(bruteForce(rows, code), 10);
      }
    }),
  );
});

test("neither a row's own label nor a later one changes its encoding", () => {
  fc.assert(
    fc.property(arbitraryRows, fc.nat(), (rows, pick) => {
      const at = pick % rows.length;
      const turned = rows.map((row, i) => (i >= at ? { ...row, label: 1 - row.label } : row));
      expect(inOrder(turned).subarray(0, at + 1)).toEqual(inOrder(rows).subarray(0, at + 1));
    }),
  );
});

test("the names of the categories do not matter", () => {
  fc.assert(
    fc.property(arbitraryRows, (rows) => {
      const renamed = new Map([
        [3, 99],
        [17, Number.NaN],
        [4_294_967_295, 0],
        [Number.NaN, 3],
      ]);
      const others = rows.map((row) => ({ ...row, code: renamed.get(row.code) ?? 0 }));
      expect(inOrder(others)).toEqual(inOrder(rows));
    }),
  );
});

test("a weight of three is three rows", () => {
  const row = { code: 5, label: 1, weight: 1 };
  const rest = Array.from({ length: 30 }, () => ({ code: 6, label: 0, weight: 1 }));
  const thrice = fitTargetTables(rowsOf([row, row, row, ...rest]), [0]);
  expect(fitTargetTables(rowsOf([{ ...row, weight: 3 }, ...rest]), [0])).toEqual(thrice);
});

test("a category never seen says nothing, missing is a category of its own", () => {
  const rows = [
    ...Array.from({ length: 10 }, () => ({ code: Number.NaN, label: 1, weight: 1 })),
    ...Array.from({ length: 90 }, () => ({ code: 1, label: 0, weight: 1 })),
  ];
  const tables = fitTargetTables(rowsOf(rows), [0]);
  const features = Float64Array.of(Number.NaN, 1, 2);
  encodeByTables(tables, features, { rows: 3, width: 1 });
  expect(features[0]).toBeGreaterThan(0.5);
  expect(features[1]).toBeLessThan(0);
  expect(features[2]).toBe(0);
});

test("only the columns asked for are written", () => {
  const training = { ...rowsOf([]), width: 2, rows: 2, features: Float64Array.of(1, 5, 1, 6), weights: null };
  const labelled = { ...training, labels: Uint8Array.of(1, 0) };
  const out = Float64Array.from(training.features);
  encodeInOrder(labelled, [0], out);
  expect([out[1], out[3]]).toEqual([5, 6]);
  expect(out[0]).toBe(0);
});

test("tables survive JSON to the bit, and no rows make an empty table", () => {
  const [table] = fitTargetTables(rowsOf([{ code: Number.NaN, label: 1, weight: 1 }]), [0]);
  if (table === undefined) throw new Error("there is one column");
  expect(targetTableFromJson(JSON.parse(JSON.stringify(targetTableToJson(table))), 1)).toEqual(table);
  expect(fitTargetTables(rowsOf([]), [0])[0]?.evidence.size).toBe(0);
});
