import fc from "fast-check";
import { expect, test } from "vitest";
import { fitColumns } from "./encoding-fit.ts";
import type { FeatureKind } from "./feature-kind.ts";

const columnsOf = (kind: FeatureKind, values: readonly number[], pieces = 0) =>
  fitColumns(Float64Array.from(values), values.length, [kind], { pieces });
const transformsOf = (kind: FeatureKind, values: readonly number[], pieces = 0): string[] =>
  columnsOf(kind, values, pieces).map((column) => column.transform);

test("each kind has its own columns, and a missing flag only where something is missing", () => {
  const values = [0, 1, 2, 3, 5, 8, 13, 21];
  expect(transformsOf("scale", values)).toEqual(["log"]);
  expect(transformsOf("plain", values)).toEqual(["flat"]);
  expect(transformsOf("hour", values)).toEqual(["sine", "cosine"]);
  expect(transformsOf("weekday", [...values, Number.NaN])).toEqual(["sine", "cosine", "missing"]);
  expect(transformsOf("flag", [0, 1, Number.NaN])).toEqual(["flat", "missing"]);
  expect(transformsOf("plain", values, 2)).toEqual(["flat", "piece", "piece"]);
});

test("the period of a cyclic column is that of its kind", () => {
  expect(columnsOf("hour", [1, 2, 3]).map((column) => column.to)).toEqual([24, 24]);
  expect(columnsOf("weekday", [1, 2, 3]).map((column) => column.to)).toEqual([7, 7]);
});

test("a feature of two values needs no pieces, and one with a single value no column", () => {
  expect(transformsOf("plain", [0, 1, 0, 1], 4)).toEqual(["flat"]);
  expect(transformsOf("plain", [3, 3, 3], 4)).toEqual([]);
});

test("pieces join end to end from the least to the greatest value", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 200 }),
      fc.integer({ min: 2, max: 8 }),
      (values, pieces) => {
        const ramps = columnsOf("plain", values, pieces).filter((column) => column.transform === "piece");
        if (ramps.length === 0) return;
        expect(ramps.length).toBeLessThanOrEqual(pieces);
        expect(ramps[0]?.from).toBe(Math.min(...values));
        expect(ramps.at(-1)?.to).toBe(Math.max(...values));
        for (const [i, ramp] of ramps.entries()) {
          expect(ramp.to).toBeGreaterThan(ramp.from);
          if (i > 0) expect(ramp.from).toBe(ramps[i - 1]?.to);
        }
      },
    ),
  );
});

test("infinite values count in no mean, and a rare flag is scaled so that it is not clipped", () => {
  const [column] = columnsOf("plain", [1, 3, Number.POSITIVE_INFINITY]);
  expect([column?.center, column?.scale]).toEqual([2, 1]);
  const rare = Array.from({ length: 10_000 }, (_, i) => (i === 0 ? Number.NaN : i));
  const flag = columnsOf("plain", rare).find((c) => c.transform === "missing");
  expect(flag?.scale).toBe(0.125);
});

test("columns name the source feature they came from", () => {
  const columns = fitColumns(Float64Array.of(1, 0, 2, 1, 3, 0), 3, ["scale", "flag"], { pieces: 0 });
  expect(columns.map((column) => column.source)).toEqual([0, 1]);
});
